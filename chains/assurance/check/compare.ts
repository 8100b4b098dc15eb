import { rowsOf } from '@silian/kernel/database/cursor.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { Findings } from './report.ts'

/** Any of these will do: what no fact tells, such as whether a sweeper has run. */
export class AnyOf {
  readonly values: readonly Value[]
  constructor(...values: Value[]) {
    this.values = values
  }
}

export type Value =
  | string
  | number
  | boolean
  | Date
  | Buffer
  | null
  | AnyOf
  | readonly Value[]
  | { readonly [name: string]: Value }

/** Columns of one row; what is undefined cannot be known from the entries. */
export type Row = Readonly<Record<string, Value | undefined>>
type Found = Readonly<Record<string, unknown>>

export interface Expectation {
  readonly table: string
  /** The columns that name a row, as they stand in `rows`. */
  readonly key: readonly string[]
  readonly rows: Iterable<Row>
  /** Columns that are read beside those of the rows. */
  readonly columns?: readonly string[]
  /** What to read instead of the table itself; `$1` is the programme. */
  readonly from?: string
  /** Rows that no fact explains and that need none. */
  readonly mayStand?: (row: Found) => boolean
  readonly seen?: (row: Found) => void
}

/** Compares a table with what the entries make of it: rows missing, rows that nothing explains, values that differ. */
export async function compareTable(tx: Reader, findings: Findings, expectation: Expectation): Promise<void> {
  const { table, key, mayStand = () => false, seen = () => undefined } = expectation
  const wanted = new Map([...expectation.rows].map(row => [nameOf(key, row), row]))
  const columns = new Set([
    ...key,
    ...(expectation.columns ?? []),
    ...wanted.values().flatMap(row => Object.keys(row)),
  ])
  for await (const found of rowsOf<Found>(tx, selected(expectation, [...columns]), [tx.programme])) {
    const name = nameOf(key, found)
    const row = wanted.get(name)
    wanted.delete(name)
    findings.count(table)
    seen(found)
    if (row) compareRow(findings, table, name, row, found)
    else if (!mayStand(found)) findings.differs(table, name, '*', 'no row', 'a row')
  }
  for (const name of wanted.keys()) findings.differs(table, name, '*', 'a row', 'no row')
}

function compareRow(findings: Findings, table: string, name: string, row: Row, found: Found): void {
  for (const [field, value] of Object.entries(row)) {
    if (value === undefined) continue
    const is = textOf(found[field] as Value)
    const allowed = (value instanceof AnyOf ? value.values : [value]).map(textOf)
    if (!allowed.includes(is))
      findings.differs(table, name, field, allowed.map(text => text ?? 'null').join(' | '), is)
  }
}

const nameOf = (key: readonly string[], row: Row | Found): string =>
  key.map(column => textOf(row[column] as Value) ?? '').join('/')

/** One form for what comes from the database and what was worked out. */
function textOf(value: Value | undefined): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return value.toString('base64')
  if (typeof value === 'object') return JSON.stringify(sorted(value))
  return String(value)
}

function sorted(value: Value): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item as Value)]),
  )
}

const quoted = (name: string): string => `"${name}"`

function selected({ table, from }: Expectation, columns: readonly string[]): string {
  const source = from ?? `select * from ${quoted(table)} where programme_id = $1`
  return `select ${columns.map(quoted).join(', ')} from (${source}) t`
}
