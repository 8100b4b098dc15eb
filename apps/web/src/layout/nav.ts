import type { Role } from '@silian/kernel/access/roles.ts'
import type { Programme } from '../api/access.ts'
import { hasRole } from '../session/roles.ts'
import type { IconName } from '../ui/icons.tsx'

/** One way in: a page below the programme, and the roles that it is for; none: everybody. */
export interface NavItem {
  readonly to: NavTarget
  readonly label: string
  readonly icon: IconName
  readonly roles?: readonly Role[]
}

export type NavTarget =
  | '/p/$programme/home'
  | '/p/$programme/shop'
  | '/p/$programme/buyer/orders'
  | '/p/$programme/buyer/basket'
  | '/p/$programme/buyer/quota'
  | '/p/$programme/supplier/orders'
  | '/p/$programme/supplier/parcels'
  | '/p/$programme/supplier/claims'
  | '/p/$programme/supplier/reviews'
  | '/p/$programme/supplier/sales'
  | '/p/$programme/supplier/asked'
  | '/p/$programme/buyer/claims'
  | '/p/$programme/office/claims'
  | '/p/$programme/office/reviews'
  | '/p/$programme/supplier/products'
  | '/p/$programme/supplier/lots'
  | '/p/$programme/supplier/offers'
  | '/p/$programme/supplier/links'
  | '/p/$programme/supplier/settlements'
  | '/p/$programme/buyer/settlements'
  | '/p/$programme/point/orders'
  | '/p/$programme/village/links'
  | '/p/$programme/office/orders'
  | '/p/$programme/office/settlements'
  | '/p/$programme/office/alerts'
  | '/p/$programme/office/credits'
  | '/p/$programme/office/reconciliation'
  | '/p/$programme/ledger'
  | '/p/$programme/erasures'
  | '/p/$programme/signing-keys'
  | '/p/$programme/office/prices'
  | '/p/$programme/village/payouts'
  | '/p/$programme/office/declarations'
  | '/p/$programme/office/payouts'
  | '/p/$programme/office/figures'
  | '/p/$programme/bank/batches'
  | '/p/$programme/open/figures'
  | '/p/$programme/admin/organisations'
  | '/p/$programme/admin/people'
  | '/p/$programme/admin/clients'
  | '/p/$programme/admin/audit'
  | '/p/$programme/admin/jobs'
  | '/p/$programme/admin/health'
  | '/p/$programme/admin/settings'
  | '/p/$programme/inbox'
  | '/p/$programme/absences'
  | '/p/$programme/cockpit'
  | '/p/$programme/publicity'
  | '/p/$programme/bulletins'
  | '/p/$programme/metrics'
  | '/p/$programme/open/check'
  | '/p/$programme/ways'

const buyers: readonly Role[] = ['buyer', 'approver', 'accountant', 'canteen_acceptor']

const home: NavItem = { to: '/p/$programme/home', label: 'nav.home', icon: 'home' }
const shop: NavItem = { to: '/p/$programme/shop', label: 'nav.shop', icon: 'shop' }
const figures: NavItem = { to: '/p/$programme/open/figures', label: 'nav.figures', icon: 'figures' }
const inbox: NavItem = { to: '/p/$programme/inbox', label: 'nav.inbox', icon: 'inbox' }
const publicity: NavItem = { to: '/p/$programme/publicity', label: 'nav.publicity', icon: 'publicity' }
const bulletins: NavItem = { to: '/p/$programme/bulletins', label: 'nav.bulletins', icon: 'audit' }
const metrics: NavItem = { to: '/p/$programme/metrics', label: 'nav.metrics', icon: 'metric' }
const check: NavItem = { to: '/p/$programme/open/check', label: 'nav.check', icon: 'check' }
const ways: NavItem = { to: '/p/$programme/ways', label: 'nav.ways', icon: 'more' }

