import type { OrderState } from './state.tsx'

export const states = [
  'in_approval',
  'approved',
  'shipped',
  'accepted',
  'refused',
  'cancelled',
  'expired',
] as const satisfies readonly OrderState[]

export interface OrderQuery {
  readonly state?: unknown
}

/** The state an address asks for; anything unknown is no filter. */
export const stateOf = ({ state }: OrderQuery): OrderState | undefined =>
  states.find(known => known === state)

export function orderSearch(raw: Record<string, unknown>): { state?: OrderState } {
  const state = stateOf(raw)
  return state ? { state } : {}
}
