import type { z } from 'zod'
import { memberNames } from '../access/members.ts'
import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import type { Columns, Values } from '../declared/columns.ts'
import { dateOf } from '../time/shanghai.ts'
import { tasksWhere } from './case.ts'
import type { caseDetail } from './contract.ts'
import { type Actor, decidesAs } from './desk.ts'
import { masked, openForms } from './form.ts'
import { tasksOf } from './inbox.ts'
import { namesOf, wireOf } from './names.ts'
import { openNotes } from './note.ts'
import { caseOf, findCase } from './reads.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow, MoveRow, TaskRow } from './tables.ts'
import { askOf } from './ways.ts'
import { isOpener, isWithdrawable } from './withdraw.ts'

type Detail = z.infer<typeof caseDetail>
type NamesOf = ReadonlyMap<string, string | null>

/** A case with its trail, sheets and open tasks; undefined beyond the reader's reach. At most ten statements. */
export async function caseDetailOf(
  tx: Reader,
  kit: CaseKit,
  actor: Actor,
  reach: Reach,
  process: string,
  id: string,
): Promise<Detail | undefined> {
  const row = await findCase(tx, reach, process, id)
  if (!row) return undefined
  const tasks = await tasksWhere(tx, 't.case_id = $2', [id])
  const moves = await movesOf(tx, id)
  const names = await memberNames(tx, kit.vault, membersIn(row, tasks, moves))
  const shown = tasks.filter(task => task.outcome !== null && mayRead(task, row, actor))
  const opened = await openForms(tx, kit.vault, [
    { subject: id, sealed: row.sealed },
    ...shown.map(task => ({ subject: task.id, sealed: task.sealed })),
  ])
  const notes = await openNotes(tx, kit.vault, id, [...shown, ...moves])
  const rules = rulesOf(kit, row)
  const form = formOf(rules.form, row.form, opened[0]!)
  const sheets = shown.map((task, i) => ({
    ...sheetOf(task, askOf(rules, task).form, opened[i + 1]!, names),
    note: notes[i]!,
  }))
  const openTasks = tasks.filter(({ closed_at }) => closed_at === null)
  const lines = await tasksOf(
    tx,
    kit,
    openTasks.map(task => ({ ...task, title: row.title, version: row.version })),
  )
  return {
    ...caseOf(row, names, dateOf(tx.at)),
    version: row.version,
    form,
    sheets,
    scores: row.scores,
    trail: moves.map((move, i) => ({ ...lineOf(move, names), note: notes[shown.length + i]! })),
    tasks: lines.map((line, i) => ({ ...line, mine: isMine(openTasks[i]!, row, actor) })),
    publicity: await publicityOf(tx, kit, row),
    may: mayOf(kit, row, actor, dateOf(tx.at)),
    names: await namesOf(tx, [
      { columns: rules.form, values: row.form },
      ...shown.map(task => ({ columns: askOf(rules, task).form, values: task.form ?? {} })),
    ]),
  }
}

const movesOf = (tx: Reader, id: string): Promise<MoveRow[]> =>
  tx.query<MoveRow>(
    `select programme_id, case_id, no, from_state, to_state, at, actor, member_id, outcome, note, note_sealed, task_id, fact_id
       from process_move where programme_id = $1 and case_id = $2 order by no`,
    [tx.programme, id],
    'process-moves',
  )

const membersIn = (row: CaseRow, tasks: readonly TaskRow[], moves: readonly MoveRow[]): string[] => [
  ...new Set(
    [
      row.opened_member,
      ...tasks.map(task => task.decided_member),
      ...moves.map(move => move.member_id),
    ].flatMap(member => (member ? [member] : [])),
  ),
]

/** An expert's sheet is their own until all are in. */
const mayRead = (task: TaskRow, row: CaseRow, actor: Actor): boolean =>
  task.kind !== 'seat' || task.move_no < row.move_no || task.decided_by === actor.account

const isMine = (task: TaskRow, row: CaseRow, actor: Actor): boolean =>
  decidesAs(actor, task) !== undefined &&
  (task.kind === 'returned' || task.kind === 'standing' || row.opened_by !== actor.account)

const formOf = (columns: Columns, plain: Values, sealed: Values): Detail['form'] =>
  wireOf({ ...plain, ...masked(columns, sealed) })

const sheetOf = (
  task: TaskRow,
  columns: Columns,
  sealed: Values,
  names: NamesOf,
): Omit<Detail['sheets'][number], 'note'> => ({
  state: task.state,
  seat: task.seat,
  byName: nameOf(names, task.decided_member),
  at: task.closed_at!.toISOString(),
  outcome: task.outcome!,
  score: task.score,
  form: formOf(columns, task.form ?? {}, sealed),
  files: task.files,
})

const lineOf = (move: MoveRow, names: NamesOf): Omit<Detail['trail'][number], 'note'> => ({
  no: move.no,
  from: move.from_state,
  to: move.to_state,
  at: move.at.toISOString(),
  byName: nameOf(names, move.member_id),
  outcome: move.outcome,
  factId: move.fact_id,
})

const nameOf = (names: NamesOf, member: string | null): string => (member && names.get(member)) || ''

async function publicityOf(tx: Reader, kit: CaseKit, row: CaseRow): Promise<Detail['publicity']> {
  if (rulesOf(kit, row).states[row.state]!.kind !== 'publicity' || row.due_on === null) return null
  const [count] = await tx.query<{ n: number }>(
    'select count(*) as n from process_objection where programme_id = $1 and case_id = $2 and move_no = $3',
    [tx.programme, row.id, row.move_no],
  )
  return { from: row.entered_on, to: row.due_on, objections: count!.n }
}

function mayOf(kit: CaseKit, row: CaseRow, actor: Actor, today: string): Detail['may'] {
  const isPublic = rulesOf(kit, row).states[row.state]!.kind === 'publicity' && (row.due_on ?? '') >= today
  return [
    ...(isPublic ? ['object' as const] : []),
    ...(isOpener(kit, row, actor) && isWithdrawable(kit, row) ? ['withdraw' as const] : []),
  ]
}
