import type { Value } from '@silian/kernel/declared/columns.ts'
import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import { fromShown, toShown } from './units.ts'

/** What stands in a form: amounts as they are typed, everything else as the wire has it. */
export type Draft = Readonly<Record<string, Value>>

/** What is wrong with what was typed, as a code of the messages `fault.*` with its values. */
export interface Fault {
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}
/** As the contract has it. */
export type WireValue = string | number | boolean | string[] | null

export type Faults = Readonly<Record<string, Fault>>

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/**
 * A row's values as a form shows them. Masked values are left out, unless they are `clear`: what is not typed again
 * stays as it is.
 */
export function draftOf(
  columns: readonly ColumnShape[],
  values: Readonly<Record<string, Value>>,
  clear = false,
): Record<string, Value> {
  const draft: Record<string, Value> = {}
  for (const { name, kind, unit, personal } of columns) {
    const value = values[name]
    if (
      value === undefined ||
      value === null ||
      (!clear && isMasked({ personal }) && typeof value === 'string')
    )
      continue
    draft[name] = kind === 'number' && typeof value === 'number' ? toShown(value, unit) : value
  }
  return draft
}

export const isMasked = ({ personal }: Pick<ColumnShape, 'personal'>): boolean =>
  personal === 'sensitive' || personal === 'personal'

/** The form as the wire wants it, or what must be put right first, by column. */
export function wireOf(
  columns: readonly ColumnShape[],
  draft: Draft,
  { mayLack = () => false }: { mayLack?: (column: ColumnShape) => boolean } = {},
): { values: Record<string, WireValue>; faults: Record<string, Fault> } {
  const values: Record<string, WireValue> = {}
  const faults: Record<string, Fault> = {}
  for (const column of columns.filter(({ computed }) => !computed)) {
    const given = draft[column.name]
    if (isEmpty(given)) {
      // a box that must be ticked or not is not empty: it is not ticked
      if (column.required && column.kind === 'yes') values[column.name] = false
      else if (column.required && !mayLack(column)) faults[column.name] = { key: 'value.required' }
      else if (!mayLack(column)) values[column.name] = null
      continue
    }
    const read = readValue(column, given as NonNullable<Value>)
    if ('fault' in read) faults[column.name] = read.fault
    else values[column.name] = read.value
  }
  return { values, faults }
}

function readValue(column: ColumnShape, given: NonNullable<Value>): { value: WireValue } | { fault: Fault } {
  if (column.kind !== 'number' && column.kind !== 'year')
    return {
      value: typeof given === 'string' ? given.trim() : typeof given === 'object' ? [...given] : given,
    }
  const read = fromShown(String(given), column.kind === 'year' ? null : column.unit)
  if ('fault' in read) return { fault: { key: `value.${read.fault}` } }
  const { min, max, unit } = column
  if (min !== null && read.value < min)
    return { fault: { key: 'value.too_small', params: { min: toShown(min, unit) } } }
  if (max !== null && read.value > max)
    return { fault: { key: 'value.too_large', params: { max: toShown(max, unit) } } }
  return read
}

/** Only what differs from the row as it stands: a change names nothing it leaves alone. */
export function changesOf(
  columns: readonly ColumnShape[],
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, WireValue>>,
): Record<string, WireValue> {
  const known = new Map(columns.map(column => [column.name, column]))
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => {
      const column = known.get(name)
      if (!column || column.frozen) return false
      if (isMasked(column)) return !isEmpty(value)
      return JSON.stringify(value ?? null) !== JSON.stringify(before[name] ?? null)
    }),
  )
}
