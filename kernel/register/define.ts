import type { Grant } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import type { Column, Columns, Values, ValuesOf } from '../declared/columns.ts'
import type { Fault } from '../declared/values.ts'
import type { Refusal } from '../result/result.ts'
import type { RegisterKit } from './kit.ts'
import { validated } from './validate.ts'

/** Rows that belong to a row and come and go with it: the members of a household. Given whole, in their order. */
export interface Part<C extends Columns = Columns> {
  readonly columns: C
  /** The column by which one of them is the same as before; without it they are told apart by their place. */
  readonly key?: Extract<keyof C, string>
  readonly least?: number
  readonly most: number
}
export type Parts = Readonly<Record<string, Part>>

/** What a role may do with which rows; see `kernel/access/permit.ts`. */
export type Roles = Grant['roles']
export const deeds = ['read', 'create', 'change', 'close', 'reveal', 'import', 'decide', 'succeed'] as const
export type Deed = (typeof deeds)[number]

/** A row as rules see it: stored forms, personal values in clear. */
export interface RowOf<C extends Columns, P extends Readonly<Record<string, Part>>> {
  readonly id: string
  readonly values: ValuesOf<C>
  readonly parts: { readonly [Name in keyof P]: readonly ValuesOf<P[Name]['columns']>[] }
}

export interface RuleContext {
  /** The day of the change, in Shanghai. */
  readonly today: string
  /** Whether the row is new. */
  readonly isNew: boolean
}

export interface Computed {
  readonly values?: Values
  /** For each part its computed values, in the order of the parts. */
  readonly parts?: Readonly<Record<string, readonly Values[]>>
}

/** Rows that ended and those that go on in their place. */
export interface Passing {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly on: string
  /** The fact of each end, by its leaf: what passes over refers to it. */
  readonly told: ReadonlyMap<string, Buffer>
}

export interface RegisterSpec<C extends Columns, P extends Readonly<Record<string, Part>>> {
  /** snake_case: the name of its table, its address and its facts. */
  readonly name: string
  readonly columns: C
  /**
   * The column people know a row by: unique, never empty, in clear. An import matches rows by it; where it is computed
   * rows are the same by their id alone.
   */
  readonly key: Extract<keyof C, string>
  /** What a row is called where another names it; default its key. Never a sealed column. */
  readonly label?: Extract<keyof C, string>
  readonly parts?: P
  /**
   * The columns that decide who finds a row: `area` one with an area, or with a row of another register whose area it
   * takes; `organisations` those with an organisation.
   */
  readonly parties: {
    readonly area?: Extract<keyof C, string>
    readonly organisations?: readonly Extract<keyof C, string>[]
  }
  /** The registers that its `row` columns name. */
  readonly refers?: readonly Register[]
  /**
   * Its rows tell of a person or a family, who may have them erased: `self`, or the column naming the row of those they
   * tell of, with which they go. See kernel/retention.
   */
  readonly tellsOf?: 'self' | Extract<keyof C, string>
  /** A change begins on a day, which whoever makes it may say. */
  readonly dated?: boolean
  /** A deed that nobody may do has no address. `read` always stands. */
  readonly permit: Readonly<Partial<Record<Deed, Roles>>> & { readonly read: Roles }
  /** What one row shows of itself; pure. Codes are `<name>.<reason>`, in the messages as `error.<code>`. */
  readonly check?: (row: RowOf<C, P>, context: RuleContext) => readonly Fault[]
  /** What must be asked of others, for all rows at once, each with what it was before: row id → faults. */
  readonly checkMany?: (
    tx: Writer,
    rows: readonly (RowOf<C, P> & { readonly before: RowOf<C, P> | undefined })[],
  ) => Promise<ReadonlyMap<string, readonly Fault[]>>
  /** Fills the columns that are `computed`; pure. */
  readonly compute?: (row: RowOf<C, P>, context: RuleContext) => Computed
  /** Values that its rules let pass where the first word of every choice and one of every part would not. */
  readonly example?: {
    readonly values?: Values
    readonly parts?: Readonly<Record<string, readonly Values[]>>
  }
  /** Whose word its facts are; default the organisation that whoever acts holds their role in, or the operator. */
  readonly holder?: (row: RowOf<C, P>) => string
  /** What stands in the way of a row's end by `close`, asked while the row is held. */
  readonly mayEnd?: (tx: Writer, id: string) => Promise<Refusal | undefined>
  /** What passes over when rows are succeeded, in the transaction of it: open accounts, undertakings, roles. */
  readonly passOver?: (tx: Writer, kit: RegisterKit, passing: Passing) => Promise<void>
}

