import { fenAmount, id, instant, pageByTime, pageOf } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { complaint } from '../complaints/contract.ts'
import { address } from '../customers/contract.ts'
import { orderLine, orderState } from '../orders/contract.ts'
import { refund } from '../payments/refund-contract.ts'

/** A citizen's own order, as a list shows it. */
export const purchase = z.object({
  id,
  number: z.string(),
  state: orderState,
  sellerId: id,
  sellerName: z.string(),
  totalFen: fenAmount,
  /** What is still to be paid; 0 once it is. */
  dueFen: fenAmount,
  refundedFen: fenAmount,
  placedAt: instant,
  /** Until when the goods are kept unless it is paid. */
  payBy: instant.nullable(),
  /** The buyer's open payment of it, with all that it pays: orders placed together are paid together. */
  payment: z.object({ id, amountFen: fenAmount, orders: z.array(id) }).nullable(),
  /** Money came for it in another sum than was to be paid: a person decides, and nobody should pay again meanwhile. */
  checking: z.boolean(),
  paidAt: instant.nullable(),
  shippedAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  evaluatedAt: instant.nullable(),
  completedAt: instant.nullable(),
  lines: z.array(orderLine),
})
export type Purchase = z.infer<typeof purchase>

export const purchaseDetail = purchase.extend({
  note: z.string(),
  /** Where it goes; null where nobody holds the key any more. */
  address: address.nullable(),
  tenders: z.array(z.object({ no: z.number().int(), kind: z.string(), amountFen: fenAmount })),
  refunds: z.array(refund),
  complaints: z.array(complaint),
  /** Silence accepts it at this time, once it was delivered; null while a claim is open. */
  acceptsAt: instant.nullable(),
  /** It may be on its way: from when it may be claimed as missing all the same; null where that is not ahead. */
  claimsFrom: instant.nullable(),
  may: z.array(z.enum(['pay', 'cancel', 'accept', 'evaluate', 'return', 'complain'])),
  evaluation: z.object({ score: z.number().int(), text: z.string() }).nullable(),
  facts: z.array(z.object({ id, type: z.string(), at: instant, logIndex: z.number().int().nullable() })),
})
export type PurchaseDetail = z.infer<typeof purchaseDetail>

export const purchaseQuery = pageByTime.extend({ state: orderState.optional() })
export const purchasePage = pageOf(purchase)

/** The goods came and are in order; no invoice is asked of a citizen. */
export const receipt = z.object({
  photos: z.array(id).max(9).default([]),
})
