import type { Purchase, PurchaseDetail } from '@silian/chains/supply/purchases/contract.ts'

type Stood = Pick<Purchase, 'state' | 'deliveredAt' | 'evaluatedAt' | 'completedAt'>
type Gone = Stood & Pick<PurchaseDetail, 'shippedAt' | 'acceptedAt' | 'paidAt' | 'placedAt' | 'facts'>

/** Where an order is in a customer's words. */
export type Stage =
  | 'toPay'
  | 'toShip'
  | 'partShipped'
  | 'onTheWay'
  | 'delivered'
  | 'toEvaluate'
  | 'done'
  | 'cancelled'
  | 'expired'

export function stageOf({ state, deliveredAt, evaluatedAt, completedAt }: Stood): Stage {
  if (state === 'awaiting_payment') return 'toPay'
  if (state === 'expired') return 'expired'
  if (state === 'cancelled' || state === 'refused') return 'cancelled'
  if (state === 'accepted') return (evaluatedAt ?? completedAt) === null ? 'toEvaluate' : 'done'
  if (state === 'partly_shipped') return 'partShipped'
  if (deliveredAt !== null) return 'delivered'
  return state === 'approved' ? 'toShip' : 'onTheWay'
}

type Word =
  | 'placed'
  | 'paid'
  | 'partShipped'
  | 'shipped'
  | 'restShipped'
  | 'delivered'
  | 'accepted'
  | 'evaluated'
  | 'completed'
  | Ended
type Ended = 'cancelled' | 'expired'

export interface Step {
  readonly word: Word
  readonly look: 'done' | 'ahead' | 'ended'
  readonly at: string | null
}

/**
 * The way of an order, each step with its time once it is behind. What nobody told of while the order went on (goods handed
 * over without a carrier, silence instead of an evaluation) is no step of it, and nothing follows on an end.
 */
export function stepsOf(order: Gone): readonly Step[] {
  const { placedAt, paidAt, shippedAt, deliveredAt, acceptedAt, evaluatedAt, completedAt } = order
  const way: readonly (readonly [Word, string | null])[] = [
    ...([
      ['placed', placedAt],
      ['paid', paidAt],
    ] as const),
    ...shipmentOf(order),
    ...([
      ['delivered', deliveredAt],
      ['accepted', acceptedAt],
    ] as const),
    completedAt && !evaluatedAt ? ['completed', completedAt] : ['evaluated', evaluatedAt],
  ]
  const behind = way
    .filter(([, at]) => at !== null)
    .map(([word, at]) => ({ word, look: 'done' as const, at }))
  const ended = endOf(order)
  if (ended) return [...behind, ended]
  const last = way.findLastIndex(([, at]) => at !== null)
  return [...behind, ...way.slice(last + 1).map(([word, at]) => ({ word, look: 'ahead' as const, at }))]
}

/** Of goods that go in several parcels the first and the rest; nobody has to be told of that once all have gone. */
function shipmentOf({ shippedAt, facts }: Gone): readonly (readonly [Word, string | null])[] {
  const first = facts.find(({ type }) => type === 'order.part_shipped')
  if (shippedAt !== null || !first) return [['shipped', shippedAt]]
  return [
    ['partShipped', first.at],
    ['restShipped', null],
  ]
}

function endOf({ state, facts }: Gone): Step | undefined {
  const word = stageOf({ state, deliveredAt: null, evaluatedAt: null, completedAt: null })
  if (word !== 'cancelled' && word !== 'expired') return undefined
  // one of which nothing could be supplied was reduced to nothing
  const told = facts.findLast(({ type }) => [`order.${state}`, 'order.reduced'].includes(type))
  return { word, look: 'ended', at: told?.at ?? null }
}