/** A checked declaration; what services, routes and pages work with. */
export interface Register {
  readonly name: string
  readonly columns: Columns
  readonly key: string
  readonly label: string
  readonly parts: Parts
  readonly parties: { readonly area?: string; readonly organisations: readonly string[] }
  readonly refers: ReadonlyMap<string, Register>
  readonly tellsOf?: string
  readonly dated: boolean
  readonly permit: Readonly<Partial<Record<Deed, Roles>>> & { readonly read: Roles }
  readonly check: (row: Row, context: RuleContext) => readonly Fault[]
  readonly checkMany?: (
    tx: Writer,
    rows: readonly (Row & { readonly before: Row | undefined })[],
  ) => Promise<ReadonlyMap<string, readonly Fault[]>>
  readonly compute: (row: Row, context: RuleContext) => Computed
  readonly example?: {
    readonly values?: Values
    readonly parts?: Readonly<Record<string, readonly Values[]>>
  }
  readonly holder?: (row: Row) => string
  readonly mayEnd?: (tx: Writer, id: string) => Promise<Refusal | undefined>
  readonly passOver?: (tx: Writer, kit: RegisterKit, passing: Passing) => Promise<void>
}

export interface Row {
  readonly id: string
  readonly values: Values
  readonly parts: Readonly<Record<string, readonly Values[]>>
}

/**
 * Declares a register. Its list, form, import, export, history, permissions, refusal tests and check follow from it.
 *
 * ```ts
 * export const coldStore = defineRegister({
 *   name: 'cold_store',
 *   columns: {
 *     code: { kind: 'text', max: 20, format: 'code', frozen: true, open: true, search: true, listed: true },
 *     name: { kind: 'text', max: 60, search: true, listed: true },
 *     areaCode: { kind: 'area', level: 'county', filter: true, listed: true },
 *     operatorId: { kind: 'organisation', types: ['cooperative', 'enterprise'], listed: true },
 *     capacity: { kind: 'number', unit: 'gram', min: 1, open: true, sort: true, listed: true },
 *     keeperPhone: { kind: 'text', max: 20, format: 'phone', personal: 'personal', filter: true, required: false },
 *   },
 *   key: 'code',
 *   label: 'name',
 *   parts: { room: { columns: { code: { kind: 'text', max: 8 }, celsius: { kind: 'number' } }, key: 'code', most: 50 } },
 *   parties: { area: 'areaCode', organisations: ['operatorId'] },
 *   dated: true,
 *   permit: {
 *     read: { coop_clerk: 'organisation', county_officer: 'area', auditor: 'programme' },
 *     create: { county_officer: 'area' },
 *     change: { coop_clerk: 'organisation', county_officer: 'area' },
 *     close: { county_officer: 'area' },
 *     reveal: { county_officer: 'area' },
 *   },
 *   check: ({ parts }) => (parts.room.some(room => room.celsius > 15) ? [fault('room', 'cold_store.warm')] : []),
 * })
 * ```
 *
 * Its table is `cold_store` with the standard columns, its part's `cold_store_room`; see CONTRIBUTING.md. Throws on a
 * declaration that could not work, saying why.
 */
export const defineRegister = <
  const C extends Columns,
  const P extends Readonly<Record<string, Part>> = Record<never, Part>,
>(
  spec: RegisterSpec<C, P>,
): Register => validated(spec as unknown as RegisterSpec<Columns, Parts>)

/** Column → its declaration, for those that a predicate picks. */
export const pick = (columns: Columns, is: (column: Column) => boolean): string[] =>
  Object.entries(columns).flatMap(([name, column]) => (is(column) ? [name] : []))
