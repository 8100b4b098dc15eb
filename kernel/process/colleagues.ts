import { memberNames } from '../access/members.ts'
import type { Reader } from '../database/database.ts'
import type { Vault } from '../personal/vault.ts'
import { tasksWhere } from './case.ts'
import { isDelegable, rolesOf } from './delegate.ts'
import { type Actor, decidesAs, type Place, sitsAt } from './desk.ts'

export interface Colleague {
  /** Id of the member. */
  readonly member: string
  readonly name: string
}

type Asker = Pick<Actor, 'memberId' | 'roles' | 'standsFor'>
type Where = Place & { readonly case_id?: string }

/**
 * Of one's own organisations, by name: those to whom a task that lies with one may be given, who did not open its case;
 * without a task those who may be one's deputy, for they hold a role of one's own there and as widely.
 */
export async function colleaguesOf(
  tx: Reader,
  vault: Vault,
  asker: Asker,
  task?: string,
): Promise<Colleague[]> {
  const places = task === undefined ? ownPlaces(asker) : await placesOf(tx, asker, task)
  const names = await memberNames(tx, vault, await thoseAt(tx, asker, places))
  return [...names]
    .flatMap(([member, name]) => (name === null ? [] : [{ member, name }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const ownPlaces = ({ roles }: Asker): Where[] =>
  roles.map(({ role, organisationId, areaPath }) => ({
    ...{ role, organisation_id: organisationId, area_path: areaPath, member_id: null },
  }))

async function placesOf(tx: Reader, asker: Asker, id: string): Promise<Where[]> {
  const [task] = await tasksWhere(tx, 't.id = $2 and t.closed_at is null', [id])
  return task && isDelegable(task) && decidesAs(asker, task) ? [{ ...task, member_id: null }] : []
}

/** Whether a member is among those who may be one's deputy. */
export const mayStandIn = async (tx: Reader, asker: Asker, deputy: string): Promise<boolean> =>
  (await thoseAt(tx, asker, ownPlaces(asker), deputy)).length > 0

async function thoseAt(
  tx: Reader,
  { memberId, roles }: Asker,
  places: readonly Where[],
  only: string | null = null,
): Promise<readonly string[]> {
  const organisations = roles.flatMap(({ organisationId }) => (organisationId ? [organisationId] : []))
  if (memberId === null || organisations.length === 0 || places.length === 0) return []
  const rows = await tx.query<{ id: string }>(
    `select distinct s.member_id as id from membership s
      join member m on m.programme_id = s.programme_id and m.id = s.member_id and m.closed_at is null
      where s.programme_id = $1 and s.organisation_id = any($2::uuid[]) and s.member_id <> $3
        and ($7::uuid is null or s.member_id = $7)
        and s.valid_from <= $4 and (s.valid_to is null or s.valid_to > $4) and s.role = any($5::text[])
        and not exists (select 1 from process_case c
          where c.programme_id = $1 and c.id = $6 and c.opened_member = s.member_id) limit 200`,
    [
      ...[tx.programme, organisations, memberId, tx.at],
      places.map(({ role }) => role),
      places[0]?.case_id ?? null,
      only,
    ],
  )
  const held = await rolesOf(
    tx,
    rows.map(({ id }) => id),
  )
  return [...held].flatMap(([id, theirs]) => (places.some(place => sitsAt(place, id, theirs)) ? [id] : []))
}
