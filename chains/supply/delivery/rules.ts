import { createHash } from 'node:crypto'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { eventKinds, parcelStates } from './contract.ts'

export type ParcelState = (typeof parcelStates)[number]
export type EventKind = (typeof eventKinds)[number]

/** What a carrier's word makes of a parcel; what it says of a parcel that is elsewhere by now changes nothing. */
const told = {
  collected: { from: ['packed'], to: 'shipped' },
  in_transit: { from: ['packed'], to: 'shipped' },
  delivered: { from: ['packed', 'shipped'], to: 'delivered' },
  returned: { from: ['packed', 'shipped'], to: 'returned' },
} as const satisfies Record<EventKind, { from: readonly ParcelState[]; to: ParcelState }>

export const stateAfter = (state: ParcelState, kind: EventKind): ParcelState =>
  (told[kind].from as readonly ParcelState[]).includes(state) ? told[kind].to : state

/** A line of an order as it was placed. */
export interface Ordered {
  readonly no: number
  readonly pieces: number
  readonly quantity: number
  readonly amountFen: number
}

/** Pieces of a line that are somewhere; `short` of those `off` never left. */
export interface Progress {
  readonly packed: number
  readonly sent: number
  readonly short: number
  readonly off: number
}

export interface Part {
  readonly no: number
  readonly pieces: number
}

export interface Taken extends Part {
  readonly quantity: number
  readonly amountFen: number
}

export const toSend = (line: Ordered, { packed, sent, short }: Progress): number =>
  line.pieces - packed - sent - short

/** What the receiver has of a line, as far as it was sent. */
export const kept = ({ sent, short, off }: Progress): number => sent - (off - short)

/**
 * Some pieces of a line with their goods and money. However a line is taken apart, its parts add up to it: each is
 * the difference of two shares, rounded down, that begin where the part before ended.
 */
export function partOf(line: Ordered, before: number, pieces: number): Taken {
  const share = (whole: number, upTo: number) => Number((BigInt(whole) * BigInt(upTo)) / BigInt(line.pieces))
  const between = (whole: number) => share(whole, before + pieces) - share(whole, before)
  return { no: line.no, pieces, quantity: between(line.quantity), amountFen: between(line.amountFen) }
}

/** Refuses `order.line_not_found` {no} and `order.too_many_pieces` {no, left} where a line has not so many pieces free. */
export function checkPieces(
  lines: readonly Ordered[],
  asked: readonly Part[],
  free: (line: Ordered) => number,
): Result<null, 'order.line_not_found' | 'order.too_many_pieces'> {
  for (const { no, pieces } of asked) {
    const line = lines.find(one => one.no === no)
    if (!line) return refuse('order.line_not_found', { no })
    const left = free(line)
    if (pieces > left) return refuse('order.too_many_pieces', { no, left })
  }
  return ok(null)
}

/** Whether all that will ever be sent has been. */
export const isAllSent = (lines: readonly Ordered[], progress: (no: number) => Progress): boolean =>
  lines.every(line => {
    const { sent, short } = progress(line.no)
    return sent + short >= line.pieces
  })

/** Ours for the sandbox: two letters and thirteen digits that follow from the parcel. */
export const sandboxWaybill = (parcelId: string): string => {
  const digest = createHash('sha256').update(`waybill ${parcelId}`).digest()
  return `SL${(digest.readBigUInt64BE() % 10n ** 13n).toString().padStart(13, '0')}`
}
