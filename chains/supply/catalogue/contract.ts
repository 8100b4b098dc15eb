import {
  areaCode,
  date,
  fenAmount,
  id,
  month,
  pageById,
  pageOf,
  publicText,
  quantity,
  text,
} from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { mark, productDetail } from '../../value/products/contract.ts'

/** Who buys: a unit with a budget, a trade union with its welfare money, a citizen. */
export const buyerGroups = ['unit', 'union', 'citizen'] as const
export const buyerGroup = z.enum(buyerGroups)
export type BuyerGroup = z.infer<typeof buyerGroup>

/** What lowers the price of a piece: for a group or for all, from a number of pieces of the offer in one order. */
export const offerPrice = z.object({
  group: z.enum(['all', ...buyerGroups]),
  fromPieces: quantity,
  priceFen: fenAmount.min(1),
})
export type OfferPrice = z.infer<typeof offerPrice>

const monthOfYear = z.number().int().min(1).max(12)
/** First and last month on sale; `from` after `to` runs over the new year. */
export const season = z.object({ from: monthOfYear, to: monthOfYear })
export type Season = z.infer<typeof season>

/** What an offer says beside its price; each of it may be given, changed and left out. */
const offerTerms = z.object({
  /** What its seller knows it by: one's own sheet that comes again finds it by that. */
  code: publicText(40).nullable(),
  /** Of a piece, without its packing. */
  netGrams: quantity.nullable(),
  /** Days to get a piece ready before it can be shipped (预售、现采). */
  leadDays: z.number().int().min(0).max(90),
  season: season.nullable(),
  shelfLifeDays: z.number().int().min(1).max(3650).nullable(),
  coldChain: z.boolean(),
  /** Pieces in one order. */
  leastPieces: quantity,
  mostPieces: quantity.nullable(),
  prices: z.array(offerPrice).max(40),
})
export type OfferTerms = z.infer<typeof offerTerms>

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
  ...offerTerms.partial().shape,
})
export type NewOffer = z.infer<typeof newOffer>

/** A change names the version it was made from, so that nobody's change is lost. */
export const offerChange = z.object({
  version: z.number().int(),
  priceFen: fenAmount.min(1).optional(),
  lotId: id.optional(),
  state: z.enum(['listed', 'withdrawn']).optional(),
  shipDays: newOffer.shape.shipDays.unwrap().optional(),
  specZh: text(80).optional(),
  specEn: text(120).optional(),
  ...offerTerms.partial().shape,
})
export type OfferChange = z.infer<typeof offerChange>

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
  variety: z.string(),
  grade: z.string(),
  marks: z.array(mark),
  netGrams: quantity.nullable(),
  /** Of `priceFen`, rounded half up; null where the net weight is not said. */
  fenPerKilogram: fenAmount.nullable(),
  leadDays: z.number().int(),
  season: season.nullable(),
  shelfLifeDays: z.number().int().nullable(),
  coldChain: z.boolean(),
  leastPieces: quantity,
  mostPieces: quantity.nullable(),
  /** Of this version; `priceFen` is the price without any of them. */
  prices: z.array(offerPrice),
  /** The first picture of its product: `/product-media/<cover>/480.webp`. */
  cover: id.nullable(),
})
export type Offer = z.infer<typeof offer>

/** The newest quotation for goods of a class, and an offer's price beside it, both in fen a kilogram. */
export const marketPrice = z.object({
  market: z.string(),
  item: z.string(),
  on: date,
  marketFen: fenAmount,
  offerFen: fenAmount,
})
export type MarketPrice = z.infer<typeof marketPrice>

export const offerDetail = offer.extend({
  product: productDetail,
  lotCode: z.string(),
  harvestedOn: z.string(),
  /** Households whose harvest is in the lot, or who share in its sales; fewer than five are told as "< 5" (null). */
  households: z.number().int().nullable(),
  /** Part of each sale that reaches households, in fen a piece at today's links. */
  householdFen: fenAmount,
  /** Null where no market quotes its class or its net weight is not said. */
  market: marketPrice.nullable(),
})
export type OfferDetail = z.infer<typeof offerDetail>

export const viewers = ['public', ...buyerGroups] as const

export const pavilionKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
/** A pavilion (馆): a view of the catalogue with rules of who sees it and what enters it, never a copy. */
export const pavilion = z.object({
  key: pavilionKey,
  version: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  bannerZh: z.string(),
  bannerEn: z.string(),
  wordsZh: z.string(),
  wordsEn: z.string(),
  recognisedOnly: z.boolean(),
  /** Everybody, or only these. */
  seenBy: z.array(z.enum(viewers)),
  /** Beginnings of county codes, classes of the produce tree, marks: empty lists let everything in. */
  areaPrefixes: z.array(z.string()),
  classes: z.array(z.string()),
  marks: z.array(mark),
  source: z.string(),
})
export type Pavilion = z.infer<typeof pavilion>
export const pavilions = z.array(pavilion)

/** Orders and fen of a month over the goods that a pavilion shows today; what was cancelled does not count. */
export const pavilionMonth = z.object({
  month,
  orders: z.number().int(),
  fen: fenAmount,
  completedOrders: z.number().int(),
  completedFen: fenAmount,
})
export type PavilionMonth = z.infer<typeof pavilionMonth>
export const pavilionMonthQuery = z.object({ month: month.optional() })

/** 一县一品: what a county is known for, and who works on it there. */
export const flagship = z.object({
  id,
  countyCode: areaCode,
  countyName: z.string(),
  class: z.string(),
  /** Offers of that class from that county on sale now. */
  offers: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  storyZh: z.string(),
  storyEn: z.string(),
  source: z.string(),
  partners: z.array(
    z.object({
      nameZh: z.string(),
      nameEn: z.string(),
      workZh: z.string(),
      workEn: z.string(),
      source: z.string(),
    }),
  ),
})
export type Flagship = z.infer<typeof flagship>
export const flagshipQuery = z.object({ county: areaCode.optional() })
export const flagships = z.array(flagship)

export const offerQuery = pageById.extend({
  pavilion: text(40).optional(),
  county: z.string().optional(),
  class: z.string().optional(),
})
export const offerPage = pageOf(offer)

/** An offer as its seller sees it, withdrawn or not. */
export const ownOffer = offer.extend({ lotId: id, lotCode: z.string(), code: z.string().nullable() })
export type OwnOffer = z.infer<typeof ownOffer>
export const ownOfferQuery = pageById.extend({ state: offer.shape.state.optional() })
export const ownOfferPage = pageOf(ownOffer)
