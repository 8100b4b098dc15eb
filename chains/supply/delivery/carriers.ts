import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type EventKind, sandboxWaybill } from './rules.ts'

export interface CarrierEvent {
  readonly kind: EventKind
  readonly at: Date
  /** Where the parcel was: a depot, never the receiver's door. */
  readonly place: string
}

/** One whom parcels are given to. It is asked outside of any transaction, may fail, and is asked again. */
export interface Carrier {
  readonly name: string
  /** The waybill's number; the same parcel gets the same one however often it is asked for. */
  createWaybill(parcelId: string): Promise<string>
  cancelWaybill(waybill: string): Promise<void>
  /** What happened to a parcel handed over (or packed) at an instant, until now, the earliest first. */
  track(waybill: string, since: Date, until: Date): Promise<readonly CarrierEvent[]>
}

const HOUR = 3_600_000

/**
 * The carrier of tests and demonstrations, in this process. What becomes of a parcel follows from its waybill: collected
 * within hours, delivered on the second or third day, and one of fifty comes back.
 */
const sandbox: Carrier = {
  name: '沙盒快递',
  createWaybill: async parcelId => sandboxWaybill(parcelId),
  cancelWaybill: async () => undefined,
  track: async (waybill, since, until) => wayOf(waybill, since).filter(({ at }) => at <= until),
}

function wayOf(waybill: string, since: Date): CarrierEvent[] {
  const [first, second] = createHash('sha256').update(waybill).digest()
  const at = (hours: number) => new Date(since.getTime() + hours * HOUR)
  const end = 36 + (second! % 37)
  return [
    { kind: 'collected', at: at(2 + (first! % 4)), place: '产地揽收点' },
    { kind: 'in_transit', at: at(18), place: '分拨中心' },
    { kind: first! % 50 === 0 ? 'returned' : 'delivered', at: at(end), place: '目的地网点' },
  ]
}

/** By code. Another one is a file beside this and a line here. */
export const carriers: Readonly<Record<string, Carrier>> = { sandbox }

interface Message {
  readonly waybill: string
  readonly events: readonly { readonly kind: string; readonly at: string; readonly place: string }[]
}

/** A carrier's key for its messages, from the master key: HKDF would do the same with more words. */
export const carrierKey = (masterKey: string, programme: string, carrier: string): Buffer =>
  createHmac('sha256', Buffer.from(masterKey, 'base64')).update(`carrier ${programme} ${carrier}`).digest()

export const signMessage = (key: Buffer, { waybill, events }: Message): string =>
  createHmac('sha256', key)
    .update(JSON.stringify({ waybill, events: events.map(({ kind, at, place }) => ({ kind, at, place })) }))
    .digest('hex')

export const isSigned = (key: Buffer, message: Message & { readonly signature: string }): boolean =>
  timingSafeEqual(Buffer.from(signMessage(key, message), 'hex'), Buffer.from(message.signature, 'hex'))
