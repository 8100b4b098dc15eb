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
import { isObjectable, OBJECTION, objectionsTo } from './objection.ts'
import { isDrawing } from './panel.ts'
import { caseFor, caseOf } from './reads.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow, MoveRow, ObjectionRow, TaskRow } from './tables.ts'
import { askOf } from './ways.ts'
import { isOpener, isWithdrawable } from './withdraw.ts'

type Detail = z.infer<typeof caseDetail>
type NamesOf = ReadonlyMap<string, string | null>

/** A case with its trail, sheets and open tasks; undefined beyond the reader's reach. As many statements however long it is. */
export async function caseDetailOf(
  tx: Reader,
  kit: CaseKit,
  actor: Actor,
  reach: Reach,
  process: string,
  id: string,
): Promise<Detail | undefined> {
  const row = await caseFor(tx, actor, reach, process, id)
  return row && detailOf(tx, kit, actor, row)
}

async function detailOf(tx: Reader, kit: CaseKit, actor: Actor, row: CaseRow): Promise<Detail> {
  const tasks = await tasksWhere(tx, 't.case_id = $2', [row.id])
  const moves = await movesOf(tx, row.id)
  const raised = tasks.some(({ kind }) => kind === 'objection') ? await objectionsTo(tx, row.id) : []
  const names = await memberNames(tx, kit.vault, membersIn(row, tasks, moves, raised))
  const shown = tasks.filter(task => task.outcome !== null && mayRead(task, row, actor))
  const notes = await openNotes(tx, kit.vault, row.id, [...shown, ...moves])
  const { form } = rulesOf(kit, row)
  return {
    ...caseOf(row, names, dateOf(tx.at)),
    version: row.version,
    ...(await filledIn(tx, kit, row, shown, notes, names)),
    scores: row.scores,
    trail: moves.map((move, i) => ({ ...lineOf(move, names), note: notes[shown.length + i]! })),
    tasks: await openTasksOf(tx, kit, actor, row, tasks),
    publicity: publicityOf(kit, row, raised, actor),
    objections: await objectionLines(tx, kit, raised, names),
    drawing: await isDrawing(tx, row),
    may: mayOf(kit, row, actor, dateOf(tx.at)),
    names: await namesOf(tx, [{ columns: form, values: row.form }, ...formsOf(kit, row, shown)]),
  }
}

/** The form of the case, and the sheets of its tasks. */
async function filledIn(
  tx: Reader,
  kit: CaseKit,
  row: CaseRow,
  shown: readonly TaskRow[],
  notes: readonly (string | null)[],
  names: NamesOf,
): Promise<Pick<Detail, 'form' | 'sheets'>> {
  const [own = {}, ...opened] = await openForms(tx, kit.vault, [
    { subject: row.id, sealed: row.sealed },
    ...shown.map(task => ({ subject: task.id, sealed: task.sealed })),
  ])
  const rules = rulesOf(kit, row)
  return {
    form: formOf(rules.form, row.form, own),
    sheets: shown.map((task, i) => ({
      ...sheetOf(task, askOf(rules, task).form, opened[i]!, names),
      note: notes[i]!,
    })),
  }
}

const formsOf = (kit: CaseKit, row: CaseRow, shown: readonly TaskRow[]) =>
  shown.map(task => ({ columns: askOf(rulesOf(kit, row), task).form, values: task.form ?? {} }))

async function openTasksOf(
  tx: Reader,
  kit: CaseKit,
  actor: Actor,
  row: CaseRow,
  tasks: readonly TaskRow[],
): Promise<Detail['tasks']> {
  const open = tasks.filter(({ closed_at }) => closed_at === null)
  const lines = await tasksOf(
    tx,
    kit,
    open.map(task => ({ ...task, title: row.title, version: row.version })),
  )
  return lines.map((line, i) => ({ ...line, mine: isMine(open[i]!, row, actor) }))
}

const movesOf = (tx: Reader, id: string): Promise<MoveRow[]> =>
  tx.query<MoveRow>(
    `select programme_id, case_id, no, from_state, to_state, at, actor, member_id, outcome, note, note_sealed, task_id, fact_id
       from process_move where programme_id = $1 and case_id = $2 order by no`,
    [tx.programme, id],
    'process-moves',
  )

const membersIn = (
  row: CaseRow,
  tasks: readonly TaskRow[],
  moves: readonly MoveRow[],
  raised: readonly ObjectionRow[],
): string[] => [
  ...new Set(
    [
      row.opened_member,
      ...tasks.map(task => task.decided_member),
      ...moves.map(move => move.member_id),
      ...raised.map(({ named, member_id }) => (named ? member_id : null)),
    ].flatMap(member => (member ? [member] : [])),
  ),
]

/** An expert's sheet is their own until all are in. */
export const mayRead = (task: TaskRow, row: CaseRow, actor: Actor): boolean =>
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

function publicityOf(
  kit: CaseKit,
  row: CaseRow,
  raised: readonly ObjectionRow[],
  { account }: Actor,
): Detail['publicity'] {
  if (rulesOf(kit, row).states[row.state]!.kind !== 'publicity' || row.due_on === null) return null
  const objections = raised.filter(({ move_no }) => move_no === row.move_no).length
  const pending = raised.some(({ by, answered_at }) => by === account && answered_at === null)
  return { from: row.entered_on, to: row.due_on, objections, pending }
}

/** Objections as those read them who read the case. */
async function objectionLines(
  tx: Reader,
  kit: CaseKit,
  raised: readonly ObjectionRow[],
  names: NamesOf,
): Promise<Detail['objections']> {
  if (raised.length === 0) return []
  const texts = await kit.vault.openMany(
    tx,
    raised.map(({ id, text_sealed }) => ({ subject: id, field: OBJECTION, sealed: text_sealed })),
  )
  return raised.map((one, i) => ({
    ...{ id: one.id, task: one.task_id, at: one.at.toISOString() },
    byName: one.named && one.member_id ? (names.get(one.member_id) ?? null) : null,
    ...{ text: texts[i]!, files: one.files, upheld: one.upheld },
  }))
}

function mayOf(kit: CaseKit, row: CaseRow, actor: Actor, today: string): Detail['may'] {
  return [
    ...(isObjectable(kit, row, actor, today) ? ['object' as const] : []),
    ...(isOpener(kit, row, actor) && isWithdrawable(kit, row) ? ['withdraw' as const] : []),
  ]
}
