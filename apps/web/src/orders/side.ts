import type { Programme } from '../api/access.ts'
import { hasRole } from '../session/roles.ts'

/** From where orders are looked at: one of their two sides, or an office above them. */
export type Side = 'buyer' | 'supplier' | 'office'

export const listOf = {
  buyer: '/p/$programme/buyer/orders',
  supplier: '/p/$programme/supplier/orders',
  office: '/p/$programme/office/orders',
} as const

export const pageOf = {
  buyer: '/p/$programme/buyer/orders/$order',
  supplier: '/p/$programme/supplier/orders/$order',
  office: '/p/$programme/office/orders/$order',
} as const

/** Where a member looks at orders from: the own side, or an office. */
export const sideOf = (member: Programme | undefined): Side => {
  if (hasRole(member, 'buyer', 'approver', 'accountant', 'canteen_acceptor')) return 'buyer'
  return hasRole(member, 'coop_clerk') ? 'supplier' : 'office'
}
