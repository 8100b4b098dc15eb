import { areaLevels } from '../access/area.ts'
import type { ReachName } from '../access/permit.ts'
import type { Role } from '../access/roles.ts'
import type { Reader, Writer } from '../database/database.ts'
import type { Columns, Values } from '../declared/columns.ts'
import type { Register } from '../register/define.ts'
import type { Result } from '../result/result.ts'
import { namesIn } from './scores.ts'
import { end, nextOf, partiesOf, type States } from './states.ts'

export * from './states.ts'

/** Role → how far: the rows of the programme, of the area and below, of the organisation, or one's own cases. */
export type Roles = Readonly<Partial<Record<Role, ReachName>>>

/** A row that a case is about, with the parties that the case takes from it. */
export interface Subject {
  readonly organisationId: string | null
  readonly areaPath: string | null
  /** What people call it; never personal. */
  readonly title?: string
}

/** One version of a process: what a case keeps from its first day to its last. */
export interface ProcessVersion {
  readonly version: number
  readonly form: Columns
  /** The registers that its `row` columns name. */
  readonly refers?: readonly Register[]
  /** What people call a case; made of what is not personal in its form. */
  readonly title: (form: Values, subject: Subject | undefined) => string
  /** The form's columns that name the case's organisation and area. Default the opener's, and the organisation's. */
  readonly parties?: { readonly organisation?: string; readonly area?: string }
  readonly start: string
  readonly states: States
}

export interface ProcessSpec extends ProcessVersion {
  /** As in addresses, actions and kinds of facts: `supplier_entry`. */
  readonly name: string
  /** What it is about: the register, and how a row of it is found. */
  readonly about?: {
    readonly register: string
    readonly find: (tx: Reader, id: string) => Promise<Subject | undefined>
  }
  readonly open: {
    readonly permit: Roles
    /** Asked before a case is opened. */
    readonly guard?: (
      tx: Writer,
      it: { about: string | null; organisationId: string | null; form: Values },
    ) => Promise<Result<unknown>>
    /** One open case a row (or, without `about`, an organisation) at a time. */
    readonly once?: boolean
  }
  /** Who reads the cases, beside those whose desk they pass and who opened them. */
  readonly read: Roles
  /** Values of a form that its guards take, where any would not do: for what is derived from the declaration in tests. */
  readonly example?: Values
  /** Columns of the form shown to everyone while the case hangs out; none of them personal. */
  readonly shown?: readonly string[]
  /** What it was before: cases that began under one of these keep it. */
  readonly before?: readonly ProcessVersion[]
}

export interface Process extends ProcessSpec {
  /** The rules of a version, the present one or an earlier. */
  at(version: number): ProcessVersion
}

/** Declares a process. Throws `BadProcess` where the lifecycle does not hold together. */
export function defineProcess(spec: ProcessSpec): Process {
  const versions = [...(spec.before ?? []), spec].map(withRetracted)
  if (!/^[a-z][a-z_]*$/.test(spec.name)) throw new BadProcess(spec.name, 'is not a name')
  versions.forEach((version, i) => {
    if (i > 0 && version.version <= versions[i - 1]!.version) throw new BadProcess(spec.name, 'versions grow')
    checkVersion(spec.name, version)
  })
  for (const name of spec.shown ?? [])
    if (!spec.form[name] || spec.form[name].personal) throw new BadProcess(spec.name, `cannot show ${name}`)
  const byNumber = new Map(versions.map(version => [version.version, version]))
  return {
    ...spec,
    at: number => {
      const version = byNumber.get(number)
      if (!version) throw new BadProcess(spec.name, `has no version ${number}`)
      return version
    },
  }
}

/** Where a case is put whose applicant takes it back: an end that every process has. */
export const RETRACTED = 'retracted'
const withRetracted = (version: ProcessVersion): ProcessVersion => ({
  ...version,
  states: { ...version.states, [RETRACTED]: end() },
})

