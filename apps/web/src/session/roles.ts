import type { Role } from '@silian/kernel/access/roles.ts'
import type { Programme } from '../api/access.ts'

/** Whether a member holds one of these roles. What a role may do is settled by the server; this only spares dead ends. */
export const hasRole = (member: Pick<Programme, 'roles'> | undefined, ...wanted: readonly Role[]): boolean =>
  (member?.roles ?? []).some(({ role }) => wanted.includes(role))
