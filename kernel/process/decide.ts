import type { Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { currentTasks, lockTask, viewOf } from './case.ts'
import { correct, corrected } from './correct.ts'
import { type Actor, decidesAs } from './desk.ts'
import { attach, checkForm, filesIn, plainOf, sealForm } from './form.ts'
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
  const way = Object.hasOwn(ask.ways, decision.outcome) ? ask.ways[decision.outcome] : undefined
  if (!way) return refuse('task.outcome_unknown', { outcomes: Object.keys(ask.ways) })
  const strange = Object.keys(decision.form).filter(name => !Object.hasOwn(ask.form, name))
  if (strange.length > 0)
    return refuse('input.invalid', {
      fields: strange.map(name => `body/form/${name}`),
      reasons: strange.map(() => 'unrecognized_keys'),
    })
  if (way.note && !decision.note?.trim()) return refuse('task.note_required')
  const given = task.kind === 'returned' ? await corrected(tx, kit, row, decision.form) : ok(decision.form)
  if (!given.ok) return given
  const checked = await checkForm(tx, ask.form, given.value, {
    required: !way.note || ask.sheet !== undefined,
    refers: rulesOf(kit, row).refers,
  })
  if (!checked.ok) return checked
  const { values } = checked.value
  const attached = await attach(tx, row.id, [...decision.files, ...filesIn(ask.form, values)])
  if (!attached.ok) return attached
  const score = ask.sheet ? scoreOf(ask.sheet, values) : null
  if (way.atLeast !== undefined && (score ?? 0) < way.atLeast)
    return refuse('task.too_few_points', { points: score ?? 0, least: way.atLeast })
  const state = rulesOf(kit, row).states[task.state]!
  const may =
    task.kind === 'task' && state.kind === 'task'
      ? await state.guard?.(tx, viewOf(row), values, decision.outcome)
      : undefined
  return may && !may.ok ? may : ok({ way, values, score })
}

async function tellDecision(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  row: CaseRow,
  task: TaskRow,
  outcome: string,
  { way, score }: Judged,
): Promise<string> {
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
    },
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
