import { date, id, pageByDay, pageOf, quantity, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { price } from '../../production/links/contract.ts'
import { placeKinds, placeStates } from '../places/contract.ts'

/** What one household brought into a lot, at the price its link promises. */
export const newSource = z.object({ linkId: id, quantity, marketPrice: price.optional() })

export const newLot = z.object({
  id: id.optional(),
  code: text(40),
  productId: id,
  harvestedOn: date,
  /** The co-op's own harvest, apart from the households'. */
  ownQuantity: quantity.or(z.literal(0)),
  sources: z.array(newSource).max(500),
  /** Where it lies: an open place of its seller. */
  placeId: id.optional(),
})
export type NewLot = z.infer<typeof newLot>

export const lot = z.object({
  id,
  code: z.string(),
  productId: id,
  cooperativeId: id,
  harvestedOn: date,
  /** Where it lies; null of lots that nobody said it of. */
  placeId: id.nullable(),
  placeName: z.string().nullable(),
  /** All that was brought in: may be more than one household can bring. */
  quantity: z.number().int(),
  /** Not handed over yet: what lies there, held for orders or not. */
  stored: z.number().int(),
  /** Neither sold nor held. */
  available: z.number().int(),
  households: z.number().int(),
})
export type Lot = z.infer<typeof lot>
export const lotQuery = pageByDay.extend({
  product: id.optional(),
  /** `none`: lots that lie at no place. */
  place: id.or(z.literal('none')).optional(),
})
export const lotPage = pageOf(lot)

/** `from`: where whoever moves it last saw it; null where that was nowhere. */
export const lotMove = z.object({ placeId: id, from: id.nullable() })
export type LotMove = z.infer<typeof lotMove>

/** `GET /lots/places`: what lies where, places that are empty among them; the open ones first, lots of no place last. */
export const lyingAt = z.object({
  placeId: id.nullable(),
  name: z.string().nullable(),
  kind: z.enum(placeKinds).nullable(),
  state: z.enum(placeStates).nullable(),
  /** Lots that something still lies of. */
  lots: z.number().int(),
  /** By unit, as of a lot. */
  goods: z.array(
    z.object({ unit: z.enum(['g', 'piece']), stored: z.number().int(), available: z.number().int() }),
  ),
})
export type LyingAt = z.infer<typeof lyingAt>
export const lotPlaces = z.object({ items: z.array(lyingAt) })
