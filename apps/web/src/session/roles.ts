import type { Role } from '@silian/kernel/access/roles.ts'
import type { Programme } from '../api/access.ts'

export type Portal = 'buyer' | 'supplier' | 'village' | 'office' | 'bank' | 'open'

const portalOfRole: Readonly<Record<Role, Portal>> = {
  buyer: 'buyer',
  approver: 'buyer',
  accountant: 'buyer',
  canteen_acceptor: 'buyer',
  coop_clerk: 'supplier',
  village_cadre: 'village',
  task_force: 'office',
  finance_officer: 'office',
  county_officer: 'office',
  district_officer: 'office',
  platform_admin: 'office',
  security_admin: 'office',
  audit_admin: 'office',
  bank_officer: 'bank',
  auditor: 'open',
  citizen: 'open',
}

/** The portals of a member's roles, each once, in the order of the roles. */
export const portalsOf = (member: Programme | undefined): Portal[] => [
  ...new Set((member?.roles ?? []).map(({ role }) => portalOfRole[role as Role] ?? 'open')),
]

export const hasRole = (member: Programme | undefined, ...wanted: Role[]): boolean =>
  (member?.roles ?? []).some(({ role }) => wanted.includes(role as Role))
