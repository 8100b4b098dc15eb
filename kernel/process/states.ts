import type { z } from 'zod'
import type { AreaLevel } from '../access/area.ts'
import type { Role } from '../access/roles.ts'
import type { Database, Writer } from '../database/database.ts'
import type { Columns, Values } from '../declared/columns.ts'
import type { Recorder } from '../fact/record.ts'
import type { Vault } from '../personal/vault.ts'
import type { Result } from '../result/result.ts'
import type { Setting } from '../settings/setting.ts'
import type { Formula, ScoreSheet } from './scores.ts'

/** What an effect or a guard is given beside its transaction; the kit of the chains is one. */
export interface ProcessKit {
  readonly app: Database
  readonly batch: Database
  readonly recorder: Recorder
  readonly vault: Vault
}

/** A case as guards and effects see it. Personal values are not among those of the form. */
export interface Case {
  readonly id: string
  readonly process: string
  readonly version: number
  readonly about: string | null
  readonly organisationId: string | null
  readonly areaPath: string | null
  readonly form: Values
  readonly scores: Readonly<Record<string, number>>
  readonly state: string
  readonly openedAt: Date
  /** While a standing state lasts: its first day, and the first day no longer. */
  readonly validFrom: string | null
  readonly validTo: string | null
}

/** Does what a state means, in the transaction of the move into it; a refusal undoes the move. */
export type Effect = (tx: Writer, kit: ProcessKit, it: Case) => Promise<Result<unknown>>
/** Whether it may go on; a refusal tells why not. `form` is what the decider filled in, `outcome` the way they chose. */
export type Guard = (tx: Writer, it: Case, form: Values, outcome: string) => Promise<Result<unknown>>

/** Who a task waits for: whoever holds the role there. */
export interface Party {
  readonly role: Role
  readonly of: 'area' | 'organisation' | 'programme'
  readonly level?: AreaLevel
}
/** A role in the case's area at a level: its township's, its county's. Whoever holds it further up sees it too. */
export const officer = (role: Role, level: AreaLevel): Party => ({ role, of: 'area', level })
/** A role in the case's organisation. */
export const clerk = (role: Role): Party => ({ role, of: 'organisation' })
/** A role that acts for the whole programme. */
export const office = (role: Role): Party => ({ role, of: 'programme' })

/** A way out of a task. */
export interface Outcome {
  readonly to: string
  /** A reason must be given; what the task's form requires may then be left empty. */
  readonly note?: boolean
  /** It destroys, or binds for good: the page asks once more, in the declaration's words `grave.<outcome>`. */
  readonly grave?: true
  /** From so many points on, in hundredths (`60_00`); of several, the first that is reached. */
  readonly atLeast?: number
  /** The term of the standing state it leads to begins anew. */
  readonly renews?: boolean
}
export type Outcomes = Readonly<Record<string, Outcome>>

/** What happens at the deadline: a reminder, another desk beside the first, or the case goes on by itself. */
export type Late = 'remind' | { readonly escalate: Party } | { readonly to: string }

interface Any {
  /** Runs on the way in. */
  readonly enter?: Effect
}
interface Timed {
  /** Working days; without it there is no deadline. */
  readonly within?: number
  /** `remind` where nothing is said. */
  readonly late?: Late
}

