import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { Vault } from '../personal/vault.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { credentialsEnded } from './lately.ts'
import { isSeparated, needsOrganisation, type Role } from './roles.ts'
import type { MembershipRow } from './tables.ts'

export const MEMBER_NAME = 'member.display_name'

export interface MemberInput {
  readonly id?: string
  readonly accountId: string
  /** Sealed before it is stored. */
  readonly name: string
}

/** Makes an account a member of the programme and returns the member's id. Refuses `member.exists`. */
export async function createMember(
  tx: Writer,
  vault: Vault,
  { id = newId(tx.at.getTime()), accountId, name }: MemberInput,
): Promise<Result<{ id: string }, 'member.exists'>> {
  const sealed = await vault.seal(tx, id, MEMBER_NAME, name)
  const rows = await tx.query(
    `insert into member (programme_id, id, account_id, display_name, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning 1`,
    [tx.programme, id, accountId, sealed, tx.at],
  )
  return rows.length > 0 ? ok({ id }) : refuse('member.exists')
}

/** Member id → display name, null where erased; ids that are no members are left out. Two statements for any number. */
export async function memberNames(
  tx: Reader,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await tx.query<{ id: string; display_name: Buffer }>(
    'select id, display_name from member where programme_id = $1 and id = any($2::uuid[])',
    [tx.programme, ids],
  )
  const names = await vault.openMany(
    tx,
    rows.map(row => ({ subject: row.id, field: MEMBER_NAME, sealed: row.display_name })),
  )
  return new Map(rows.map((row, i) => [row.id, names[i]!]))
}

/** Ends a member and all roles held; the row stays. Refuses `member.not_found`, also when closed already. */
export async function closeMember(tx: Writer, id: string): Promise<Result<null, 'member.not_found'>> {
  const rows = await tx.query(
    'update member set closed_at = $3 where programme_id = $1 and id = $2 and closed_at is null returning 1',
    [tx.programme, id, tx.at],
  )
  if (rows.length === 0) return refuse('member.not_found')
  await tx.query(
    `update membership set valid_to = greatest(valid_from, $3)
      where programme_id = $1 and member_id = $2 and (valid_to is null or valid_to > $3)`,
    [tx.programme, id, tx.at],
  )
  return ok(null)
}

export interface RoleInput {
  readonly id?: string
  readonly memberId: string
  readonly role: Role
  /** Required for every role but the three administrators and `citizen`. */
  readonly organisationId?: string
  /** Where the role is held, if not in the organisation's own area. */
  readonly areaCode?: string
  readonly validFrom?: Date
  readonly validTo?: Date
}

export type RoleRefusal =
  | 'member.not_found'
  | 'organisation.not_found'
  | 'area.not_found'
  | 'role.needs_organisation'
  | 'role.separation'
  | 'role.held'

/**
 * Gives a member a role and returns the membership's id. Refuses `role.separation` {role, held} where the account ever
 * held another of the three administrators' roles, in any programme; `role.held` where it has the role there already;
 * `role.needs_organisation`, `member.not_found`, `organisation.not_found` (also ended), `area.not_found`.
 */
export async function grantRole(tx: Writer, input: RoleInput): Promise<Result<{ id: string }, RoleRefusal>> {
  if (needsOrganisation(input.role) && !input.organisationId)
    return refuse('role.needs_organisation', { role: input.role })
  const known = await lookUp(tx, input)
  if (!known.account) return refuse('member.not_found', { id: input.memberId })
  if (!known.organisation) return refuse('organisation.not_found', { id: input.organisationId ?? '' })
  if (!known.area) return refuse('area.not_found', { code: input.areaCode ?? '' })
  const apart = await keepApart(tx, known.account, input.role)
  if (!apart.ok) return apart
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.query(
    `insert into membership (programme_id, id, member_id, role, organisation_id, area_code, valid_from, valid_to, granted_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
    [
      tx.programme,
      id,
      input.memberId,
      input.role,
      input.organisationId ?? null,
      input.areaCode ?? null,
      input.validFrom ?? tx.at,
      input.validTo ?? null,
      tx.actor,
    ],
  )
  return rows.length > 0 ? ok({ id }) : refuse('role.held', { role: input.role })
}

interface Known {
  readonly account: string | null
  readonly organisation: boolean
  readonly area: boolean
}

async function lookUp(tx: Reader, { memberId, organisationId, areaCode }: RoleInput): Promise<Known> {
  const [row] = await tx.query<Known>(
    `select (select account_id from member where programme_id = $1 and id = $2 and closed_at is null) as account,
            $3::uuid is null or exists (select 1 from organisation
              where programme_id = $1 and id = $3::uuid and valid_to is null) as organisation,
            $4::text is null or exists (select 1 from area where code = $4::text) as area`,
    [tx.programme, memberId, organisationId ?? null, areaCode ?? null],
  )
  return row!
}

/** One row per account says which of the three it may be; a second grant at the same moment waits on it and sees it. */
async function keepApart(tx: Writer, account: string, role: Role): Promise<Result<null, 'role.separation'>> {
  if (!isSeparated(role)) return ok(null)
  const rows = await tx.query(
    `insert into auth.duty (account_id, role) values ($1, $2) on conflict do nothing returning 1`,
    [account, role],
  )
  if (rows.length > 0) return ok(null)
  const [kept] = await tx.query<{ role: Role }>('select role from auth.duty where account_id = $1', [account])
  return kept!.role === role ? ok(null) : refuse('role.separation', { role, held: kept!.role })
}

/** Ends a role now, or at a later moment. Refuses `role.not_found`, also when it has ended. */
export async function endRole(
  tx: Writer,
  membershipId: string,
  at: Date = tx.at,
): Promise<Result<null, 'role.not_found'>> {
  const rows = await tx.query(
    `update membership set valid_to = greatest(valid_from, $3)
      where programme_id = $1 and id = $2 and (valid_to is null or valid_to > $3) returning 1`,
    [tx.programme, membershipId, at],
  )
  tx.afterCommit(credentialsEnded)
  return rows.length > 0 ? ok(null) : refuse('role.not_found')
}

/** Every role of a member there ever was, in the order given. */
export const rolesOf = (tx: Reader, memberId: string): Promise<MembershipRow[]> =>
  tx.query('select * from membership where programme_id = $1 and member_id = $2 order by valid_from, id', [
    tx.programme,
    memberId,
  ])
