import { fenAmount, id, instant, pageByTime, pageOf, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** One transfer may pay several orders (合并货款认领). */
export const newPayment = z.object({ id: id.optional(), orderIds: z.array(id).min(1).max(50) })

export const payment = z.object({
  id,
  /** What the payer writes into the transfer; the bank's message brings it back (识别码). */
  code: z.string(),
  amountFen: fenAmount,
  state: z.enum(['open', 'paid', 'expired']),
  expiresAt: instant,
  paidAt: instant.nullable(),
  orders: z.array(z.object({ orderId: id, amountFen: fenAmount })),
})
export type Payment = z.infer<typeof payment>

/** Who carries citizens' money. */
export const providerName = z.enum(['wechat', 'alipay'])
export type ProviderName = z.infer<typeof providerName>

/** How a citizen pays. */
export const payWay = z.enum([...providerName.options, 'wallet'])
export type PayWay = z.infer<typeof payWay>

/** Providers that are set up; a wallet is always one's own. */
export const payWays = z.object({ ways: z.array(providerName) })

/** Pays what is due of one's orders in one payment, or, of a single order, a part: another payer pays the rest. */
export const newMyPayment = z.object({
  id: id.optional(),
  orderIds: z.array(id).min(1).max(50),
  way: payWay,
  fen: fenAmount.min(1).optional(),
})
export type NewMyPayment = z.infer<typeof newMyPayment>

export const myPayment = z.object({
  id,
  way: z.enum([...payWay.options, 'bank']),
  amountFen: fenAmount,
  state: z.enum(['open', 'paid', 'expired']),
  expiresAt: instant,
  paidAt: instant.nullable(),
  /** Where the payer confirms; null until the provider has answered: ask again in a second. */
  payUrl: z.string().nullable(),
  /** Money came for these orders in another sum: a person decides, and nobody should pay again meanwhile. */
  checking: z.boolean(),
  orders: z.array(z.object({ orderId: id, amountFen: fenAmount })),
})
export type MyPayment = z.infer<typeof myPayment>

/** The bank's signed entry (docs/log-format.md), base64 of its exact bytes. */
export const bankMessage = z.object({ entry: z.string().max(100_000) })
export const bankAnswer = z.object({
  repeated: z.boolean(),
  outcome: z.enum(['matched', 'unmatched', 'suspense', 'paid_out']),
})
export type BankAnswer = z.infer<typeof bankAnswer>

/** Money the bank says came in, with what we made of it. */
export const credit = z.object({
  id,
  bankName: z.string().nullable(),
  reference: z.string(),
  /** What the payer wrote, as the bank read it. */
  code: z.string(),
  amountFen: fenAmount,
  bookedAt: instant,
  receivedAt: instant,
  /** `unmatched`: no payment of its code; `suspense`: its payment cannot take it; both wait for a person. */
  state: z.enum(['unmatched', 'matched', 'suspense']),
  reason: z.enum(['already_paid', 'expired', 'amount_differs', 'order_closed']).nullable(),
  paymentId: id.nullable(),
  buyerName: z.string().nullable(),
})
export type Credit = z.infer<typeof credit>
export const creditQuery = pageByTime.extend({ waiting: z.literal('true').optional() })
export const creditPage = pageOf(credit)
/**
 * A person gives money that came without or with a wrong code to what it was meant for: a payment, or orders of one unit
 * that come to just as much.
 */
export const allotment = z
  .object({
    code: text(32).optional(),
    orderIds: z.array(id).min(1).max(50).optional(),
    note: text(500),
  })
  .refine(({ code, orderIds }) => (code === undefined) !== (orderIds === undefined), 'a code or orders')
export type Allotment = z.infer<typeof allotment>

/** The bank's own number of a movement: what it says is public for ever, so there is no room for words. */
export const bankReference = z.string().regex(/^[0-9A-Za-z._-]{1,64}$/)

/** `pub` of the bank's `bank.credited` fact; `code` is empty where the payer wrote something else. */
export const credited = z.strictObject({
  reference: bankReference,
  code: z.string().regex(/^[0-9A-Za-z]{0,32}$/),
  fen: z.string().regex(/^[1-9]\d{0,15}$/),
  bookedAt: instant,
})
/** `pub` of the bank's `bank.paid_out` fact: one payout batch went out. */
export const paidOut = z.strictObject({
  reference: bankReference,
  batch: id,
  fen: z.string().regex(/^[1-9]\d{0,15}$/),
  bookedAt: instant,
})
