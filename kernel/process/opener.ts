import type { Role } from '../access/roles.ts'
import type { Place } from './desk.ts'
import type { CaseKit } from './registry.ts'
import type { CaseRow } from './tables.ts'

/** Where a case comes back to: whoever holds the opener's role at the same organisation or area, or the opener alone. */
export function openerPlace({ processes }: CaseKit, row: CaseRow): Place {
  const nowhere = { role: row.opener_role, area_path: null, organisation_id: null, member_id: null }
  const reach = row.opener_role && processes.of(row.process).open.permit[row.opener_role as Role]
  if (reach === 'organisation') return { ...nowhere, organisation_id: row.organisation_id }
  if (reach === 'area') return { ...nowhere, area_path: row.area_path }
  if (reach === 'programme') return nowhere
  // whoever opened it without being a member has no desk; a role alone would put it on everybody's
  return { ...nowhere, role: row.opened_member && row.opener_role, member_id: row.opened_member }
}
