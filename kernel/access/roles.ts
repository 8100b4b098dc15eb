/** Every role there is. What each may do is the table of actions that the chains declare; see permit.ts. */
export const roles = [
  'platform_admin',
  'security_admin',
  'audit_admin',
  'task_force',
  'finance_officer',
  'county_officer',
  'district_officer',
  'township_officer',
  'agriculture_officer',
  'platform_reviewer',
  'market_regulator',
  'expert',
  'village_cadre',
  'coop_clerk',
  'buyer',
  'approver',
  'accountant',
  'canteen_acceptor',
  'bank_officer',
  'auditor',
  'service_point',
  'citizen',
] as const
export type Role = (typeof roles)[number]

/** No account holds two of these, ever (三员分立). */
const separated: ReadonlySet<Role> = new Set<Role>(['platform_admin', 'security_admin', 'audit_admin'])
export const isSeparated = (role: Role): boolean => separated.has(role)

/** All others act for an organisation and need one. */
const unattached: ReadonlySet<Role> = new Set<Role>([...separated, 'citizen'])
export const needsOrganisation = (role: Role): boolean => !unattached.has(role)
