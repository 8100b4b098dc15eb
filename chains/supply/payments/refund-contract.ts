import { date, fenAmount, id, instant, pageByTime, pageOf, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { bankReference } from './contract.ts'

export const refundSource = z.enum(['budget', 'bank', 'wechat', 'alipay', 'wallet'])
export type RefundSource = z.infer<typeof refundSource>

/** What goes back to one source that paid. */
export const refund = z.object({
  id,
  source: refundSource,
  amountFen: fenAmount,
  /** `ordered`: not yet asked of the provider, or of the bank by a person; `failed`: a person decides. */
  state: z.enum(['ordered', 'asked', 'done', 'failed']),
  orderedAt: instant,
  doneAt: instant.nullable(),
})
export type Refund = z.infer<typeof refund>

export const refundRow = refund.extend({
  orderId: id.nullable(),
  orderNumber: z.string().nullable(),
  paymentId: id.nullable(),
  /** Why an order's money goes back (`short`, `cancelled`, a kind of claim …), `unfit` of what no payment could take. */
  reason: z.string(),
  failure: z.string().nullable(),
  /** Ours to the provider, by which its merchant site and its statement tell it; null where none is asked. */
  refundNo: z.string().nullable(),
  /** The provider's or the bank's, once it is done. */
  reference: z.string().nullable(),
})
export type RefundListed = z.infer<typeof refundRow>
export const refundQuery = pageByTime.extend({
  waiting: z.literal('true').optional(),
  /** Only those that the bank is to pay and whose number nobody has told. */
  bank: z.literal('true').optional(),
  state: refund.shape.state.optional(),
  /** First and last day that it was told to go back. */
  from: date.optional(),
  to: date.optional(),
  /** Beginning of an order's number, or the whole of ours to the provider, or of the provider's or the bank's. */
  text: text(64).optional(),
})
export type RefundQuery = z.output<typeof refundQuery>
export const refundPage = pageOf(refundRow)
/** A person says what came of a refund: by the bank's number, or that it is to be asked for again. */
export const refundDecision = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), reference: bankReference }),
  z.object({ outcome: z.literal('again') }),
])
