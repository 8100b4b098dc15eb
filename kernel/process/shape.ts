import type { z } from 'zod'
import type { Permit } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Columns } from '../declared/columns.ts'
import { columnShapes } from '../declared/shape.ts'
import { keysOf } from '../declared/words.ts'
import type { processShape, stateShape } from './contract.ts'
import { type Process, RETRACTED } from './define.ts'
import type { Actor } from './desk.ts'
import { readersOf } from './grants.ts'
import { sheetColumns } from './scores.ts'
import { nextOf, partiesOf, type State } from './states.ts'
import type { Ask } from './ways.ts'

type ProcessShape = z.infer<typeof processShape>
type StateShape = z.infer<typeof stateShape>

/** A declaration as the pages are told of it, with what the caller may do: in their own roles, or for the absent. */
export function shapeOf(
  process: Process,
  permit: Permit,
  principal: Principal,
  { standsFor }: Pick<Actor, 'standsFor'>,
): ProcessShape {
  const readers = readersOf(process)
  const reads = [principal, ...standsFor].some(({ roles }) => roles.some(({ role }) => readers[role]))
  const may = (action: 'open' | 'read') =>
    permit(principal, `${process.name}.${action}`).ok && (action === 'open' || reads)
  const objects = permit(principal, 'case.object').ok && hasPublicity(process)
  const states = Object.entries(process.at(process.version).states)
  return {
    name: process.name,
    version: process.version,
    about: process.about?.register ?? null,
    form: columnShapes(process.form),
    start: process.start,
    states: states.map(([name, state]) => stateOf(process, name, state)),
    may: [
      ...(may('open') ? ['open' as const] : []),
      ...(may('read') ? ['read' as const] : []),
      ...(objects ? ['object' as const] : []),
    ],
  }
}

const hasPublicity = ({ states }: Process): boolean =>
  Object.values(states).some(({ kind }) => kind === 'publicity')

const kinds = { tasks: 'task', returned: 'task' } as const

function stateOf(process: Process, name: string, state: State): StateShape {
  const kind = state.kind === 'tasks' || state.kind === 'returned' ? kinds[state.kind] : state.kind
  return {
    name,
    kind,
    roles: [...new Set(rolesOf(process, state))],
    within: withinOf(state),
    form: columnShapes(formOf(process, state)),
    outcomes: outcomesOf(state),
    next: nextOf(state),
  }
}

function rolesOf(process: Process, state: State): string[] {
  if (state.kind === 'panel') return [state.from]
  if (state.kind === 'returned') return Object.keys(process.open.permit)
  return partiesOf(state).map(({ role }) => role)
}

function withinOf(state: State): number | null {
  if (state.kind === 'publicity') return state.days
  if (state.kind === 'standing') return state.for ? state.for.years * 365 : null
  return 'within' in state ? (state.within ?? null) : null
}

const formOf = (process: Process, state: State): Columns =>
  state.kind === 'returned' ? process.form : state.kind === 'tasks' ? {} : ownColumns(state)

function outcomesOf(state: State): StateShape['outcomes'] {
  if (state.kind === 'publicity')
    return waysOf({ upheld: { to: state.objection.upheld, note: true }, dismissed: { to: null, note: true } })
  if (state.kind === 'returned') return waysOf({ resubmit: { to: state.to } })
  if (state.kind === 'standing') return waysOf(state.on)
  return 'outcomes' in state ? waysOf({ ...state.outcomes }) : []
}

/** Ways out as the wire has them. */
export const waysOf = (ways: Ask['ways']): StateShape['outcomes'] =>
  Object.entries(ways).map(([name, { to, note = false, grave }]) => ({
    name,
    to,
    note,
    ...(grave ? { grave } : {}),
  }))

/** Every key that a declaration needs a word for, beside the shared ones of `process.json`. */
export function processKeys(process: Process): string[] {
  const states = Object.entries(process.at(process.version).states).filter(([name]) => name !== RETRACTED)
  return [
    'title',
    ...keysOf({ ...process.form, ...Object.assign({}, ...states.map(([, state]) => ownColumns(state))) }),
    ...states.flatMap(([name, state]) => [
      `state.${name}`,
      ...(state.kind === 'end' || state.kind === 'standing' ? [] : [`do.${name}`]),
      ...(state.kind === 'tasks' ? Object.keys(state.each).map(part => `part.${name}.${part}`) : []),
      ...(state.kind === 'publicity' ? [`place.${state.place}`] : []),
      ...outcomesOf(state)
        .filter(outcome => !shared.has(outcome.name))
        .flatMap(({ name: way, grave }) => [`outcome.${way}`, ...(grave ? [`grave.${way}`] : [])]),
    ]),
  ]
}

/** The columns that its tasks ask for beside the form; they share one set of words. */
function ownColumns(state: State): Columns {
  if (state.kind === 'panel') return sheetColumns(state.sheet)
  if (state.kind === 'task') return { ...state.form, ...(state.sheet ? sheetColumns(state.sheet) : {}) }
  if (state.kind === 'tasks')
    return Object.assign({}, ...Object.values(state.each).map(({ form }) => form ?? {}))
  return {}
}

/** Said once for all processes. */
const shared = new Set(['upheld', 'dismissed', 'resubmit', 'submit'])
