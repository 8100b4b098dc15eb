import { memberNames } from '../access/members.ts'
import type { Reader } from '../database/database.ts'
import type { Vault } from '../personal/vault.ts'
import type { Actor } from './desk.ts'

export interface Colleague {
  /** Id of the member. */
  readonly member: string
  readonly name: string
}

/**
 * Whom a member may name as deputy, or give a task: those who hold a role at an organisation of theirs today, by name.
 * Who may decide a certain task is settled when it is given.
 */
export async function colleaguesOf(
  tx: Reader,
  vault: Vault,
  { memberId, roles }: Pick<Actor, 'memberId' | 'roles'>,
): Promise<Colleague[]> {
  const organisations = roles.flatMap(({ organisationId }) => (organisationId ? [organisationId] : []))
  if (memberId === null || organisations.length === 0) return []
  const rows = await tx.query<{ id: string }>(
    `select distinct m.id from membership s
       join member m on m.programme_id = $1 and m.id = s.member_id and m.closed_at is null
      where s.programme_id = $1 and s.organisation_id = any($2::uuid[]) and s.member_id <> $3
        and s.valid_from <= $4 and (s.valid_to is null or s.valid_to > $4) limit 200`,
    [tx.programme, organisations, memberId, tx.at],
  )
  const names = await memberNames(
    tx,
    vault,
    rows.map(({ id }) => id),
  )
  return [...names]
    .flatMap(([member, name]) => (name === null ? [] : [{ member, name }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
