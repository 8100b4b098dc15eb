import { date, fenAmount, id, instant, pageOf, pageQuery, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { providerName } from './contract.ts'

/** Has a provider's statement of a day fetched and compared; again where that was done before. */
export const statementAsked = z.object({ provider: providerName, day: date })
export const statement = z.object({
  provider: providerName,
  day: date,
  lines: z.number().int(),
  fetchedAt: instant,
  /** How many differences of that day nobody has settled. */
  open: z.number().int(),
})
export const statements = z.object({ items: z.array(statement) })

export const differenceKinds = [
  'payment_missing_here',
  'payment_missing_there',
  'payment_amount',
  'refund_missing_here',
  'refund_missing_there',
  'refund_amount',
] as const

/** Where the provider's word and ours differ, by its number of the trade or ours of the refund. */
export const difference = z.object({
  id,
  provider: providerName,
  day: date,
  kind: z.enum(differenceKinds),
  reference: z.string(),
  paymentId: id.nullable(),
  oursFen: fenAmount.nullable(),
  theirsFen: fenAmount.nullable(),
  foundAt: instant,
  settledAt: instant.nullable(),
  note: z.string().nullable(),
})
export type Difference = z.infer<typeof difference>
export const differenceQuery = pageQuery.extend({
  after: id.optional(),
  open: z.literal('true').optional(),
  day: date.optional(),
})
export const differencePage = pageOf(difference)
export const settlementNote = z.object({ note: text(500) })

/** Money that a provider took and that fits no payment. */
export const unfitMoney = z.object({
  provider: providerName,
  reference: z.string(),
  paymentId: id,
  amountFen: fenAmount,
  dueFen: fenAmount,
  paidAt: instant,
})
export const unfitPage = z.object({ items: z.array(unfitMoney) })
export const unfitPath = z.object({ provider: providerName, reference: text(64) })
/** What a notice told of money, and what its provider has by its own books; null for nothing of it. */
export const heldMoney = z.object({ toldFen: fenAmount, hasFen: fenAmount.nullable() })

/** Messages in a provider's name that were not believed, by day in Shanghai; nothing of what stood in them. */
export const disbelieved = z.object({
  provider: providerName,
  day: date,
  verdict: z.enum(['notice.forged', 'notice.stale', 'notice.malformed']),
  count: z.number().int(),
  lastAt: instant,
})
export type Disbelieved = z.infer<typeof disbelieved>
export const disbelievedPage = z.object({ items: z.array(disbelieved) })
/** So many of one day are worth a warning. */
export const MANY_DISBELIEVED = 20
