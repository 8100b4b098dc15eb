import type { Order } from '@silian/chains/supply/orders/contract.ts'

export type StepName = 'placed' | 'approved' | 'paid' | 'shipped' | 'accepted'

export interface Step {
  readonly name: StepName
  readonly look: 'done' | 'now' | 'ahead' | 'stopped'
  readonly at: string | null
}

/** What an order waits for before its goods go: a unit's for its approval, a citizen's for their money. */
const cleared = { unit: 'approved', citizen: 'paid' } as const
const reached: Readonly<Record<Order['state'], number>> = {
  in_approval: 1,
  awaiting_payment: 1,
  approved: 2,
  partly_shipped: 2,
  shipped: 3,
  accepted: 4,
  refused: 1,
  cancelled: 1,
  expired: 1,
}
/** Orders that stop here and never count. */
export const isEnded = (state: Order['state']): boolean => ['refused', 'cancelled', 'expired'].includes(state)

interface Given {
  readonly state: Order['state']
  readonly buyerKind: Order['buyerKind']
  readonly placedAt: string
  readonly facts: readonly { readonly type: string; readonly at: string }[]
}

/** The way of the goods as steps: done with their day, the one that waits now, and those ahead or never reached. */
export function wayOf({ state, buyerKind, placedAt, facts }: Given): Step[] {
  const names: readonly StepName[] = ['placed', cleared[buyerKind], 'shipped', 'accepted']
  const dayOf = (name: StepName) =>
    name === 'placed' ? placedAt : (facts.find(({ type }) => type === `order.${name}`)?.at ?? null)
  // a cancelled order may have been approved or paid before
  const done = isEnded(state) && dayOf(cleared[buyerKind]) ? 2 : reached[state]
  return names.map((name, at) => ({
    name,
    at: at < done ? dayOf(name) : null,
    look: at < done ? 'done' : isEnded(state) ? 'stopped' : at === done ? 'now' : 'ahead',
  }))
}
