import { id, instant, pageByTime, pageOf, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** `packed`: its waybill is made, the goods are still with the seller. */
export const parcelStates = ['packed', 'shipped', 'delivered', 'returned', 'cancelled'] as const
export const parcelState = z.enum(parcelStates)
export const eventKinds = ['collected', 'in_transit', 'delivered', 'returned'] as const
export const eventKind = z.enum(eventKinds)

const pieces = z.number().int().min(1).max(1_000_000)
/** Pieces of an order's lines, each line once. */
export const linePieces = z
  .array(z.object({ no: z.number().int().min(1), pieces }))
  .min(1)
  .max(200)
  .refine(lines => new Set(lines.map(line => line.no)).size === lines.length, 'a line twice')

/** Whoever carries it by an interface of ours gives the waybill; all others are named with theirs. */
export const newParcel = z.object({
  orderId: id,
  carrier: z.enum(['sandbox']),
  /** Left out: all that is still to be sent. */
  lines: linePieces.optional(),
})
export const newParcels = z.object({ parcels: z.array(newParcel).min(1).max(100) })
export const parcelsMade = z.object({
  parcels: z.array(z.object({ id, orderId: id, no: z.number().int(), waybill: z.string().nullable() })),
})
export const dispatch = z.object({ parcelIds: z.array(id).min(1).max(100) })

export const parcelEvent = z.object({ kind: eventKind, at: instant, place: z.string() })
export const parcel = z.object({
  id,
  orderId: id,
  orderNumber: z.string(),
  no: z.number().int(),
  state: parcelState,
  carrier: z.string(),
  carrierName: z.string(),
  waybill: z.string().nullable(),
  packedAt: instant,
  shippedAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  /** When its order was accepted, which is also said where no carrier told that it came. */
  acceptedAt: instant.nullable(),
  lines: z.array(
    z.object({
      no: z.number().int(),
      nameZh: z.string(),
      nameEn: z.string(),
      specZh: z.string(),
      specEn: z.string(),
      pieces: z.number().int(),
    }),
  ),
  /** The newest first. */
  events: z.array(parcelEvent),
})
export type Parcel = z.infer<typeof parcel>

/** What of each line is where; ordered = toSend + packed + sent + off, less what came back after it was sent. */
export const orderParcels = z.object({
  parcels: z.array(parcel),
  lines: z.array(
    z.object({
      no: z.number().int(),
      ordered: z.number().int(),
      toSend: z.number().int(),
      packed: z.number().int(),
      sent: z.number().int(),
      /** Taken off: not supplied, returned, spoilt or missing. */
      off: z.number().int(),
    }),
  ),
  offFen: z.number().int(),
})
export type OrderParcels = z.infer<typeof orderParcels>

export const parcelQuery = pageByTime.extend({ state: parcelState.optional() })
export const parcelPage = pageOf(parcel)

/** What cannot be supplied: its goods are free again, its money goes back. */
export const shortage = z.object({ lines: linePieces, reason: text(500) })

/** Up to 100 ids with commas between. */
const ids = z
  .string()
  .max(4_000)
  .transform(given => given.split(','))
  .pipe(z.array(id).min(1).max(100))

/** Packing lists and waybills of parcels on paper. */
export const sheetQuery = z.object({ parcels: ids })
/** Receivers of orders, for packing lists before anything is packed. */
export const receiverQuery = z.object({ orders: ids })

/** A carrier's own word: `signature` is the HMAC-SHA256, hex, of the JSON of all else, keys in this order. */
export const carrierMessage = z.object({
  waybill: text(40),
  events: z
    .array(z.object({ kind: eventKind, at: instant, place: z.string().max(80) }))
    .min(1)
    .max(50),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
})
export const carrierHeard = z.object({ heard: z.number().int() })

const receiver = z.object({
  name: z.string(),
  phone: z.string(),
  /** Province to county. */
  area: z.string(),
  address: z.string(),
})

/** Out of which lot a line is packed and where that lies now; lines in the order in which places are gone to. */
const picked = z.object({ no: z.number().int(), lot: z.string(), place: z.string().nullable() })
export type Picked = z.infer<typeof picked>
const from = z.array(picked)

/** To whom orders go, whole, in the order asked for, and what they are packed from: whoever reads it is recorded. */
export const receivers = z.object({ items: z.array(z.object({ orderId: id, to: receiver, from })) })
export type Receivers = z.infer<typeof receivers>

/** What is packed and where it goes, whole: whoever reads it is recorded. */
export const parcelSheets = z.object({
  sheets: z.array(
    parcel.extend({
      sellerName: z.string(),
      placedAt: instant,
      note: z.string(),
      to: receiver,
      from,
    }),
  ),
})
export type ParcelSheet = z.infer<typeof parcelSheets>['sheets'][number]

/** What sold in the last thirty days. */
export const sales = z.object({
  items: z.array(
    z.object({
      productId: id,
      nameZh: z.string(),
      nameEn: z.string(),
      pieces: z.number().int(),
      fen: z.number().int(),
      orders: z.number().int(),
    }),
  ),
})
