import { workingDaysAfter } from '../calendar/calendar.ts'
import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { tellAll } from '../notify/tell.ts'
import { addDays, dateOf } from '../time/shanghai.ts'
import { desksOf, type Place } from './desk.ts'
import type { CaseRow, TaskKind, TaskRow } from './tables.ts'

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
  const made = await rowsOf(tx, row, tasks)
  await tx.db.insertInto('process_task').values(made).execute()
  // a standing state waits for nobody: its tasks are found on the case, not in an inbox
  const waiting = made.filter(({ kind }) => kind !== 'standing')
  await putOnDesks(tx, waiting)
  await setLate(tx, row, waiting)
  await tellOpened(tx, waiting)
  return made.map(({ id }) => id)
}

async function rowsOf(tx: Writer, row: CaseRow, tasks: readonly NewTask[]): Promise<TaskRow[]> {
  const due = new Map<number | undefined, string | null>([[undefined, null]])
  for (const { within } of tasks)
    if (within !== undefined && !due.has(within))
      due.set(within, await workingDaysAfter(tx, dateOf(tx.at), within))
  return tasks.map(({ kind, place, name = '', seat = 0, within }) => ({
    ...blank,
    ...place,
    programme_id: tx.programme,
    id: newId(tx.at.getTime()),
    case_id: row.id,
    process: row.process,
    state: row.state,
    move_no: row.move_no,
    kind,
    name,
    seat,
    opened_at: tx.at,
    due_on: due.get(within)!,
  }))
}

/** The timers of the deadlines of tasks. */
export const setLate = (
  tx: Writer,
  row: Pick<CaseRow, 'id' | 'move_no'>,
  tasks: readonly Pick<TaskRow, 'id' | 'due_on'>[],
  suffix = '',
): Promise<void> =>
  setTimers(
    tx,
    row,
    tasks.flatMap(({ id, due_on }) =>
      due_on ? [{ name: `late:${id}${suffix}`, on: addDays(due_on, 1) }] : [],
    ),
  )

/** Tells those with whom tasks lie; `again` where they lay elsewhere before. */
export const tellOpened = (
  tx: Writer,
  tasks: readonly (Lying & Pick<TaskRow, 'case_id'>)[],
  again = '',
): Promise<void> =>
  tellAll(
    tx,
    tasks.map(task => ({
      audience: task,
      word: {
        kind: 'task.opened',
        cause: `${task.id}${again}`,
        process: task.process,
        caseId: task.case_id,
        params: { state: task.state, ...(task.due_on ? { dueOn: task.due_on } : {}) },
      },
    })),
  )

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

/** An open task, and where it lies. */
export type Lying = Place & Pick<TaskRow, 'id' | 'kind' | 'process' | 'state' | 'due_on'>

/** Puts open tasks where they lie. */
export async function putOnDesks(tx: Writer, tasks: readonly Lying[]): Promise<void> {
  const rows = tasks.flatMap(task => desksOf(task).map(desk => ({ desk, task })))
  if (rows.length === 0) return
  await tx.query(
    `insert into process_desk (programme_id, desk, due_on, task_id, process, state)
     select $1, d.* from unnest($2::text[], $3::date[], $4::uuid[], $5::text[], $6::text[]) d`,
    [
      tx.programme,
      rows.map(({ desk }) => desk),
      rows.map(({ task }) => task.due_on ?? NO_DEADLINE),
      rows.map(({ task }) => task.id),
      rows.map(({ task }) => task.process),
      rows.map(({ task }) => task.state),
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
