import type { Writer } from '../database/database.ts'
import { readOf } from '../notify/reads.ts'
import { tell } from '../notify/tell.ts'
import { must } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { viewOf } from './case.ts'
import type { Actor } from './desk.ts'
import { enterState } from './enter.ts'
import { clearDesks } from './open-tasks.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow } from './tables.ts'
import { termOf } from './term.ts'

/** Why a case moves: by whose word, or by which clock. */
export interface Cause {
  readonly actor: Actor
  /** Of a decision; or `deadline`, `publicity`, `term`, `yearly`, `join`, `retracted`. */
  readonly outcome: string
  /** Sealed. */
  readonly note?: Buffer | null
  readonly task?: string
  /** The fact of the decision that moves it; without one the move has a fact of its own. */
  readonly fact?: string
  readonly renews?: boolean
}

/**
 * Moves a locked case into a state: what was open there is closed, the trail grows, the state's effect and all that it
 * opens happen in the same transaction. Throws the refusal of an effect. Returns the case as it then is.
 */
export async function move(
  tx: Writer,
  kit: CaseKit,
  from: CaseRow,
  to: string,
  cause: Cause,
): Promise<CaseRow> {
  const state = rulesOf(kit, from).states[to]
  if (!state) throw new Error(`${from.process} has no state ${to}`)
  await closeTasks(tx, from)
  const fact = cause.fact ?? (await tellMove(tx, kit, from, to, cause))
  const row: CaseRow = {
    ...from,
    ...termOf(state, from, dateOf(tx.at), cause.renews ?? false),
    state: to,
    move_no: from.move_no + 1,
    entered_on: dateOf(tx.at),
    due_on: null,
    ended_at: state.kind === 'end' ? tx.at : null,
  }
  return arrive(tx, kit, row, { from: from.state, fact, cause })
}

interface Arrival {
  /** Null at the beginning of a trail. */
  readonly from: string | null
  readonly fact: string
  readonly cause: Cause
}

/** A case in the state it has just come to: the trail, the effect, and what the state opens. */
export async function arrive(tx: Writer, kit: CaseKit, row: CaseRow, arrival: Arrival): Promise<CaseRow> {
  const state = rulesOf(kit, row).states[row.state]!
  await writeTrail(tx, row, arrival)
  if (state.enter) must(await state.enter(tx, kit, viewOf(row)))
  const arrived = { ...row, due_on: await enterState(tx, kit, row, state) }
  await save(tx, arrived)
  if (arrival.from !== null) await tellApplicant(tx, arrived)
  return arrived
}

async function closeTasks(tx: Writer, row: CaseRow): Promise<void> {
  const closed = await tx.query<{ id: string }>(
    `update process_task set closed_at = $3 where programme_id = $1 and case_id = $2 and closed_at is null returning id`,
    [tx.programme, row.id, tx.at],
    'process-tasks-close',
  )
  if (closed.length === 0) return
  const ids = closed.map(({ id }) => id)
  await clearDesks(tx, ids)
  await readOf(tx, ids)
}

async function tellMove(tx: Writer, kit: CaseKit, from: CaseRow, to: string, cause: Cause): Promise<string> {
  const { id } = await kit.recorder.record(tx, {
    type: `${from.process}.moved`,
    subject: from.id,
    holder: cause.actor.holder,
    pub: { case: from.id, from: from.state, to, outcome: cause.outcome },
  })
  return id
}

async function writeTrail(tx: Writer, row: CaseRow, { from, fact, cause }: Arrival): Promise<void> {
  await tx.query(
    `insert into process_move (programme_id, case_id, no, from_state, to_state, at, actor, member_id, outcome, note_sealed,
       task_id, fact_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.programme,
      row.id,
      row.move_no,
      from,
      row.state,
      tx.at,
      cause.actor.account,
      cause.actor.memberId,
      cause.outcome,
      cause.note ?? null,
      cause.task ?? null,
      fact,
    ],
    'process-move',
  )
}

const save = (tx: Writer, row: CaseRow): Promise<object[]> =>
  tx.query(
    `update process_case set state = $3, move_no = $4, entered_on = $5, due_on = $6, valid_from = $7, valid_to = $8,
       ended_at = $9, scores = $10 where programme_id = $1 and id = $2`,
    [
      tx.programme,
      row.id,
      row.state,
      row.move_no,
      row.entered_on,
      row.due_on,
      row.valid_from,
      row.valid_to,
      row.ended_at,
      JSON.stringify(row.scores),
    ],
    'process-case-save',
  )

/** Whoever opened a case hears of each of its moves. */
const tellApplicant = (tx: Writer, row: CaseRow): Promise<void> =>
  row.opened_member === null
    ? Promise.resolve()
    : tell(
        tx,
        { member_id: row.opened_member, role: null, area_path: null, organisation_id: null },
        {
          kind: 'case.moved',
          cause: `${row.id}:${row.move_no}`,
          process: row.process,
          caseId: row.id,
          params: { state: row.state },
        },
      )
