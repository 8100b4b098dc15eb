import { date, id, pageById, pageOf, quantity, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { price } from '../../production/links/contract.ts'

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
})
export type NewLot = z.infer<typeof newLot>

export const lot = z.object({
  id,
  code: z.string(),
  productId: id,
  cooperativeId: id,
  harvestedOn: date,
  /** All that was brought in: may be more than one household can bring. */
  quantity: z.number().int(),
  /** Neither sold nor held. */
  available: z.number().int(),
  households: z.number().int(),
})
export type Lot = z.infer<typeof lot>
export const lotQuery = pageById.extend({ product: id.optional() })
export const lotPage = pageOf(lot)
