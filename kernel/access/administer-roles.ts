import type { Reader, Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { startOf } from '../time/shanghai.ts'
import { type AdminKit, type By, recordAct } from './acts.ts'
import { accountOf } from './administer-people.ts'
import { endRole, grantRole, type RoleRefusal } from './members.ts'
import type { Role } from './roles.ts'

export interface RoleGrant {
  readonly person: string
  readonly role: Role
  readonly organisationId?: string | undefined
  readonly areaCode?: string | undefined
  /** Days in Shanghai; the role is held from the beginning of `from` to the beginning of `to`. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type GrantRefusal = RoleRefusal | 'role.self' | 'role.out_of_order' | 'person.not_found'

/**
 * Gives a member a role. Nobody gives himself one (`role.self`), and no account ever holds two of the three
 * administrators' roles (`role.separation` {role, held}). Refuses `person.not_found`, `role.needs_organisation`,
 * `role.held`, `role.out_of_order`, `organisation.not_found`, `area.not_found`.
 */
export async function giveRole(
  tx: Writer,
  kit: AdminKit,
  by: By,
  { person, role, organisationId, areaCode, from, to }: RoleGrant,
): Promise<Result<{ id: string }, GrantRefusal>> {
  const account = await accountOf(tx, person)
  if (account === undefined) return refuse('person.not_found')
  if (account === tx.actor) return refuse('role.self', { role })
  const validFrom = from ? startOf(from) : tx.at
  const validTo = to ? startOf(to) : undefined
  if (validTo && validTo <= validFrom) return refuse('role.out_of_order', { role })
  const granted = await grantRole(tx, {
    memberId: person,
    role,
    validFrom,
    ...(validTo ? { validTo } : {}),
    ...(organisationId ? { organisationId } : {}),
    ...(areaCode ? { areaCode } : {}),
  })
  if (!granted.ok) return granted.code === 'member.not_found' ? refuse('person.not_found') : granted
  const { id } = granted.value
  await recordAct(tx, kit.recorder, by, {
    ...roleAct('role.granted', id),
    pub: { membership: id, role, organisation: organisationId ?? '', area: areaCode ?? '' },
    hidden: { member: person },
  })
  return granted
}

const roleAct = (type: string, membership: string) => ({
  type,
  subjectType: 'membership',
  subjectId: membership,
})

/** Ends a role at once. Refuses `role.not_found` (also ended), and `role.self` for one's own: another must do it. */
export async function takeRole(
  tx: Writer,
  kit: AdminKit,
  by: By,
  membership: string,
): Promise<Result<{ id: string }, 'role.not_found' | 'role.self'>> {
  const held = await holderOf(tx, membership)
  if (!held) return refuse('role.not_found')
  if (held.account_id === tx.actor) return refuse('role.self', { role: held.role })
  const ended = await endRole(tx, membership)
  if (!ended.ok) return ended
  await recordAct(tx, kit.recorder, by, {
    ...roleAct('role.ended', membership),
    pub: { membership, role: held.role },
  })
  return ok({ id: membership })
}

async function holderOf(
  tx: Reader,
  membership: string,
): Promise<{ account_id: string; role: Role } | undefined> {
  const [row] = await tx.query<{ account_id: string; role: Role }>(
    `select m.account_id, s.role from membership s
     join member m on m.programme_id = s.programme_id and m.id = s.member_id
     where s.programme_id = $1 and s.id = $2`,
    [tx.programme, membership],
  )
  return row
}
