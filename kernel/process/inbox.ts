import type { z } from 'zod'
import { memberNames } from '../access/members.ts'
import type { Reader } from '../database/database.ts'
import { columnShapes } from '../declared/shape.ts'
import { FIRST_ID } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { addDays, dateOf } from '../time/shanghai.ts'
import { TASK } from './case.ts'
import type { inboxCounts, taskRow } from './contract.ts'
import { type Actor, desksOfActor } from './desk.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import { waysOf } from './shape.ts'
import type { TaskRow } from './tables.ts'
import { askOf } from './ways.ts'

type Task = z.infer<typeof taskRow>
type Counts = z.infer<typeof inboxCounts>

/** Due within so many days counts as soon. */
const SOON = 3

export interface InboxQuery {
  /** `2026-01-05|<task>`, the next of the page before. */
  readonly after?: string | undefined
  readonly limit: number
  readonly process?: string | undefined
  readonly overdue?: boolean | undefined
}

/**
 * What waits for somebody, the nearest deadline first. Each desk gives its first rows from its own range of the index,
 * and they are merged: one statement however many tasks there are, and one for the names.
 */
export async function inbox(tx: Reader, kit: CaseKit, actor: Actor, query: InboxQuery): Promise<Page<Task>> {
  const [day, id] = query.after?.split('|') ?? ['0001-01-01', FIRST_ID]
  const rows = await tx.query<Found & { desk_due: string }>(
    `with mine as (
       select d.due_on, d.task_id from unnest($2::text[]) q (desk), lateral (
         select p.due_on, p.task_id from process_desk p
          where p.programme_id = $1 and p.desk = q.desk and (p.due_on, p.task_id) > ($3, $4::uuid)
            and p.due_on < $6 ${query.process ? 'and p.process = $7' : ''}
          order by p.due_on, p.task_id limit $5) d
       order by d.due_on, d.task_id limit $5)
     select ${TASK}, mine.due_on as desk_due, c.title, c.version from mine
       join process_task t on t.programme_id = $1 and t.id = mine.task_id
       join process_case c on c.programme_id = $1 and c.id = t.case_id
      order by mine.due_on, mine.task_id`,
    [
      tx.programme,
      desksOfActor(actor),
      day,
      id,
      query.limit + 1,
      query.overdue ? dateOf(tx.at) : 'infinity',
      ...(query.process ? [query.process] : []),
    ],
    `process-inbox${query.process ? '-of' : ''}`,
  )
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: await tasksOf(tx, kit, shown),
    next: rows.length > query.limit && last ? `${last.desk_due}|${last.id}` : null,
  }
}

export type Found = TaskRow & { readonly title: string; readonly version: number }

/** Tasks as the wire has them. One statement more, for the names of those they are for. */
export async function tasksOf(tx: Reader, kit: CaseKit, rows: readonly Found[]): Promise<Task[]> {
  const members = rows.flatMap(({ member_id }) => (member_id ? [member_id] : []))
  const names =
    members.length > 0 ? await memberNames(tx, kit.vault, members) : new Map<string, string | null>()
  return rows.map(row => taskOf(kit, row, dateOf(tx.at), names))
}

function taskOf(kit: CaseKit, row: Found, today: string, names: ReadonlyMap<string, string | null>): Task {
  const ask = askOf(rulesOf(kit, row), row)
  return {
    id: row.id,
    case: row.case_id,
    process: row.process,
    title: row.title,
    state: row.state,
    seat: row.seat,
    openedAt: row.opened_at.toISOString(),
    dueOn: row.due_on,
    overdue: row.due_on !== null && row.due_on < today,
    memberName: row.member_id ? (names.get(row.member_id) ?? null) : null,
    outcomes: waysOf(ask.ways),
    form: columnShapes(ask.form),
  }
}

/** So many of a kind on a desk are counted; of more it is said that there are more. */
export const MOST_COUNTED = 1000

interface Pile {
  readonly process: string
  readonly state: string
  readonly count: number
  readonly overdue: number
  readonly soon: number
  readonly more: readonly boolean[]
}

const counted = ['total', 'overdue', 'soon'] as const

/**
 * How many wait, by process and state. One statement that steps from one kind of task on a desk to the next and counts
 * no further than `MOST_COUNTED` in each; a task lies on one of somebody's desks only.
 */
export async function inboxCount(tx: Reader, actor: Actor): Promise<Counts> {
  const today = dateOf(tx.at)
  const rows = await tx.query<Pile>(
    `with recursive pile as (
       select q.desk, d.process, d.state from unnest($2::text[]) q (desk) cross join lateral (
         select process, state from process_desk where programme_id = $1 and desk = q.desk
          order by process, state limit 1) d
       union all
       select p.desk, d.process, d.state from pile p cross join lateral (
         select process, state from process_desk where programme_id = $1 and desk = p.desk
            and (process, state) > (p.process, p.state) order by process, state limit 1) d)
     select p.process, p.state, sum(n.total)::int as count, sum(n.overdue)::int as overdue, sum(n.soon)::int as soon,
       array[bool_or(n.total = $5), bool_or(n.overdue = $5), bool_or(n.soon = $5)] as more
       from pile p cross join lateral (select ${counting('true')} as total, ${counting('d.due_on < $3')} as overdue,
         ${counting('d.due_on between $3 and $4')} as soon) n
      group by p.process, p.state order by p.process, p.state`,
    [tx.programme, desksOfActor(actor), today, addDays(today, SOON), MOST_COUNTED],
    'process-inbox-counts',
  )
  const total = (of: (row: Pile) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    total: total(row => row.count),
    overdue: total(row => row.overdue),
    soon: total(row => row.soon),
    more: counted.filter((_, i) => rows.some(row => row.more[i])),
    byProcess: rows.map(({ process, state, count, overdue }) => ({ process, state, count, overdue })),
  }
}

const counting = (when: string): string =>
  `(select count(*) from (select from process_desk d where d.programme_id = $1 and d.desk = p.desk
     and d.process = p.process and d.state = p.state and ${when} limit $5) d)`
