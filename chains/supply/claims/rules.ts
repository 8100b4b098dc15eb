import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { claimKinds, claimStates } from './contract.ts'

export type ClaimKind = (typeof claimKinds)[number]
export type ClaimState = (typeof claimStates)[number]
/** Silence is nobody: a time that ran out. */
export type ClaimSide = 'buyer' | 'seller' | 'office' | 'silence'

/** The way of a claim as data: each move, from where, to where, by whom. */
export const moves = {
  agree: { from: ['asked'], to: 'agreed', by: ['seller', 'silence'] },
  refuse: { from: ['asked'], to: 'refused', by: ['seller'] },
  object: { from: ['refused'], to: 'disputed', by: ['buyer'] },
  uphold: { from: ['disputed'], to: 'agreed', by: ['office'] },
  dismiss: { from: ['disputed'], to: 'refused', by: ['office'] },
  send: { from: ['agreed'], to: 'returning', by: ['buyer'] },
  receive: { from: ['returning'], to: 'refunded', by: ['seller', 'silence'] },
  /** Nothing is sent back: the money goes at once. */
  refund: { from: ['agreed'], to: 'refunded', by: ['silence'] },
  withdraw: { from: ['asked', 'agreed', 'refused', 'disputed'], to: 'withdrawn', by: ['buyer', 'silence'] },
} as const satisfies Record<string, { from: readonly ClaimState[]; to: ClaimState; by: readonly ClaimSide[] }>
export type ClaimMove = keyof typeof moves

interface Terms {
  /** Hours from delivery in which it may be asked. */
  readonly hours: number
  /** Whether the goods go back before the money does. */
  readonly goodsBack: boolean
  readonly photos: number
}

/** 七天无理由 for what does not spoil; what came spoilt or is missing is told within two days, with a picture of it. */
export const kinds: Readonly<Record<ClaimKind, Terms>> = {
  return: { hours: 7 * 24, goodsBack: true, photos: 0 },
  quality: { hours: 48, goodsBack: false, photos: 1 },
  missing: { hours: 48, goodsBack: false, photos: 0 },
}

/** How long each state waits for whom it waits, in days. */
const days: Readonly<Partial<Record<ClaimState, number>>> = {
  asked: 2,
  agreed: 7,
  returning: 10,
  refused: 7,
  disputed: 5,
}

const DAY = 86_400_000

export function dueAfter(state: ClaimState, at: Date): Date | null {
  const wait = days[state]
  return wait === undefined ? null : new Date(at.getTime() + wait * DAY)
}

/** What happens by itself when a state's time is over. A refusal stands then; an office that is late stays so. */
export const onDue: Readonly<Partial<Record<ClaimState, ClaimMove | 'close'>>> = {
  asked: 'agree',
  agreed: 'withdraw',
  returning: 'receive',
  refused: 'close',
}

export interface ClaimFacts {
  readonly state: ClaimState
  readonly kind: ClaimKind
  /** An office has decided, or the time to object is over: that is the end of it. */
  readonly isFinal: boolean
}

/** Refuses `claim.wrong_state {state}`. */
export function checkClaim(
  claim: ClaimFacts,
  move: ClaimMove,
  by: ClaimSide,
): Result<ClaimState, 'claim.wrong_state'> {
  const { from, to, by: sides } = moves[move]
  const isOpen = (from as readonly ClaimState[]).includes(claim.state)
  const isTheirs = (sides as readonly ClaimSide[]).includes(by)
  const isOver = claim.state === 'refused' && claim.isFinal
  const needsGoods = move === 'send' && !kinds[claim.kind].goodsBack
  return isOpen && isTheirs && !isOver && !needsGoods
    ? ok(to)
    : refuse('claim.wrong_state', { state: claim.state })
}

export const isClosed = ({ state, isFinal }: Pick<ClaimFacts, 'state' | 'isFinal'>): boolean =>
  state === 'refunded' || state === 'withdrawn' || (state === 'refused' && isFinal)

export interface OrderSeen {
  readonly state: string
  readonly deliveredAt: Date | null
  readonly acceptedAt: Date | null
  readonly shippedAt: Date | null
}

/** A parcel that nobody heard of: after so long it counts as missing. */
const LOST_DAYS = 15
/** Days from the shipment in which it may be said that nothing came, where no carrier tells of a delivery. */
export const UNTOLD_DAYS = 3 * LOST_DAYS

/** From when and until when a kind may be claimed; null where it may not be, or nobody can tell yet from when. */
export function claimSpan(kind: ClaimKind, order: OrderSeen): { from: Date; until: Date } | null {
  if (order.state !== 'shipped' && order.state !== 'accepted') return null
  // a carrier without a word of its own: the receiver's acceptance is the day of delivery
  const came = order.deliveredAt ?? order.acceptedAt
  if (came) return { from: came, until: new Date(came.getTime() + kinds[kind].hours * 3_600_000) }
  if (kind !== 'missing' || !order.shippedAt) return null
  const after = (wait: number) => new Date(order.shippedAt!.getTime() + wait * DAY)
  return { from: after(LOST_DAYS), until: after(UNTOLD_DAYS) }
}

/** The kinds that may be claimed at a time, each until when. */
export const openKinds = (order: OrderSeen, at: Date): readonly { kind: ClaimKind; until: Date }[] =>
  (Object.keys(kinds) as ClaimKind[]).flatMap(kind => {
    const span = claimSpan(kind, order)
    return span && span.from <= at && at <= span.until ? [{ kind, until: span.until }] : []
  })

/** From when it may be said that nothing came, while that is still ahead: until then the order is on its way. */
export function claimsFrom(order: OrderSeen, at: Date): Date | null {
  const from = claimSpan('missing', order)?.from
  return from && from > at ? from : null
}

/** Refuses `claim.too_early`, `claim.too_late {until}`, `claim.photo_needed`, `claim.fresh {no}`. */
export function checkAsked(
  kind: ClaimKind,
  order: OrderSeen,
  { photos, fresh, at }: { readonly photos: number; readonly fresh: number | undefined; readonly at: Date },
): Result<null, 'claim.too_early' | 'claim.too_late' | 'claim.photo_needed' | 'claim.fresh'> {
  const span = claimSpan(kind, order)
  if (!span || at < span.from) return refuse('claim.too_early')
  if (at > span.until) return refuse('claim.too_late', { until: span.until.toISOString() })
  if (photos < kinds[kind].photos) return refuse('claim.photo_needed')
  if (kind === 'return' && fresh !== undefined) return refuse('claim.fresh', { no: fresh })
  return ok(null)
}
