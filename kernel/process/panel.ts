import { workingDaysAfter } from '../calendar/calendar.ts'
import type { Reader, Writer } from '../database/database.ts'
import { OPERATOR } from '../fact/keyring.ts'
import { tell } from '../notify/tell.ts'
import { Refused } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { tasksWhere } from './case.ts'
import { type Place, placeOf } from './desk.ts'
import { candidatesOf, draw, headOver } from './draw.ts'
import { clearDesks, openTasks, putOnDesks, setLate, setTimers, tellOpened } from './open-tasks.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import { type PanelState, partiesOf } from './states.ts'
import type { CaseRow, TaskRow } from './tables.ts'

/** The timer of a panel's draw; a seat that is drawn again has `draw:<task>:<fact of its falling vacant>`. */
export const DRAW = 'draw'

/** A panel that was come to: its experts are drawn once the log has a head over the move. Refuses (thrown) `panel.too_few`. */
export async function awaitDraw(tx: Writer, row: CaseRow, state: PanelState): Promise<void> {
  const { pool } = await candidatesOf(tx, row, state.from)
  if (pool.length < state.draw) throw new Refused('panel.too_few', { needed: state.draw, found: pool.length })
  await setTimers(tx, row, [{ name: DRAW, on: dateOf(tx.at) }])
}

/** Whether experts are about to be drawn for a case. */
export async function isDrawing(tx: Reader, row: CaseRow): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from process_timer where programme_id = $1 and case_id = $2 and move_no = $3 and name like 'draw%'
        and done_at is null limit 1`,
    [tx.programme, row.id, row.move_no],
  )
  return rows.length > 0
}

/** Draws what a timer asks for; false where the head is not there yet, or nobody to draw from. */
export async function drawFor(tx: Writer, kit: CaseKit, row: CaseRow, timer: string): Promise<boolean> {
  const state = rulesOf(kit, row).states[row.state]!
  if (state.kind !== 'panel') return true
  const [, seat, fact] = timer.split(':')
  if (seat === undefined || fact === undefined) return drawPanel(tx, kit, row, state)
  const [task] = await tasksWhere(tx, 't.id = $2', [seat])
  // decided by whoever it was escalated to, or theirs
  if (!task || task.closed_at !== null || task.role !== null) return true
  return drawSeat(tx, kit, row, state, task, fact)
}

async function drawPanel(tx: Writer, kit: CaseKit, row: CaseRow, state: PanelState): Promise<boolean> {
  const [move] = await tx.query<{ fact_id: string }>(
    'select fact_id from process_move where programme_id = $1 and case_id = $2 and no = $3',
    [tx.programme, row.id, row.move_no],
  )
  const drawn = await drawAfter(tx, kit, row, state, { after: move!.fact_id, count: state.draw })
  if (!drawn) return false
  const { within } = state
  await openTasks(
    tx,
    row,
    drawn.members.map((member, i) => ({
      ...{ kind: 'seat' as const, seat: i + 1, within },
      place: { role: state.from, area_path: null, organisation_id: null, member_id: member },
    })),
  )
  await tx.query('update process_case set due_on = $3 where programme_id = $1 and id = $2', [
    tx.programme,
    row.id,
    await dueIn(tx, within),
  ])
  return true
}

/** Another expert for a seat, who has as many days as the first had. */
async function drawSeat(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  state: PanelState,
  task: TaskRow,
  after: string,
): Promise<boolean> {
  const drawn = await drawAfter(tx, kit, row, state, { after, count: 1 })
  if (!drawn) return false
  const [member] = drawn.members
  const now = { ...task, role: state.from, member_id: member!, due_on: await dueIn(tx, state.within) }
  await tx.query(
    'update process_task set role = $3, member_id = $4, due_on = $5, late = false where programme_id = $1 and id = $2',
    [tx.programme, task.id, now.role, now.member_id, now.due_on],
  )
  await putOnDesks(tx, [now])
  await setLate(tx, row, [now], `:${drawn.no}`)
  await tellOpened(tx, [now], `:${drawn.no}`)
  return true
}

/** A draw after a fact, from those who were not drawn for this move before; undefined where it must wait. */
async function drawAfter(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  state: PanelState,
  { after, count }: { after: string; count: number },
): Promise<{ members: readonly string[]; no: number } | undefined> {
  const head = await headOver(tx, after)
  if (!head) return undefined
  const before = await tx.query<{ drawn: string[] }>(
    'select drawn from process_draw where programme_id = $1 and case_id = $2 and move_no = $3',
    [tx.programme, row.id, row.move_no],
  )
  const without = before.flatMap(({ drawn }) => drawn)
  const candidates = await candidatesOf(tx, row, state.from, { since: head.at, without })
  const found = candidates.pool.length
  const no = before.length
  if (found < count) {
    await tellShort(tx, kit, row, state, { no, needed: count, found })
    return undefined
  }
  return { members: await draw(tx, kit, row, { state, after, head, no, count, ...candidates }), no }
}

const dueIn = async (tx: Writer, within: number | undefined): Promise<string | null> =>
  within === undefined ? null : workingDaysAfter(tx, dateOf(tx.at), within)

/** An expert who is none any more: the seat is nobody's until another is drawn, after the fact that says so. */
export async function vacate(tx: Writer, kit: CaseKit, row: CaseRow, task: TaskRow): Promise<void> {
  const { id: fact } = await kit.recorder.record(tx, {
    type: `${row.process}.vacated`,
    subject: row.id,
    holder: OPERATOR,
    pub: { case: row.id, task: task.id, state: row.state, move: row.move_no, seat: task.seat },
  })
  await tx.query(
    'update process_task set role = null, member_id = null where programme_id = $1 and id = $2',
    [tx.programme, task.id],
  )
  await clearDesks(tx, [task.id])
  await setTimers(tx, row, [{ name: `${DRAW}:${task.id}:${fact}`, on: dateOf(tx.at) }])
}

interface Short {
  readonly no: number
  readonly needed: number
  readonly found: number
}

/** There are too few experts: whoever answers for the case hears of it, once. */
async function tellShort(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  state: PanelState,
  { no, needed, found }: Short,
): Promise<void> {
  const place = await answeringFor(tx, kit, row, state)
  if (!place) return
  await tell(tx, place, {
    kind: 'panel.short',
    cause: `${row.id}:${row.move_no}:${no}`,
    process: row.process,
    caseId: row.id,
    params: { state: row.state, needed: String(needed), found: String(found) },
  })
}

/** The desk to which it would be escalated; else the one that had the case before; else the next. */
async function answeringFor(
  tx: Reader,
  kit: CaseKit,
  row: CaseRow,
  state: PanelState,
): Promise<Place | undefined> {
  const [late] = partiesOf(state)
  if (late) return placeOf(late, row)
  const before = await tasksWhere(
    tx,
    `t.case_id = $2 and t.kind in ('task', 'part') and t.outcome is not null`,
    [row.id],
  )
  const last = before.at(-1)
  if (last) return { ...last, member_id: null }
  const { states } = rulesOf(kit, row)
  const [next] = Object.values(state.outcomes).flatMap(({ to }) => partiesOf(states[to]!))
  return next && placeOf(next, row)
}