/** A declaration that does not hold together: a fault of who wrote it. */
export class BadProcess extends Error {
  override readonly name = 'BadProcess'
  constructor(process: string, what: string) {
    super(`process ${process}: ${what}`)
  }
}

function checkVersion(process: string, version: ProcessVersion): void {
  const fail = (what: string): never => {
    throw new BadProcess(process, what)
  }
  const { states, start, form, parties = {} } = version
  const names = Object.keys(states)
  if (!states[start]) fail(`begins in ${start}, which is no state`)
  for (const [name, state] of Object.entries(states)) {
    const lost = nextOf(state).find(to => !states[to])
    if (lost) fail(`${name} leads to ${lost}, which is no state`)
    if (state.kind !== 'end' && nextOf(state).length === 0) fail(`${name} has no way out`)
  }
  const reached = closure([start, RETRACTED], name => nextOf(states[name]!))
  const unreached = names.find(name => !reached.has(name))
  if (unreached) fail(`${unreached} is never reached`)
  const stuck = names.find(
    name => ![...closure([name], at => nextOf(states[at]!))].some(at => states[at]!.kind === 'end'),
  )
  if (stuck) fail(`${stuck} never comes to an end`)
  if (parties.organisation && form[parties.organisation]?.kind !== 'organisation')
    fail(`${parties.organisation} names no organisation`)
  if (parties.area && form[parties.area]?.kind !== 'area') fail(`${parties.area} names no area`)
  checkStates(version, fail)
}

function checkStates({ states, form }: ProcessVersion, fail: (what: string) => never): void {
  for (const [name, state] of Object.entries(states)) {
    for (const party of partiesOf(state))
      if ((party.of === 'area') !== (party.level !== undefined))
        fail(`${name}: ${party.role} needs a level of area`)
    if (
      state.kind === 'tasks' &&
      typeof state.join === 'number' &&
      state.join > Object.keys(state.each).length
    )
      fail(`${name} joins more tasks than it has`)
    if (state.kind === 'panel') checkPanel(name, state, { states, form }, fail)
    if (state.kind === 'standing') {
      if (state.for && !state.next) fail(`${name} ends, and leads nowhere`)
      for (const column of Object.keys(state.remind ?? {}))
        if (form[column]?.kind !== 'date') fail(`${name} reminds of ${column}, which is no date`)
    }
  }
}

function checkPanel(
  name: string,
  state: Extract<States[string], { kind: 'panel' }>,
  { states, form }: Pick<ProcessVersion, 'states' | 'form'>,
  fail: (what: string) => never,
): void {
  if (!Number.isInteger(state.draw) || state.draw < 1) fail(`${name} draws nobody`)
  const { fields, scores } = namesIn(state.formula)
  const noField = fields.find(column => form[column]?.kind !== 'number')
  if (noField) fail(`${name} counts ${noField}, which is no number of the form`)
  const noScore = scores.find(of => !hasScore(states[of]))
  if (noScore) fail(`${name} counts ${noScore}, which gives no score`)
  const points = Object.values(state.outcomes).map(({ atLeast }) => atLeast)
  if (points.at(-1) !== undefined || points.slice(0, -1).some(least => least === undefined))
    fail(`${name}: every outcome but the last names its points`)
}

const hasScore = (state: States[string] | undefined): boolean =>
  state?.kind === 'panel' || (state?.kind === 'task' && state.sheet !== undefined)

function closure(from: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const seen = new Set(from)
  for (const name of seen) for (const to of next(name)) seen.add(to)
  return seen
}

/** How deep an area the case must name, so that every desk of an area can be found. */
export function deepestLevel({ states }: ProcessVersion): (typeof areaLevels)[number] | undefined {
  const levels = Object.values(states)
    .flatMap(partiesOf)
    .flatMap(({ level }) => (level ? [areaLevels.indexOf(level)] : []))
  return levels.length > 0 ? areaLevels[Math.max(...levels)] : undefined
}
