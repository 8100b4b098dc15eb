import type { z } from 'zod'
import { memberNames } from '../access/members.ts'
import type { Reach } from '../access/permit.ts'
import { reachPredicate } from '../access/reach.ts'
import type { Reader } from '../database/database.ts'
import { pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { dateOf } from '../time/shanghai.ts'
import { CASE, tasksWhere } from './case.ts'
import type { caseRow } from './contract.ts'
import { type Actor, decidesAs } from './desk.ts'
import type { CaseKit } from './registry.ts'
import type { CaseRow } from './tables.ts'

type Row = z.infer<typeof caseRow>

export interface CaseQuery {
  /** The newest first: `2026-01-05T01:00:00.000Z|<case>`. */
  readonly after?: string | undefined
  readonly limit: number
  readonly state?: string | undefined
  readonly about?: string | undefined
  /** Only those the caller opened. */
  readonly mine?: boolean | undefined
}

const parties = {
  programme: 'c.programme_id',
  organisations: ['c.organisation_id'],
  areaPath: 'c.area_path',
  persons: ['c.opened_member'],
}

/** Cases of a process within reach; for those who read `own` only also the cases in which they had a task of theirs. */
export function readable(reach: Reach, first: number): { sql: string; values: readonly unknown[] } {
  const { sql, values } = reachPredicate(reach, parties, first)
  if (reach.everything || reach.personIds.length === 0) return { sql, values }
  const own = `$${first + values.length}::uuid[]`
  return {
    sql: `((${sql}) or c.id in (select t.case_id from process_task t where t.programme_id = $${first}
      and (t.member_id = any(${own}) or t.decided_member = any(${own}))))`,
    values: [...values, reach.personIds],
  }
}

/** A page of cases, the newest first. Two statements: the cases, and the names of who opened them. */
export async function listCases(
  tx: Reader,
  kit: CaseKit,
  actor: Actor,
  reach: Reach,
  process: string,
  query: CaseQuery,
): Promise<Page<Row>> {
  const [at, id] = query.after?.split('|') ?? [null, null]
  const given: unknown[] = [tx.programme, process, at, id, query.limit + 1]
  const only = (column: string, value: unknown) => {
    if (value === undefined) return ''
    given.push(value)
    return `and c.${column} = $${given.length}`
  }
  const filters = [
    only('state', query.state),
    only('about', query.about),
    only('opened_by', query.mine ? actor.account : undefined),
  ].join(' ')
  const { sql, values } = readable(reach, given.length + 1)
  const rows = await tx.query<CaseRow>(
    `select ${CASE} from process_case c
      where c.programme_id = $1 and c.process = $2
        and ($3::timestamptz is null or (c.opened_at, c.id) < ($3, $4::uuid)) ${filters} and ${sql}
      order by c.opened_at desc, c.id desc limit $5`,
    [...given, ...values],
  )
  const names = await openers(tx, kit, rows)
  return pageFrom(
    rows,
    query.limit,
    row => `${row.opened_at.toISOString()}|${row.id}`,
    row => caseOf(row, names, dateOf(tx.at)),
  )
}

const openers = (tx: Reader, kit: CaseKit, rows: readonly CaseRow[]) =>
  memberNames(
    tx,
    kit.vault,
    rows.flatMap(row => (row.opened_member ? [row.opened_member] : [])),
  )

/** A case as a line of a list. */
export const caseOf = (row: CaseRow, names: ReadonlyMap<string, string | null>, today: string): Row => ({
  id: row.id,
  process: row.process,
  title: row.title,
  state: row.state,
  about: row.about,
  openedAt: row.opened_at.toISOString(),
  openedByName: (row.opened_member && names.get(row.opened_member)) || '',
  dueOn: row.due_on,
  overdue: row.ended_at === null && row.due_on !== null && row.due_on < today && row.valid_to !== row.due_on,
  endedAt: row.ended_at?.toISOString() ?? null,
})

/** One case within reach. */
export async function findCase(
  tx: Reader,
  reach: Reach,
  process: string,
  id: string,
): Promise<CaseRow | undefined> {
  const { sql, values } = readable(reach, 4)
  const [row] = await tx.query<CaseRow>(
    `select ${CASE} from process_case c where c.programme_id = $1 and c.id = $2 and c.process = $3 and ${sql}`,
    [tx.programme, id, process, ...values],
  )
  return row
}

/** One case within reach; or, for whoever stands in for an absent member, one with a task that they may decide for them. */
export async function caseFor(
  tx: Reader,
  actor: Actor,
  reach: Reach,
  process: string,
  id: string,
): Promise<CaseRow | undefined> {
  const row = await findCase(tx, reach, process, id)
  if (row || actor.standsFor.length === 0) return row
  const open = await tasksWhere(tx, 't.case_id = $2 and t.process = $3 and t.closed_at is null', [
    id,
    process,
  ])
  if (!open.some(task => decidesAs(actor, task) !== undefined)) return undefined
  const [theirs] = await tx.query<CaseRow>(
    `select ${CASE} from process_case c where c.programme_id = $1 and c.id = $2`,
    [tx.programme, id],
  )
  return theirs
}
