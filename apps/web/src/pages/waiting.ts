import type { NavTarget } from '../layout/nav.ts'
import type { OrderState } from '../orders/state.tsx'

export interface Place {
  readonly to: NavTarget
  readonly search: { readonly state?: OrderState; readonly payable?: 'true' }
}

const place = (to: NavTarget, state?: OrderState): Place => ({ to, search: state ? { state } : {} })

/** The page where waiting work of a kind is done. */
export const pages: Readonly<Record<string, Place>> = {
  orders_to_approve: place('/p/$programme/buyer/orders', 'in_approval'),
  orders_to_ship: place('/p/$programme/supplier/orders', 'approved'),
  orders_to_accept: place('/p/$programme/buyer/orders', 'shipped'),
  orders_to_pay: { to: '/p/$programme/buyer/orders', search: { payable: 'true' } },
  orders_to_evaluate: place('/p/$programme/buyer/orders', 'accepted'),
  declarations_to_confirm: place('/p/$programme/office/declarations'),
  payouts_to_confirm: place('/p/$programme/village/payouts'),
  payouts_to_send: place('/p/$programme/office/payouts'),
  figures_to_publish: place('/p/$programme/office/figures'),
}

/** Kinds that this page does not know yet lead home. */
export const placeOf = (kind: string): Place => pages[kind] ?? place('/p/$programme/home')
