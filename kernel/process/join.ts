import { evaluate } from './scores.ts'
import type { Outcome, Outcomes, State } from './states.ts'
import type { CaseRow, TaskRow } from './tables.ts'

export interface Joined {
  readonly name: string
  readonly outcome: Outcome
  readonly scores: Readonly<Record<string, number>>
}

/** What the tasks of a state decide together; undefined as long as they do not. */
export function join(
  state: State,
  row: Pick<CaseRow, 'form' | 'scores' | 'state'>,
  tasks: readonly Pick<TaskRow, 'kind' | 'outcome' | 'score'>[],
): Joined | undefined {
  if (state.kind === 'tasks') return joinParts(state, tasks)
  if (state.kind !== 'panel') return undefined
  const seats = tasks.filter(({ kind }) => kind === 'seat')
  if (seats.some(({ outcome }) => outcome === null)) return undefined
  const points = evaluate(state.formula, {
    form: row.form,
    scores: row.scores,
    sheets: seats.flatMap(({ score }) => (score === null ? [] : [score])),
  })
  return { ...reached(state.outcomes, points), scores: { [row.state]: points } }
}

/** The first outcome whose points are reached; the last has none and takes the rest. */
function reached(outcomes: Outcomes, points: number): Pick<Joined, 'name' | 'outcome'> {
  const [name, outcome] = Object.entries(outcomes).find(
    ([, { atLeast }]) => points >= (atLeast ?? -Infinity),
  )!
  return { name, outcome }
}

function joinParts(
  { each, join: needed, outcomes }: Extract<State, { kind: 'tasks' }>,
  tasks: readonly Pick<TaskRow, 'outcome'>[],
): Joined | undefined {
  const all = Object.keys(each).length
  const least = needed === 'all' ? all : needed === 'any' ? 1 : needed
  const passed = tasks.filter(({ outcome }) => outcome === 'pass').length
  const failed = tasks.filter(({ outcome }) => outcome === 'fail').length
  if (passed >= least) return { name: 'pass', outcome: outcomes.pass, scores: {} }
  if (all - failed < least) return { name: 'fail', outcome: outcomes.fail, scores: {} }
  return undefined
}
