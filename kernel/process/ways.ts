import type { Columns } from '../declared/columns.ts'
import type { ProcessVersion } from './define.ts'
import { type ScoreSheet, sheetColumns } from './scores.ts'
import type { Outcome, State } from './states.ts'
import type { TaskRow } from './tables.ts'

/** One way to decide a task: where it leads, or null where others, too, decide. */
export interface Way extends Omit<Outcome, 'to'> {
  readonly to: string | null
}

/** What a task asks, and how it may be answered. */
export interface Ask {
  readonly form: Columns
  readonly sheet: ScoreSheet | undefined
  readonly ways: Readonly<Record<string, Way>>
}

const nothing: Columns = {}

/** The question that a task of a case puts, by the rules that the case began under. */
export function askOf(
  { states, form }: Pick<ProcessVersion, 'states' | 'form'>,
  { state: name, kind, name: part }: Pick<TaskRow, 'state' | 'kind' | 'name'>,
): Ask {
  const state = states[name]!
  if (kind === 'objection') return { form: nothing, sheet: undefined, ways: answers(state) }
  if (state.kind === 'returned') return { form, sheet: undefined, ways: { resubmit: { to: state.to } } }
  if (state.kind === 'panel') return sheetAsk(state.sheet, { submit: { to: null } })
  if (state.kind === 'tasks') {
    const { pass, fail } = state.outcomes
    const ways = { pass: { ...pass, to: null }, fail: { ...fail, to: null } }
    return { form: state.each[part]!.form ?? nothing, sheet: undefined, ways }
  }
  if (state.kind === 'task') {
    const own = state.form ?? nothing
    return state.sheet
      ? { ...sheetAsk(state.sheet, state.outcomes), form: { ...own, ...sheetColumns(state.sheet) } }
      : { form: own, sheet: undefined, ways: state.outcomes }
  }
  if (state.kind === 'standing') return { form: nothing, sheet: undefined, ways: actions(state, part) }
  return { form: nothing, sheet: undefined, ways: {} }
}

const sheetAsk = (sheet: ScoreSheet, ways: Ask['ways']): Ask => ({ form: sheetColumns(sheet), sheet, ways })

const answers = (state: State): Ask['ways'] =>
  state.kind === 'publicity'
    ? { upheld: { to: state.objection.upheld, note: true }, dismissed: { to: null, note: true } }
    : {}

/** What a party of a standing state may do: its task bears the party as its name. */
const actions = (state: Extract<State, { kind: 'standing' }>, party: string): Ask['ways'] =>
  Object.fromEntries(Object.entries(state.on).filter(([, { by }]) => JSON.stringify(by) === party))
