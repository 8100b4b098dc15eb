import type { Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { readOf } from '../notify/reads.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { currentTasks, lockTask, viewOf } from './case.ts'
import { correct, corrected } from './correct.ts'
import { type Actor, decidesAs } from './desk.ts'
import { attach, checkForm, filesIn, plainOf, sealForm, toldOf } from './form.ts'
import { join } from './join.ts'
import { move } from './move.ts'
import { sealNote } from './note.ts'
import { closeObjection } from './objection.ts'
import { clearDesks } from './open-tasks.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import { scoreOf } from './scores.ts'
import type { CaseRow, TaskRow } from './tables.ts'
import { type Ask, askOf, type Way } from './ways.ts'

export interface Decision {
  readonly outcome: string
  readonly note?: string | undefined
  readonly form: Values
  readonly files: readonly string[]
}

export interface Decided {
  readonly case: string
  readonly state: string
  readonly ended: boolean
}

export type DecisionRefusal =
  | 'task.not_found'
  | 'task.done'
  | 'task.own_case'
  | 'task.outcome_unknown'
  | 'task.note_required'
  | 'task.too_few_points'
  | 'file.not_found'
  | 'form.invalid'

/**
 * Decides a task. Of two at once one wins, the other is told `task.done`. Refuses `task.not_found` for a task that lies
 * on no desk of the actor's, `task.own_case` to whoever opened the case, `task.outcome_unknown`, `task.note_required`,
 * `task.too_few_points` {points, least} in hundredths, `file.not_found`, `form.invalid` with its faults, and what the
 * declaration's guard or the next state's effect refuses; `input.invalid` {fields, reasons} for columns it does not ask.
 */
export async function decideTask(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  taskId: string,
  decision: Decision,
): Promise<Result<Decided>> {
  const found = await lockTask(tx, taskId)
  const as = found && decidesAs(actor, found.task)
  if (!found || !as) return refuse('task.not_found')
  const { task, row } = found
  if (task.closed_at !== null) return refuse('task.done')
  if (isOwnCase(task, row, actor)) return refuse('task.own_case')
  const ask = askOf(rulesOf(kit, row), task)
  const judged = await judge(tx, kit, row, task, ask, decision)
  if (!judged.ok) return judged
  const fact = await tellDecision(tx, kit, actor, row, task, decision.outcome, judged.value)
  const note = await sealNote(tx, kit.vault, row.id, decision.note)
  const done = { actor, as, fact, decision, note, ...judged.value }
  await close(tx, kit, row, task, ask, done)
  const after = await follow(tx, kit, row, task, done)
  return ok({ case: row.id, state: after.state, ended: after.ended_at !== null })
}

/** Nobody judges what they asked for themselves. */
const isOwnCase = ({ kind }: TaskRow, row: CaseRow, { account }: Actor): boolean =>
  ['task', 'part', 'seat', 'objection'].includes(kind) && row.opened_by === account

interface Judged {
  readonly way: Way
  readonly values: Values
  readonly score: number | null
}

async function judge(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  task: TaskRow,
  ask: Ask,
  decision: Decision,
): Promise<Result<Judged>> {
  const way = wayOf(ask, decision)
  if (!way.ok) return way
  const values = await filledIn(tx, kit, row, task, ask, way.value, decision)
  if (!values.ok) return values
  const attached = await attach(tx, row.id, [...decision.files, ...filesIn(ask.form, values.value)])
  if (!attached.ok) return attached
  const score = ask.sheet ? scoreOf(ask.sheet, values.value) : null
  const { atLeast } = way.value
  if (atLeast !== undefined && (score ?? 0) < atLeast)
    return refuse('task.too_few_points', { points: score ?? 0, least: atLeast })
  const may = await askGuard(tx, kit, row, task, values.value, decision.outcome)
  return may && !may.ok ? may : ok({ way: way.value, values: values.value, score })
}

function wayOf(ask: Ask, { outcome, form, note }: Decision): Result<Way> {
  const way = Object.hasOwn(ask.ways, outcome) ? ask.ways[outcome] : undefined
  if (!way) return refuse('task.outcome_unknown', { outcomes: Object.keys(ask.ways) })
  const strange = Object.keys(form).filter(name => !Object.hasOwn(ask.form, name))
  if (strange.length > 0)
    return refuse('input.invalid', {
      fields: strange.map(name => `body/form/${name}`),
      reasons: strange.map(() => 'unrecognized_keys'),
    })
  return way.note && !note?.trim() ? refuse('task.note_required') : ok(way)
}

async function filledIn(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  task: TaskRow,
  ask: Ask,
  way: Way,
  { form }: Decision,
): Promise<Result<Values>> {
  const given = task.kind === 'returned' ? await corrected(tx, kit, row, form) : ok(form)
  if (!given.ok) return given
  const checked = await checkForm(tx, ask.form, given.value, {
    required: !way.note || ask.sheet !== undefined,
    refers: rulesOf(kit, row).refers,
  })
  return checked.ok ? ok(checked.value.values) : checked
}

/**
 * A task's own guard; of a corrected form the one that was asked when the case was opened. That is of the present
 * version only: of what an earlier one did not ask it cannot speak.
 */
async function askGuard(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  task: TaskRow,
  values: Values,
  outcome: string,
): Promise<Result<unknown> | undefined> {
  const process = kit.processes.of(row.process)
  if (task.kind === 'returned' && row.version === process.version)
    return process.open.guard?.(tx, { about: row.about, organisationId: row.organisation_id, form: values })
  const state = rulesOf(kit, row).states[task.state]!
  return task.kind === 'task' && state.kind === 'task'
    ? state.guard?.(tx, viewOf(row), values, outcome)
    : undefined
}

async function tellDecision(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  row: CaseRow,
  task: TaskRow,
  outcome: string,
  { way, score, values }: Judged,
): Promise<string> {
  // what stood before is in the fact of the opening, or of the correction before
  const { form } = rulesOf(kit, row)
  const told = task.kind === 'returned' ? toldOf(form, plainOf(form, values)) : undefined
  const { id } = await kit.recorder.record(tx, {
    type: `${row.process}.decided`,
    subject: row.id,
    holder: actor.holder,
    pub: {
      case: row.id,
      task: task.id,
      state: task.state,
      outcome,
      ...(way.to === null ? {} : { to: way.to }),
      ...(score === null ? {} : { points: score }),
      ...told?.pub,
    },
    ...(told ? { hidden: told.hidden } : {}),
  })
  return id
}

interface Done extends Judged {
  readonly actor: Actor
  /** `own`, or the absent member decided for. */
  readonly as: string
  readonly fact: string
  readonly decision: Decision
  /** Sealed. */
  readonly note: Buffer | null
}

async function close(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  task: TaskRow,
  { form }: Ask,
  { actor, as, fact, decision, note, values, score }: Done,
): Promise<void> {
  const sealed = await sealForm(tx, kit.vault, task.id, form, values)
  await tx.query(
    `update process_task set closed_at = $3, decided_by = $4, decided_member = $5, for_member = $6, outcome = $7,
       note_sealed = $8, form = $9, sealed = $10, score = $11, files = $12, fact_id = $13
     where programme_id = $1 and id = $2`,
    [
      tx.programme,
      task.id,
      tx.at,
      actor.account,
      actor.memberId,
      as === 'own' ? null : as,
      decision.outcome,
      note,
      JSON.stringify(plainOf(form, values)),
      sealed,
      score,
      decision.files,
      fact,
    ],
    'process-task-decide',
  )
  await clearDesks(tx, [task.id])
  await readOf(tx, [task.id])
  if (task.kind === 'returned') await correct(tx, kit, row, values)
}

/** What a decision leads to: the next state, or nothing yet where others still decide. */
async function follow(tx: Writer, kit: CaseKit, row: CaseRow, task: TaskRow, done: Done): Promise<CaseRow> {
  const { actor, fact, decision, note, way, score, values } = done
  const cause = {
    ...{ actor, fact, outcome: decision.outcome, note, task: task.id },
    renews: way.renews ?? false,
  }
  const scored =
    score === null || task.kind !== 'task' ? row : { ...row, scores: { ...row.scores, [task.state]: score } }
  if (task.kind === 'objection') return closeObjection(tx, kit, row, task, cause, way.to)
  if (way.to !== null) {
    const corrected =
      task.kind === 'returned' ? { ...scored, form: plainOf(rulesOf(kit, row).form, values) } : scored
    return move(tx, kit, corrected, way.to, cause)
  }
  const joined = join(rulesOf(kit, row).states[task.state]!, scored, await currentTasks(tx, row))
  if (!joined) return row
  return move(tx, kit, { ...scored, scores: { ...row.scores, ...joined.scores } }, joined.outcome.to, {
    ...cause,
    outcome: joined.name,
    renews: joined.outcome.renews ?? false,
  })
}
