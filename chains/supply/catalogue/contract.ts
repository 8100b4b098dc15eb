import { fenAmount, id, pageById, pageOf, quantity, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { product } from '../../value/products/contract.ts'

export const newOffer = z.object({
  id: id.optional(),
  productId: id,
  lotId: id,
  specZh: text(80),
  specEn: text(120),
  /** Units of the lot (grams or pieces) in one piece sold. */
  perPiece: quantity,
  priceFen: fenAmount.min(1),
  /** Latest shipping time in days (P6). */
  shipDays: z.union([z.literal(7), z.literal(15), z.literal(30)]).default(7),
})
export type NewOffer = z.infer<typeof newOffer>

/** A change names the version it was made from, so that nobody's change is lost. */
export const offerChange = z.object({
  version: z.number().int(),
  priceFen: fenAmount.min(1).optional(),
  lotId: id.optional(),
  state: z.enum(['listed', 'withdrawn']).optional(),
})

export const offer = z.object({
  id,
  version: z.number().int(),
  state: z.enum(['listed', 'withdrawn']),
  productId: id,
  nameZh: z.string(),
  nameEn: z.string(),
  specZh: z.string(),
  specEn: z.string(),
  sellerId: id,
  sellerName: z.string(),
  countyCode: z.string(),
  countyName: z.string(),
  class: z.string(),
  unit: z.enum(['g', 'piece']),
  perPiece: quantity,
  priceFen: fenAmount,
  shipDays: z.number().int(),
  recognised: z.boolean(),
  /** Whole pieces that can be ordered now. */
  available: z.number().int(),
})
export type Offer = z.infer<typeof offer>

export const offerDetail = offer.extend({
  product,
  lotCode: z.string(),
  harvestedOn: z.string(),
  /** Households whose harvest is in the lot, or who share in its sales; fewer than five are told as "< 5" (null). */
  households: z.number().int().nullable(),
  /** Part of each sale that reaches households, in fen a piece at today's links. */
  householdFen: fenAmount,
})
export type OfferDetail = z.infer<typeof offerDetail>

export const pavilion = z.object({
  key: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  recognisedOnly: z.boolean(),
})
export type Pavilion = z.infer<typeof pavilion>
export const pavilions = z.array(pavilion)
export const offerQuery = pageById.extend({
  pavilion: text(40).optional(),
  county: z.string().optional(),
  class: z.string().optional(),
})
export const offerPage = pageOf(offer)

/** An offer as its seller sees it, withdrawn or not. */
export const ownOffer = offer.extend({ lotId: id, lotCode: z.string() })
export type OwnOffer = z.infer<typeof ownOffer>
export const ownOfferQuery = pageById.extend({ state: offer.shape.state.optional() })
export const ownOfferPage = pageOf(ownOffer)
