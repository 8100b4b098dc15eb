import { date, fenAmount, id, pageById, pageOf, quantity } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** A price of so many fen for so many grams (or pieces). */
export const price = z.object({ fen: fenAmount, per: quantity })

/** Order purchase (订单收购): max(protect price, market × (1 + premium)) × accepted quantity (2.7, P92). */
export const orderPurchase = z.object({
  mechanism: z.literal('order_purchase'),
  productId: id,
  floor: price,
  /** Basis points on top of the market's price. */
  premiumBp: z.number().int().min(0).max(10_000),
})

/** Share dividend (入股分红, S3-26): a part of each sale, over all shares of the co-op by their number. */
export const shareDividend = z.object({
  mechanism: z.literal('share_dividend'),
  /** Basis points of the sales that all shares of one class pool receive together. */
  poolBp: z.number().int().min(1).max(10_000),
  basicShares: z.number().int().min(0).max(1_000_000),
  careShares: z.number().int().min(0).max(1_000_000),
  fundShares: z.number().int().min(0).max(1_000_000),
})

export const linkFormula = z.discriminatedUnion('mechanism', [orderPurchase, shareDividend])
export type LinkFormula = z.infer<typeof linkFormula>
export type OrderPurchase = z.infer<typeof orderPurchase>
export type ShareDividend = z.infer<typeof shareDividend>

export const newLink = z.object({
  id: id.optional(),
  cooperativeId: id,
  householdId: id,
  startsOn: date,
  endsOn: date,
  formula: linkFormula,
})
export type NewLink = z.infer<typeof newLink>

export const link = z.object({
  id,
  cooperativeId: id,
  cooperativeName: z.string(),
  householdId: id,
  householdCode: z.string(),
  startsOn: date,
  endsOn: date,
  state: z.string(),
  formula: linkFormula,
  /** What has been credited to the household under this link. */
  doneFen: fenAmount,
})
export type Link = z.infer<typeof link>
export const linkQuery = pageById.extend({ household: id.optional() })
export const linkPage = pageOf(link)
