import type { Purchase } from '@silian/chains/supply/purchases/contract.ts'

type Dates = Pick<
  Purchase,
  'state' | 'dueFen' | 'shippedAt' | 'deliveredAt' | 'acceptedAt' | 'evaluatedAt' | 'paidAt' | 'placedAt'
>

/** Where an order is in a customer's words. */
export const stages = ['toPay', 'toShip', 'onTheWay', 'delivered', 'toEvaluate', 'done', 'cancelled'] as const
export type Stage = (typeof stages)[number]

export function stageOf({ state, deliveredAt, evaluatedAt }: Dates): Stage {
  if (state === 'awaiting_payment') return 'toPay'
  if (state === 'cancelled' || state === 'expired' || state === 'refused') return 'cancelled'
  if (state === 'accepted') return evaluatedAt === null ? 'toEvaluate' : 'done'
  if (deliveredAt !== null) return 'delivered'
  return state === 'approved' ? 'toShip' : 'onTheWay'
}

export interface Step {
  readonly word: 'placed' | 'paid' | 'shipped' | 'delivered' | 'accepted' | 'evaluated'
  readonly at: string | null
}

/** The way of an order, each step with its time once it is behind. */
export const stepsOf = (order: Dates): readonly Step[] => [
  { word: 'placed', at: order.placedAt },
  { word: 'paid', at: order.paidAt },
  { word: 'shipped', at: order.shippedAt },
  { word: 'delivered', at: order.deliveredAt },
  { word: 'accepted', at: order.acceptedAt },
  { word: 'evaluated', at: order.evaluatedAt },
]
