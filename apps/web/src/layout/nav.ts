import type { Portal } from '../session/roles.ts'
import type { IconName } from '../ui/icons.tsx'

/** One way in: `to` is a route below the programme. */
export interface NavItem {
  readonly to: `/p/$programme/${string}`
  readonly label: string
  readonly icon: IconName
}

const item = (to: string, label: string, icon: IconName): NavItem => ({
  to: `/p/$programme/${to}`,
  label,
  icon,
})

const home = item('home', 'nav.home', 'home')
const shop = item('shop', 'nav.shop', 'shop')
const figures = item('open/figures', 'nav.figures', 'figures')

const ofPortal: Readonly<Record<Portal, readonly NavItem[]>> = {
  buyer: [
    item('buyer/orders', 'nav.orders', 'orders'),
    item('buyer/basket', 'nav.basket', 'basket'),
    item('buyer/quota', 'nav.quota', 'quota'),
  ],
  supplier: [item('supplier/orders', 'nav.sales', 'orders')],
  village: [item('village/payouts', 'nav.payouts', 'payout')],
  office: [
    item('office/declarations', 'nav.declarations', 'quota'),
    item('office/payouts', 'nav.batches', 'payout'),
    item('office/figures', 'nav.publish', 'check'),
  ],
  bank: [item('bank/batches', 'nav.batches', 'bank')],
  open: [],
}

/** The navigation of a member with these portals, home first and the public pages last; five fit a phone's bar. */
export function navOf(portals: readonly Portal[]): NavItem[] {
  const own = portals.flatMap(portal => ofPortal[portal])
  return [home, ...own, shop, figures]
}

export const publicNav: readonly NavItem[] = [shop, figures]
