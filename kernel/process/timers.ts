import { workingDaysAfter } from '../calendar/calendar.ts'
import type { Database, Scope, Writer } from '../database/database.ts'
import { tell } from '../notify/tell.ts'
import { ok } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { lockCase, tasksWhere } from './case.ts'
import { clock, placeOf } from './desk.ts'
import { move } from './move.ts'
import { endPublicity } from './objection.ts'
import { clearDesks, putOnDesks, setLate } from './open-tasks.ts'
import { openerPlace } from './opener.ts'
import { DRAW, drawFor } from './panel.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { Late } from './states.ts'
import type { CaseRow, TaskRow, TimerRow } from './tables.ts'

type Timer = Pick<TimerRow, 'case_id' | 'move_no' | 'name' | 'fire_on'>

const BATCH = 200

/** What a round of the clock did. A timer that was refused stays and is tried at the next round. */
export interface Round {
  readonly fired: number
  readonly refused: readonly { readonly case: string; readonly timer: string; readonly code: string }[]
}

/**
 * Fires what is due by the day of the scope's time, each in its own transaction. May run any number of times, and at
 * once: whoever locks the case first does it. Each timer is met once a round, in the order of their days; one that a
 * move sets behind that point, and a draw that must wait, are met in the next. With `draws`, nothing but draws.
 */
export async function fireDue(database: Database, kit: CaseKit, scope: Scope, draws = false): Promise<Round> {
  const refused: Round['refused'][number][] = []
  let fired = 0
  for (let after: Timer | undefined; ; ) {
    const due = await database.read(scope, tx => dueAfter(tx, after, draws))
    for (const timer of due) {
      const result = await database.write(scope, async tx => ok(await fire(tx, kit, timer)))
      if (!result.ok) refused.push({ case: timer.case_id, timer: timer.name, code: result.code })
      else if (result.value) fired += 1
    }
    if (due.length < BATCH) return { fired, refused }
    after = due.at(-1)
  }
}

const dueAfter = (
  tx: { at: Date } & Pick<Writer, 'query' | 'programme'>,
  after: Timer | undefined,
  draws: boolean,
): Promise<Timer[]> =>
  tx.query<Timer>(
    `select case_id, move_no, name, fire_on from process_timer
      where programme_id = $1 and done_at is null and fire_on <= $2
        and ($3::date is null or (fire_on, case_id, move_no, name) > ($3, $4::uuid, $5::int, $6::text))
        ${draws ? "and name like 'draw%'" : ''}
      order by fire_on, case_id, move_no, name limit $7`,
    [
      tx.programme,
      dateOf(tx.at),
      after?.fire_on ?? null,
      after?.case_id ?? null,
      after?.move_no ?? null,
      after?.name ?? null,
      BATCH,
    ],
    draws ? 'process-draws-due' : 'process-timers-due',
  )

/** Whether it was this call that fired it. */
async function fire(tx: Writer, kit: CaseKit, { case_id, move_no, name }: Timer): Promise<boolean> {
  const row = await lockCase(tx, case_id)
  const isDraw = name === DRAW || name.startsWith(`${DRAW}:`)
  const mine = await tx.query(
    `update process_timer set done_at = $5
      where programme_id = $1 and case_id = $2 and move_no = $3 and name = $4 and done_at is null returning 1`,
    [tx.programme, case_id, move_no, name, tx.at],
    'process-timer-done',
  )
  if (mine.length === 0 || !row) return false
  // the case has gone on: what was to happen there is void
  if (row.move_no !== move_no || row.ended_at !== null) return false
  if (!isDraw) await happen(tx, kit, row, name)
  else if (!(await drawFor(tx, kit, row, name))) {
    await wait(tx, { case_id, move_no, name })
    return false
  }
  return true
}

/** It could not be yet. */
const wait = (tx: Writer, { case_id, move_no, name }: Omit<Timer, 'fire_on'>): Promise<object[]> =>
  tx.query(
    `update process_timer set done_at = null
      where programme_id = $1 and case_id = $2 and move_no = $3 and name = $4`,
    [tx.programme, case_id, move_no, name],
    'process-timer-wait',
  )

async function happen(tx: Writer, kit: CaseKit, row: CaseRow, name: string): Promise<void> {
  const state = rulesOf(kit, row).states[row.state]!
  const [what, first = '', second = ''] = name.split(':')
  if (what === 'late') await comesLate(tx, kit, row, first)
  else if (what === 'publicity') await endPublicity(tx, kit, row)
  else if (what === 'term' && state.kind === 'standing' && state.next)
    await move(tx, kit, row, state.next, { actor: clock, outcome: 'term' })
  else if (what === 'yearly' && state.kind === 'standing' && state.yearly)
    await move(tx, kit, row, state.yearly.to, { actor: clock, outcome: 'yearly' })
  else if (what === 'remind')
    await tell(tx, openerPlace(kit, row), {
      kind: 'case.expiring',
      cause: `${row.id}:${row.move_no}:${name}`,
      process: row.process,
      caseId: row.id,
      params: { column: first, days: second, on: String(row.form[first] ?? '') },
    })
}

async function comesLate(tx: Writer, kit: CaseKit, row: CaseRow, taskId: string): Promise<void> {
  const [task] = await tasksWhere(tx, 't.id = $2', [taskId])
  // a deadline that was put off has a timer of its own
  if (!task || task.closed_at !== null || (task.due_on ?? '') >= dateOf(tx.at)) return
  const state = rulesOf(kit, row).states[row.state]!
  const late: Late = ('late' in state && task.kind !== 'objection' && state.late) || 'remind'
  if (typeof late === 'object' && 'to' in late) {
    await move(tx, kit, row, late.to, { actor: clock, outcome: 'deadline' })
    return
  }
  if (typeof late === 'object' && !task.late) await escalate(tx, row, task, late.escalate, state)
  await tx.query('update process_task set late = true where programme_id = $1 and id = $2', [
    tx.programme,
    taskId,
  ])
  await tell(tx, task, {
    kind: 'task.late',
    cause: taskId,
    process: row.process,
    caseId: row.id,
    params: { state: row.state, dueOn: task.due_on ?? '' },
  })
}

/** The task goes to the desk above, which has as many days for it. */
async function escalate(
  tx: Writer,
  row: CaseRow,
  task: TaskRow,
  to: Parameters<typeof placeOf>[0],
  state: object,
): Promise<void> {
  const within = 'within' in state && typeof state.within === 'number' ? state.within : 1
  const place = placeOf(to, row)
  const dueOn = await workingDaysAfter(tx, dateOf(tx.at), within)
  await tx.query(
    `update process_task set role = $3, area_path = $4, organisation_id = $5, member_id = null, due_on = $6
      where programme_id = $1 and id = $2`,
    [tx.programme, task.id, place.role, place.area_path, place.organisation_id, dueOn],
  )
  await clearDesks(tx, [task.id])
  const now = { ...task, ...place, due_on: dueOn }
  await putOnDesks(tx, [now])
  await setLate(tx, row, [now], ':again')
  await tell(tx, place, {
    kind: 'task.escalated',
    cause: task.id,
    process: row.process,
    caseId: row.id,
    params: { state: row.state, dueOn },
  })
}
