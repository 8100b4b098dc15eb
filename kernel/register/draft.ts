import type { RowParties } from '../access/permit.ts'
import type { Values } from '../declared/columns.ts'
import { checkValues, type Fault, fault, missing, sameValue } from '../declared/values.ts'
import type { Part, Register, Row, RuleContext } from './define.ts'
import type { StoredRow } from './stored.ts'

/** One row as it was given. A value left out stays as it is; one given as null is cleared; a part is given whole. */
export interface RowInput {
  readonly id?: string | undefined
  /** Refused `row.changed` when the row has another by now. */
  readonly version?: number | undefined
  /** First day of the new state; default today. */
  readonly validFrom?: string | undefined
  readonly values: Values
  readonly parts?: Readonly<Record<string, readonly Values[]>> | undefined
  /** Something of it could not be read: whoever keeps such rows judges the rest of it, and refuses it. */
  readonly isBad?: boolean | undefined
}

/** What becomes of a row on its way into the register. */
export interface Draft {
  readonly input: RowInput
  readonly given: Values
  readonly givenParts: Readonly<Record<string, readonly Values[]>>
  readonly faults: Fault[]
  id: string
  existing: StoredRow | undefined
  from: string
  /** The row as it will stand. */
  next: Row
  /** Columns, and parts, whose values are others than before. */
  changed: readonly string[]
  changedParts: readonly string[]
  /** Values that wait for somebody who decides. */
  proposed: Values
  parties: RowParties
}

const nothing: Row = { id: '', values: {}, parts: {} }

export function draftOf(register: Register, input: RowInput): Draft {
  const { values: given, faults } = checkValues(register.columns, input.values)
  const parts: Record<string, readonly Values[]> = {}
  for (const [name, rows] of Object.entries(input.parts ?? {})) {
    const part = Object.hasOwn(register.parts, name) ? register.parts[name] : undefined
    if (part) parts[name] = partOf(name, part, rows, faults)
    else faults.push(fault(name, 'value.unknown_column'))
  }
  return {
    ...{ input, given, givenParts: parts, faults, id: input.id ?? '', existing: undefined },
    ...{ from: '', next: nothing, changed: [], changedParts: [], proposed: {}, parties: {} },
  }
}

function partOf(name: string, part: Part, rows: readonly Values[], faults: Fault[]): Values[] {
  if (rows.length > part.most) faults.push(fault(name, 'part.too_many', { most: part.most }))
  return rows.map((row, i) => {
    const checked = checkValues(part.columns, row, `${name}.${i + 1}.`)
    faults.push(...checked.faults)
    return checked.values
  })
}

/** Lays what was given over what stands, fills what is computed, and says what is others than before. */
export function merge(register: Register, draft: Draft, context: RuleContext): void {
  const { existing } = draft
  const before = existing ?? nothing
  const empty = Object.fromEntries(Object.keys(register.columns).map(name => [name, null]))
  const values = { ...empty, ...before.values, ...draft.given }
  const parts = Object.fromEntries(
    Object.entries(register.parts).map(([name, { columns }]) => {
      const none = Object.fromEntries(Object.keys(columns).map(column => [column, null]))
      const rows = draft.givenParts[name] ?? before.parts[name] ?? []
      return [name, rows.map(row => ({ ...none, ...row }))]
    }),
  )
  draft.next = computed(register, { id: draft.id, values, parts }, context)
  compare(register, draft)
}

function computed(register: Register, row: Row, context: RuleContext): Row {
  const more = register.compute(row, context)
  return {
    id: row.id,
    values: { ...row.values, ...more.values },
    parts: Object.fromEntries(
      Object.entries(row.parts).map(([name, rows]) => [
        name,
        rows.map((own, i) => ({ ...own, ...more.parts?.[name]?.[i] })),
      ]),
    ),
  }
}

function compare(register: Register, draft: Draft): void {
  const { next, existing } = draft
  const before = existing?.values ?? {}
  draft.changed = Object.keys(register.columns).filter(name => !sameValue(next.values[name], before[name]))
  draft.changedParts = Object.keys(register.parts).filter(
    name => !sameRows(next.parts[name]!, existing?.parts[name] ?? []),
  )
}

const sameRows = (a: readonly Values[], b: readonly Values[]): boolean =>
  a.length === b.length &&
  a.every((row, i) => Object.keys(row).every(name => sameValue(row[name], b[i]![name])))

/** Takes the values that need a second person out of what will stand. A new row is whole from the start. */
export function holdBack(register: Register, draft: Draft, context: RuleContext): void {
  if (!draft.existing) return
  const held = draft.changed.filter(name => register.columns[name]!.proposed)
  if (held.length === 0) return
  draft.proposed = Object.fromEntries(held.map(name => [name, draft.next.values[name]!]))
  const before = Object.fromEntries(held.map(name => [name, draft.existing!.values[name] ?? null]))
  const row = { ...draft.next, values: { ...draft.next.values, ...before } }
  draft.next = computed(register, row, context)
  compare(register, draft)
}

/** What the declaration alone says against a row: required, frozen, how many parts, and its own rules. */
export function judge(register: Register, draft: Draft, context: RuleContext, byProcess = false): void {
  const { next, existing, changed, faults } = draft
  faults.push(...missing(register.columns, next.values))
  for (const [name, part] of Object.entries(register.parts)) {
    const rows = next.parts[name]!
    if (rows.length < (part.least ?? 0)) faults.push(fault(name, 'part.too_few', { least: part.least! }))
    rows.forEach((row, i) => {
      faults.push(...missing(part.columns, row, `${name}.${i + 1}.`))
    })
    faults.push(...repeated(name, part, rows))
  }
  if (existing)
    for (const name of changed) if (register.columns[name]!.frozen) faults.push(fault(name, 'value.frozen'))
  if (!byProcess)
    for (const name of changed)
      if (register.columns[name]!.byProcess) faults.push(fault(name, 'value.by_process'))
  // rules may count on what the columns promise
  if (faults.length === 0) faults.push(...register.check(next, context))
}

/** Rows of a part that have the key of one before them. */
const repeated = (name: string, { key }: Part, rows: readonly Values[]): Fault[] =>
  rows.flatMap((row, i) =>
    key !== undefined && row[key] != null && rows.findIndex(other => other[key] === row[key]) < i
      ? [fault(`${name}.${i + 1}.${key}`, 'row.repeated')]
      : [],
  )

export const isChanged = ({ existing, changed, changedParts }: Draft): boolean =>
  !existing || changed.length + changedParts.length > 0