export interface TaskState extends Any, Timed {
  readonly kind: 'task'
  readonly by: Party
  readonly form?: Columns
  readonly sheet?: ScoreSheet
  readonly outcomes: Outcomes
  readonly guard?: Guard
}
export interface TasksState extends Any, Timed {
  readonly kind: 'tasks'
  readonly each: Readonly<Record<string, { readonly by: Party; readonly form?: Columns }>>
  /** How many must pass; as soon as enough have, or too few can, the rest is closed. */
  readonly join: 'all' | 'any' | number
  readonly outcomes: { readonly pass: Outcome; readonly fail: Outcome }
}
export interface PanelState extends Any, Timed {
  readonly kind: 'panel'
  readonly draw: number
  readonly from: Role
  readonly sheet: ScoreSheet
  readonly formula: Formula
  readonly outcomes: Outcomes
}
export interface PublicityState extends Any {
  readonly kind: 'publicity'
  readonly days: number
  /** A setting of the programme that may ask for more days. */
  readonly setting?: Setting<z.ZodNumber>
  readonly working: boolean
  /** Where it hangs: a word of the messages, `place.<word>`. */
  readonly place: string
  readonly next: string
  readonly objection: { readonly by: Party; readonly within: number; readonly upheld: string }
}
export interface StandingState extends Any {
  readonly kind: 'standing'
  readonly for?: { readonly years: number }
  readonly next?: string
  /** Once a year, first after so many years. */
  readonly yearly?: { readonly to: string; readonly first: number }
  /** Days before the date in a column of the form, on which the applicant is reminded. */
  readonly remind?: Readonly<Record<string, readonly number[]>>
  readonly on: Readonly<Record<string, Outcome & { readonly by: Party }>>
}
export interface ReturnedState extends Any, Timed {
  readonly kind: 'returned'
  readonly to: string
}
export interface EndState extends Any {
  readonly kind: 'end'
}
export type State =
  | TaskState
  | TasksState
  | PanelState
  | PublicityState
  | StandingState
  | ReturnedState
  | EndState
export type States = Readonly<Record<string, State>>

/** One task for one desk, with its ways out. With a `sheet`, the outcomes that name points are open from those on. */
export const task = (spec: Omit<TaskState, 'kind'>): TaskState => ({ kind: 'task', ...spec })

/** Several tasks at once, each passed or failed, joined by how many must pass. */
export const tasks = (spec: Omit<TasksState, 'kind'>): TasksState => ({ kind: 'tasks', ...spec })

/**
 * Experts drawn by lot among the holders of a role, without those of the case's own organisation, as soon as the log has
 * signed a head over the move; each fills the sheet unseen by the others. When all are in, the formula makes the score, kept under the state's name, and the first
 * outcome whose points are reached is taken; the last names none.
 */
export const panel = (spec: Omit<PanelState, 'kind'>): PanelState => ({ kind: 'panel', ...spec })

/** Hangs out for some calendar (or working) days. An objection opens a task; upheld, the case goes to `upheld`. */
export const publicity = (
  spec: Omit<PublicityState, 'kind' | 'working'> & { readonly working?: boolean },
): PublicityState => ({ kind: 'publicity', working: false, ...spec })

/** Lasts: what was granted, until its term is over, its yearly check is due or somebody acts (`on`). */
export const standing = (spec: Omit<StandingState, 'kind'>): StandingState => ({ kind: 'standing', ...spec })

/** Back with the applicant, who corrects the form and sends it again. */
export const returned = (spec: Omit<ReturnedState, 'kind'>): ReturnedState => ({ kind: 'returned', ...spec })

/** Nothing follows. */
export const end = (spec: Omit<EndState, 'kind'> = {}): EndState => ({ kind: 'end', ...spec })

const lateTo = (late: Late | undefined): string[] =>
  typeof late === 'object' && 'to' in late ? [late.to] : []
const targets = (outcomes: Outcomes): string[] => Object.values(outcomes).map(({ to }) => to)

/** Every state that this one may lead to; who opened the case may also withdraw it, which ends it. */
export function nextOf(state: State): string[] {
  const next = (() => {
    switch (state.kind) {
      case 'task':
      case 'tasks':
      case 'panel':
        return [...targets(state.outcomes), ...lateTo(state.late)]
      case 'publicity':
        return [state.next, state.objection.upheld]
      case 'standing':
        return [
          ...targets(state.on),
          ...(state.next ? [state.next] : []),
          ...(state.yearly ? [state.yearly.to] : []),
        ]
      case 'returned':
        return [state.to, ...lateTo(state.late)]
      case 'end':
        return []
    }
  })()
  return [...new Set(next)]
}

/** Everybody whose desk a state may use; a panel's experts hold their role anywhere in the programme. */
export function partiesOf(state: State): Party[] {
  const late =
    'late' in state && typeof state.late === 'object' && 'escalate' in state.late ? [state.late.escalate] : []
  switch (state.kind) {
    case 'task':
      return [state.by, ...late]
    case 'tasks':
      return [...Object.values(state.each).map(({ by }) => by), ...late]
    case 'panel':
      return late
    case 'publicity':
      return [state.objection.by]
    case 'standing':
      return Object.values(state.on).map(({ by }) => by)
    default:
      return late
  }
}