const desks: readonly NavItem[] = [
  {
    to: '/p/$programme/cockpit',
    label: 'nav.cockpit',
    icon: 'cockpit',
    roles: ['task_force', 'finance_officer', 'county_officer', 'district_officer', 'auditor'],
  },
  { to: '/p/$programme/buyer/orders', label: 'nav.orders', icon: 'orders', roles: buyers },
  { to: '/p/$programme/buyer/basket', label: 'nav.basket', icon: 'basket', roles: ['buyer'] },
  { to: '/p/$programme/buyer/quota', label: 'nav.quota', icon: 'quota', roles: buyers },
  {
    to: '/p/$programme/buyer/claims',
    label: 'nav.claims',
    icon: 'bell',
    roles: ['buyer', 'canteen_acceptor'],
  },
  {
    to: '/p/$programme/buyer/settlements',
    label: 'nav.settlements',
    icon: 'payout',
    roles: ['buyer', 'accountant'],
  },
  { to: '/p/$programme/supplier/orders', label: 'nav.sales', icon: 'orders', roles: ['coop_clerk'] },
  { to: '/p/$programme/supplier/parcels', label: 'nav.parcels', icon: 'parcel', roles: ['coop_clerk'] },
  { to: '/p/$programme/supplier/claims', label: 'nav.claims', icon: 'bell', roles: ['coop_clerk'] },
  { to: '/p/$programme/supplier/reviews', label: 'nav.reviews', icon: 'check', roles: ['coop_clerk'] },
  { to: '/p/$programme/supplier/sales', label: 'nav.sold', icon: 'metric', roles: ['coop_clerk'] },
  { to: '/p/$programme/supplier/offers', label: 'nav.offers', icon: 'shop', roles: ['coop_clerk'] },
  {
    to: '/p/$programme/supplier/products',
    label: 'nav.products',
    icon: 'produce',
    roles: ['coop_clerk', 'county_officer', 'task_force', 'auditor'],
  },
  {
    to: '/p/$programme/supplier/asked',
    label: 'nav.asked',
    icon: 'asked',
    roles: ['county_officer', 'task_force', 'auditor'],
  },
  { to: '/p/$programme/supplier/lots', label: 'nav.lots', icon: 'lot', roles: ['coop_clerk'] },
  { to: '/p/$programme/supplier/links', label: 'nav.links', icon: 'households', roles: ['coop_clerk'] },
  {
    to: '/p/$programme/supplier/settlements',
    label: 'nav.settlements',
    icon: 'payout',
    roles: ['coop_clerk'],
  },
  { to: '/p/$programme/point/orders', label: 'nav.proxy', icon: 'households', roles: ['service_point'] },
  { to: '/p/$programme/village/payouts', label: 'nav.payouts', icon: 'payout', roles: ['village_cadre'] },
  {
    to: '/p/$programme/village/links',
    label: 'nav.links',
    icon: 'households',
    roles: ['village_cadre', 'county_officer'],
  },
  {
    to: '/p/$programme/office/alerts',
    label: 'nav.alerts',
    icon: 'bell',
    roles: ['district_officer', 'finance_officer', 'task_force', 'auditor'],
  },
  {
    to: '/p/$programme/office/orders',
    label: 'nav.allOrders',
    icon: 'orders',
    roles: ['district_officer', 'finance_officer', 'task_force', 'auditor'],
  },
  {
    to: '/p/$programme/office/claims',
    label: 'nav.claims',
    icon: 'bell',
    roles: ['task_force', 'finance_officer', 'auditor'],
  },
  {
    to: '/p/$programme/office/reviews',
    label: 'nav.reviews',
    icon: 'check',
    roles: ['task_force', 'auditor'],
  },
  {
    to: '/p/$programme/office/settlements',
    label: 'nav.settlements',
    icon: 'payout',
    roles: ['finance_officer', 'task_force', 'auditor'],
  },
  {
    to: '/p/$programme/office/declarations',
    label: 'nav.declarations',
    icon: 'quota',
    roles: ['district_officer', 'finance_officer', 'task_force', 'auditor'],
  },
  {
    to: '/p/$programme/office/payouts',
    label: 'nav.batches',
    icon: 'payout',
    roles: ['finance_officer', 'county_officer', 'auditor'],
  },
  {
    to: '/p/$programme/office/credits',
    label: 'nav.credits',
    icon: 'bank',
    roles: ['finance_officer', 'auditor'],
  },
  {
    to: '/p/$programme/office/reconciliation',
    label: 'nav.reconciliation',
    icon: 'bank',
    roles: ['finance_officer', 'auditor'],
  },
  {
    to: '/p/$programme/ledger',
    label: 'nav.ledger',
    icon: 'audit',
    roles: ['finance_officer', 'auditor', 'coop_clerk', 'accountant'],
  },
  {
    to: '/p/$programme/erasures',
    label: 'nav.erasures',
    icon: 'check',
    roles: ['village_cadre', 'county_officer', 'finance_officer', 'auditor'],
  },
  {
    to: '/p/$programme/office/prices',
    label: 'nav.prices',
    icon: 'price',
    roles: ['county_officer', 'finance_officer', 'task_force', 'auditor', 'coop_clerk'],
  },
  { to: '/p/$programme/office/figures', label: 'nav.publish', icon: 'check', roles: ['task_force'] },
  {
    to: '/p/$programme/signing-keys',
    label: 'nav.signingKeys',
    icon: 'key',
    roles: [
      ...(['approver', 'canteen_acceptor', 'coop_clerk', 'village_cadre', 'bank_officer'] as const),
      ...(['security_admin', 'auditor'] as const),
    ],
  },
  { to: '/p/$programme/bank/batches', label: 'nav.batches', icon: 'bank', roles: ['bank_officer'] },
  {
    to: '/p/$programme/admin/organisations',
    label: 'nav.organisations',
    icon: 'tree',
    roles: ['platform_admin'],
  },
  { to: '/p/$programme/admin/clients', label: 'nav.clients', icon: 'key', roles: ['platform_admin'] },
  { to: '/p/$programme/admin/jobs', label: 'nav.jobs', icon: 'jobs', roles: ['platform_admin'] },
  { to: '/p/$programme/admin/health', label: 'nav.health', icon: 'health', roles: ['platform_admin'] },
  { to: '/p/$programme/admin/settings', label: 'nav.settings', icon: 'settings', roles: ['platform_admin'] },
  { to: '/p/$programme/admin/people', label: 'nav.people', icon: 'people', roles: ['security_admin'] },
  {
    to: '/p/$programme/absences',
    label: 'nav.absences',
    icon: 'people',
    // whose tasks another may do: an expert's seat is nobody else's
    roles: [
      ...(['coop_clerk', 'township_officer', 'county_officer', 'agriculture_officer'] as const),
      ...(['platform_reviewer', 'market_regulator'] as const),
    ],
  },
  { to: '/p/$programme/admin/audit', label: 'nav.audit', icon: 'audit', roles: ['audit_admin', 'auditor'] },
]

/** The navigation of a member: home and inbox first, what the roles are for, the public pages last. */
export const navOf = (member: Programme): NavItem[] => [
  home,
  inbox,
  ...desks.filter(({ roles = [] }) => hasRole(member, ...roles)),
  ...publicNav,
]

export const publicNav: readonly NavItem[] = [shop, figures, bulletins, metrics, publicity, check]

/** The row on top of the public pages: a member's way back to the desk, and the public pages. */
export const topOf = (isMember: boolean): readonly NavItem[] =>
  isMember ? [home, inbox, ...publicNav] : publicNav

/** What a phone's bar has room for; the last leads to all the others. */
export const bottomOf = (items: readonly NavItem[], isMember: boolean): NavItem[] =>
  isMember ? [...items.slice(0, 4), ways] : items.slice(0, 5)
