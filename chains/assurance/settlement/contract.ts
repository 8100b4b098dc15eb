import { date, fenAmount, id, instant, pageByTime, pageOf } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** One household's part of an order, as its buyer may see it: masked, with the mechanism and the way of the money. */
export const benefitPart = z.object({
  household: z.string(),
  village: z.string(),
  mechanism: z.enum(['order_purchase', 'share_dividend']),
  fen: fenAmount,
  paidAt: instant.nullable(),
  confirmedAt: instant.nullable(),
})

export const benefit = z.object({
  orderId: id,
  totalFen: fenAmount,
  cooperativeFen: fenAmount,
  householdsFen: fenAmount,
  settledAt: instant.nullable(),
  parts: z.array(benefitPart),
})
export type Benefit = z.infer<typeof benefit>

export const settlement = z.object({
  orderId: id,
  orderNumber: z.string(),
  /** Empty where a citizen bought. */
  buyerName: z.string(),
  sellerName: z.string(),
  settledAt: instant,
  totalFen: fenAmount,
  cooperativeFen: fenAmount,
  householdsFen: fenAmount,
  households: z.number().int(),
})
export type Settlement = z.infer<typeof settlement>
export const settlementQuery = pageByTime.extend({ from: date.optional(), to: date.optional() })
export const settlementPage = pageOf(settlement)
