import type { Reader, Writer } from '../database/database.ts'
import type { Case } from './states.ts'
import type { CaseRow, TaskRow } from './tables.ts'

export const CASE = `c.programme_id, c.id, c.process, c.version, c.title, c.state, c.about, c.organisation_id, c.area_path,
  c.opened_at, c.opened_by, c.opened_member, c.opener_role, c.opened_fact, c.opened_leaf, c.form, c.sealed, c.scores, c.move_no,
  c.entered_on, c.due_on, c.valid_from, c.valid_to, c.once, c.ended_at`

export const TASK = `t.programme_id, t.id, t.case_id, t.process, t.state, t.move_no, t.kind, t.name, t.seat, t.role,
  t.area_path, t.organisation_id, t.member_id, t.opened_at, t.due_on, t.late, t.closed_at, t.decided_by,
  t.decided_member, t.for_member, t.outcome, t.note, t.note_sealed, t.form, t.sealed, t.score, t.files, t.fact_id`

/** A case for oneself: whatever is done to it or its tasks waits here for its turn. */
export async function lockCase(tx: Writer, id: string): Promise<CaseRow | undefined> {
  const [row] = await tx.query<CaseRow>(
    `select ${CASE} from process_case c where c.programme_id = $1 and c.id = $2 for update`,
    [tx.programme, id],
    'process-case-lock',
  )
  return row
}

/** A task with its case, which is locked; as they are once the lock is held. */
export async function lockTask(tx: Writer, id: string): Promise<{ task: TaskRow; row: CaseRow } | undefined> {
  const [found] = await tx.query<{ case_id: string }>(
    'select case_id from process_task where programme_id = $1 and id = $2',
    [tx.programme, id],
    'process-task-case',
  )
  const row = found && (await lockCase(tx, found.case_id))
  const [task] = row ? await tasksWhere(tx, 't.id = $2', [id]) : []
  return row && task && { task, row }
}

/** The database takes no longer names; conditions that are longer are asked seldom. */
const LONGEST_NAME = 63
const nameOf = (condition: string): string | undefined => {
  const name = `process-tasks ${condition}`
  return name.length > LONGEST_NAME ? undefined : name
}

export const tasksWhere = (tx: Reader, condition: string, values: readonly unknown[]): Promise<TaskRow[]> =>
  tx.query<TaskRow>(
    `select ${TASK} from process_task t where t.programme_id = $1 and ${condition} order by t.id`,
    [tx.programme, ...values],
    nameOf(condition),
  )

/** The tasks of the state a case is in. */
export const currentTasks = (tx: Reader, row: CaseRow): Promise<TaskRow[]> =>
  tasksWhere(tx, 't.case_id = $2 and t.move_no = $3', [row.id, row.move_no])

/** As guards and effects see it. */
export const viewOf = (row: CaseRow): Case => ({
  id: row.id,
  process: row.process,
  version: row.version,
  about: row.about,
  organisationId: row.organisation_id,
  areaPath: row.area_path,
  form: row.form,
  scores: row.scores,
  state: row.state,
  openedAt: row.opened_at,
  validFrom: row.valid_from,
  validTo: row.valid_to,
})
