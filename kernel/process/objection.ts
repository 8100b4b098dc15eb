import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { lockCase } from './case.ts'
import { type Actor, clock, decidesAs, placeOf } from './desk.ts'
import { attach } from './form.ts'
import { type Cause, move } from './move.ts'
import { openTasks } from './open-tasks.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow, ObjectionRow, TaskRow } from './tables.ts'

export interface NewObjection {
  readonly text: string
  readonly files: readonly string[]
  /** Whether those who read the case are told who objected; not if left out. */
  readonly named?: boolean | undefined
}

export const OBJECTION = 'process_objection.text'

export type ObjectionRefusal = 'case.not_found' | 'case.not_public' | 'objection.pending' | 'file.not_found'

/**
 * Objects to a case that hangs out, and so opens a task that must be answered before it goes on. Refuses
 * `case.not_found` for one that does not hang out or is none, `objection.pending` while the same person's last one is
 * not answered.
 */
export async function object(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  caseId: string,
  { text, files, named = false }: NewObjection,
): Promise<Result<{ id: string }, ObjectionRefusal>> {
  const row = await lockCase(tx, caseId)
  const state = row && rulesOf(kit, row).states[row.state]
  if (!row || state?.kind !== 'publicity') return refuse('case.not_found')
  if (row.due_on === null || dateOf(tx.at) > row.due_on) return refuse('case.not_public')
  const attached = await attach(tx, caseId, files)
  if (!attached.ok) return attached
  const pending = await tx.query(
    `select 1 from process_objection where programme_id = $1 and case_id = $2 and by = $3 and answered_at is null`,
    [tx.programme, caseId, actor.account],
  )
  if (pending.length > 0) return refuse('objection.pending')
  const { by, within } = state.objection
  const [task] = await openTasks(tx, row, [{ kind: 'objection', place: placeOf(by, row), within }])
  const id = newId(tx.at.getTime())
  const sealed = await kit.vault.seal(tx, id, OBJECTION, text)
  await tx.db
    .insertInto('process_objection')
    .values({
      ...{ programme_id: tx.programme, id, case_id: caseId, move_no: row.move_no, task_id: task! },
      ...{
        at: tx.at,
        by: actor.account,
        member_id: actor.memberId,
        named,
        text_sealed: sealed,
        files: [...files],
      },
      ...{ answered_at: null, upheld: null },
    })
    .execute()
  await kit.recorder.record(tx, {
    type: `${row.process}.objected`,
    subject: caseId,
    holder: actor.holder,
    pub: { case: caseId, objection: id },
  })
  return ok({ id })
}

/** Whether somebody is offered to object: while it hangs out, and who neither opened the case nor would answer. */
export function isObjectable(kit: CaseKit, row: CaseRow, actor: Actor, today: string): boolean {
  const state = rulesOf(kit, row).states[row.state]!
  if (state.kind !== 'publicity' || (row.due_on ?? '') < today || row.opened_by === actor.account)
    return false
  return decidesAs(actor, { kind: 'objection', ...placeOf(state.objection.by, row) }) === undefined
}

/** What was objected to a case, the first first. */
export const objectionsTo = (tx: Reader, caseId: string): Promise<ObjectionRow[]> =>
  tx.query<ObjectionRow>(
    `select programme_id, id, case_id, move_no, task_id, at, by, member_id, named, text_sealed, files, answered_at, upheld
       from process_objection where programme_id = $1 and case_id = $2 order by at, id`,
    [tx.programme, caseId],
    'process-objections',
  )

/** An answered objection: upheld, the case leaves publicity; dismissed, it goes on when the days are over. */
export async function closeObjection(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  task: TaskRow,
  cause: Cause,
  to: string | null,
): Promise<CaseRow> {
  await tx.query(
    `update process_objection set answered_at = $3, upheld = $4 where programme_id = $1 and task_id = $2`,
    [tx.programme, task.id, tx.at, to !== null],
  )
  if (to !== null) return move(tx, kit, row, to, cause)
  return (await endPublicity(tx, kit, row)) ?? row
}

/** Goes on once the days are over and nothing waits for an answer. */
export async function endPublicity(tx: Writer, kit: CaseKit, row: CaseRow): Promise<CaseRow | undefined> {
  const state = rulesOf(kit, row).states[row.state]!
  if (state.kind !== 'publicity' || row.due_on === null || dateOf(tx.at) <= row.due_on) return undefined
  const [open] = await tx.query<{ n: number }>(
    `select count(*) as n from process_objection where programme_id = $1 and case_id = $2 and move_no = $3
       and answered_at is null`,
    [tx.programme, row.id, row.move_no],
  )
  if (open!.n > 0) return undefined
  return move(tx, kit, row, state.next, { actor: clock, outcome: 'publicity' })
}
