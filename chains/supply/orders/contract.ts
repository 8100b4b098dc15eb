import { date, fenAmount, id, instant, pageByTime, pageOf, text } from '@silian/kernel/http/shapes.ts'
import { grade } from '@silian/kernel/signing/contract.ts'
import { z } from 'zod'
import { newAddress } from '../customers/contract.ts'
import { linePieces } from '../delivery/contract.ts'

const cart = z.object({
  /** Ids are made by the buyer's device, so that a repeated submit is the same order. */
  id: id.optional(),
  lines: z
    .array(
      z.object({
        offerId: id,
        offerVersion: z.number().int(),
        pieces: z.number().int().min(1).max(1_000_000),
      }),
    )
    .min(1)
    .max(200),
  note: z.string().max(500).default(''),
})

/** A unit buys from a declaration's budget; its orders wait for an approval. */
export const unitOrder = cart.extend({ buyer: z.literal('unit').default('unit'), declarationId: id })

/** An address that the customer keeps, or one told now. */
export const delivery = z.union([z.object({ addressId: id }), newAddress])

/** A citizen pays with money; what is ordered is kept for half an hour. */
export const citizenOrder = cart.extend({
  buyer: z.literal('citizen'),
  delivery,
  /** Out of the customer's wallet at most this much, the rest by a payment. */
  walletFen: fenAmount.default(0),
})
export const newOrder = z.discriminatedUnion('buyer', [unitOrder, citizenOrder])
export type CitizenOrder = z.infer<typeof citizenOrder>
export type Delivery = z.infer<typeof delivery>
/** A unit's is meant where no buyer is named. */
export type UnitOrder = Omit<z.infer<typeof unitOrder>, 'buyer'> & { readonly buyer?: 'unit' | undefined }
export type NewOrder = UnitOrder | CitizenOrder

/** Where the goods are. Payment and evaluation run beside it, in any order (domain 2.1, P22). */
export const orderStates = [
  'in_approval',
  'awaiting_payment',
  'approved',
  'partly_shipped',
  'shipped',
  'accepted',
  'refused',
  'cancelled',
  'expired',
] as const
export const orderState = z.enum(orderStates)

export const orderLine = z.object({
  no: z.number().int(),
  offerId: id,
  productId: id,
  lotCode: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  specZh: z.string(),
  specEn: z.string(),
  pieces: z.number().int(),
  priceFen: fenAmount,
  amountFen: fenAmount,
  countyCode: z.string(),
  recognised: z.boolean(),
})

export const order = z.object({
  id,
  number: z.string(),
  state: orderState,
  buyerKind: z.enum(['unit', 'citizen']),
  /** Null for a citizen: of their order nobody needs it, and it leads from one order of theirs to another. */
  buyerId: id.nullable(),
  /** Empty for a citizen: the address is opened with the parcels. */
  buyerName: z.string(),
  sellerId: id,
  sellerName: z.string(),
  declarationId: id.nullable(),
  totalFen: fenAmount,
  /** What is left of the total once what was not supplied or came back is taken off. */
  dueFen: fenAmount,
  placedAt: instant,
  shipBy: date,
  shippedAt: instant.nullable(),
  paidAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  evaluatedAt: instant.nullable(),
  /** Set once the order is accepted, paid and evaluated: only then it counts. */
  completedAt: instant.nullable(),
})
export type Order = z.infer<typeof order>

export const orderDetail = order.extend({
  note: z.string(),
  approvedAt: instant.nullable(),
  carrier: z.string().nullable(),
  waybill: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
  /** Photographs of its acceptance, by file. */
  photos: z.array(id),
  /** The last payment that was opened for it. */
  payment: z
    .object({ id, code: z.string(), state: z.enum(['open', 'paid', 'expired']), expiresAt: instant })
    .nullable(),
  lines: z.array(orderLine),
  tenders: z.array(z.object({ no: z.number().int(), kind: z.string(), amountFen: fenAmount })),
  /** The trail: every fact recorded of this order, with its place in the public log once it is there. */
  facts: z.array(
    z.object({
      id,
      type: z.string(),
      at: instant,
      recordedAt: instant,
      /** Recorded later than its kind allows. */
      late: z.boolean(),
      signedBy: z.enum(['own', 'held']),
      grade,
      logIndex: z.number().int().nullable(),
    }),
  ),
  /** What the asking principal may do next. */
  may: z.array(z.enum(['approve', 'cancel', 'ship', 'accept', 'evaluate', 'pay'])),
  evaluation: z.object({ score: z.number().int(), text: z.string() }).nullable(),
})
export type OrderDetail = z.infer<typeof orderDetail>

export const orderQuery = pageByTime.extend({
  state: orderState.optional(),
  /** First and last day of placing. */
  from: date.optional(),
  to: date.optional(),
  /** Approved, and its last day to ship is over. */
  late: z.literal('true').optional(),
  /** A unit's that may be paid and is not. */
  payable: z.literal('true').optional(),
  /** Beginning of a number, or a part of either party's name. */
  text: text(40).optional(),
})
export const orderPage = pageOf(order)
/** One order a seller: a basket over several sellers places several at once, or none. */
export const placed = z.object({
  orders: z.array(
    z.object({
      id,
      number: z.string(),
      totalFen: fenAmount,
      /** Of a citizen's: what a payment has still to bring, and until when its goods are kept. */
      dueFen: fenAmount.optional(),
      payBy: instant.optional(),
    }),
  ),
})
export type Placed = z.infer<typeof placed>
export const approval = z.object({ approve: z.boolean(), note: z.string().max(500).default('') })
export const cancellation = z.object({ reason: text(500) })
export const shipment = z.object({
  carrier: text(80),
  waybill: text(80),
  /** What goes in this parcel, the rest later; left out: all that is still to be sent, and what was packed. */
  lines: linePieces.optional(),
})
/** A day's parcels at once: all are shipped or none. */
export const shipments = z.object({
  parcels: z
    .array(shipment.extend({ orderId: id }))
    .min(1)
    .max(100),
})
export const acceptance = z.object({
  goodsOk: z.literal(true),
  invoiceNumber: text(40),
  /** Photographs of goods and papers, uploaded before by whoever accepts. */
  photos: z.array(id).max(9).default([]),
})
export const evaluation = z.object({
  score: z.number().int().min(1).max(5),
  text: z.string().max(1000).default(''),
  /** Photographs of what came, shown with the product; uploaded before by whoever evaluates. */
  photos: z.array(id).max(9).default([]),
})
export const done = z.object({ id, state: orderState, completedAt: instant.nullable() })
export const shipped = z.object({ orders: z.array(done) })
