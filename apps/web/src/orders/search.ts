import type { OrderState } from './state.tsx'

export const states = [
  'in_approval',
  'awaiting_payment',
  'approved',
  'partly_shipped',
  'shipped',
  'accepted',
  'refused',
  'cancelled',
  'expired',
] as const satisfies readonly OrderState[]

/** What an address may ask of the orders; the server's names. */
export interface OrderSearch {
  readonly state?: OrderState
  readonly from?: string
  readonly to?: string
  readonly text?: string
  readonly late?: 'true'
  readonly payable?: 'true'
}

const day = /^\d{4}-\d{2}-\d{2}$/

/** What an address asks for; anything unknown is no filter. */
export function orderSearch(raw: Record<string, unknown>): OrderSearch {
  const state = states.find(known => known === raw.state)
  const text = typeof raw.text === 'string' ? raw.text.trim().slice(0, 40) : ''
  return {
    ...(state && { state }),
    ...(typeof raw.from === 'string' && day.test(raw.from) && { from: raw.from }),
    ...(typeof raw.to === 'string' && day.test(raw.to) && { to: raw.to }),
    ...(text && { text }),
    ...(raw.late === 'true' && { late: 'true' as const }),
    ...(raw.payable === 'true' && { payable: 'true' as const }),
  }
}
