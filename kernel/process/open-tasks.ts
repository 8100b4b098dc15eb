import { workingDaysAfter } from '../calendar/calendar.ts'
import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { tell } from '../notify/tell.ts'
import { addDays, dateOf } from '../time/shanghai.ts'
import { desksOf, type Place } from './desk.ts'
import type { CaseRow, TaskKind } from './tables.ts'

/** Where tasks without a deadline stand in an inbox: behind all others. */
export const NO_DEADLINE = '9999-12-31'

export interface NewTask {
  readonly kind: TaskKind
  readonly place: Place
  readonly name?: string
  readonly seat?: number
  /** Working days. */
  readonly within?: number | undefined
}

/** Opens tasks of a case's present state: rows, desks, timers of their deadlines, word to whose they are. Returns their ids. */
export async function openTasks(tx: Writer, row: CaseRow, tasks: readonly NewTask[]): Promise<string[]> {
  const due = new Map<number, string>()
  for (const { within } of tasks)
    if (within !== undefined && !due.has(within))
      due.set(within, await workingDaysAfter(tx, dateOf(tx.at), within))
  const made = tasks.map(task => ({
    ...task,
    id: newId(tx.at.getTime()),
    dueOn: task.within === undefined ? null : due.get(task.within)!,
  }))
  await tx.db
    .insertInto('process_task')
    .values(
      made.map(({ id, kind, place, name = '', seat = 0, dueOn }) => ({
        ...blank,
        ...place,
        programme_id: tx.programme,
        id,
        case_id: row.id,
        process: row.process,
        state: row.state,
        move_no: row.move_no,
        kind,
        name,
        seat,
        opened_at: tx.at,
        due_on: dueOn,
      })),
    )
    .execute()
  // a standing state waits for nobody: its tasks are found on the case, not in an inbox
  const waiting = made.filter(({ kind }) => kind !== 'standing')
  await putOnDesks(tx, row, waiting)
  await setTimers(
    tx,
    row,
    waiting.flatMap(({ id, dueOn }) => (dueOn ? [{ name: `late:${id}`, on: addDays(dueOn, 1) }] : [])),
  )
  for (const { id, place, dueOn } of waiting)
    await tell(tx, place, {
      kind: 'task.opened',
      cause: id,
      process: row.process,
      caseId: row.id,
      params: { state: row.state, ...(dueOn ? { dueOn } : {}) },
    })
  return made.map(({ id }) => id)
}

const blank = {
  late: false,
  closed_at: null,
  decided_by: null,
  decided_member: null,
  for_member: null,
  outcome: null,
  note: null,
  note_sealed: null,
  form: null,
  sealed: null,
  score: null,
  files: [],
  fact_id: null,
}

interface Lying {
  readonly id: string
  readonly place: Place
  readonly dueOn: string | null
}

/** Puts open tasks where they lie. */
export async function putOnDesks(
  tx: Writer,
  row: Pick<CaseRow, 'process' | 'state'>,
  tasks: readonly Lying[],
): Promise<void> {
  const rows = tasks.flatMap(({ id, place, dueOn }) =>
    desksOf(place).map(desk => ({ desk, id, dueOn: dueOn ?? NO_DEADLINE })),
  )
  if (rows.length === 0) return
  await tx.query(
    `insert into process_desk (programme_id, desk, due_on, task_id, process, state)
     select $1, d.desk, d.due, d.task, $5, $6 from unnest($2::text[], $3::date[], $4::uuid[]) d (desk, due, task)`,
    [
      tx.programme,
      rows.map(r => r.desk),
      rows.map(r => r.dueOn),
      rows.map(r => r.id),
      row.process,
      row.state,
    ],
    'process-desk-put',
  )
}

/** Takes tasks off every desk. */
export const clearDesks = (tx: Writer, tasks: readonly string[]): Promise<object[]> =>
  tx.query(
    'delete from process_desk where programme_id = $1 and task_id = any($2::uuid[])',
    [tx.programme, tasks],
    'process-desk-clear',
  )

export async function setTimers(
  tx: Writer,
  row: Pick<CaseRow, 'id' | 'move_no'>,
  timers: readonly { readonly name: string; readonly on: string }[],
): Promise<void> {
  if (timers.length === 0) return
  await tx.query(
    `insert into process_timer (programme_id, case_id, move_no, name, fire_on)
     select $1, $2, $3, t.name, t.day from unnest($4::text[], $5::date[]) t (name, day)`,
    [tx.programme, row.id, row.move_no, timers.map(t => t.name), timers.map(t => t.on)],
    'process-timer-set',
  )
}
