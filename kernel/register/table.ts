import { bigintArray, boolArray, byteaArray, intArray, textArray, uuidArray } from '../database/array.ts'
import { type Column, type Columns, isSealed, snake, type Value } from '../declared/columns.ts'
import type { Part, Register } from './define.ts'

/** A declared column as it lies in its table. */
export interface Field {
  readonly name: string
  readonly column: string
  readonly spec: Column
  readonly sealed: boolean
  /** `table.column`: what its values are sealed and hashed as. Never changes. */
  readonly place: string
  /** The column with the keyed hash of a sealed value that is found or unique; null without one. */
  readonly index: string | null
}

export interface Table {
  readonly name: string
  readonly fields: readonly Field[]
  readonly field: ReadonlyMap<string, Field>
}

const tables = new WeakMap<Register | Part, Table>()

export const tableOf = (register: Register): Table => kept(register, register.name, register.columns)

/** The table of a part: `<register>_<part>`; its rows name their owner in `<register>_id`. */
export const partTable = (register: Register, part: string): Table =>
  kept(register.parts[part]!, `${register.name}_${part}`, register.parts[part]!.columns)

function kept(of: Register | Part, name: string, columns: Columns): Table {
  const known = tables.get(of)
  if (known) return known
  const fields = Object.entries(columns).map(([own, spec]) => fieldOf(name, own, spec))
  const table = { name, fields, field: new Map(fields.map(field => [field.name, field])) }
  tables.set(of, table)
  return table
}

function fieldOf(table: string, name: string, spec: Column): Field {
  const column = snake(name)
  const sealed = isSealed(spec)
  const index = sealed && (spec.filter || spec.unique) ? `${column}_index` : null
  return { name, column: `"${column}"`, spec, sealed, place: `${table}.${column}`, index }
}

/** Every column that a value of the table's stands in: its own and the keyed hashes. */
export const columnsOf = (table: Table): string[] =>
  table.fields.flatMap(field => (field.index ? [field.column, `"${field.index}"`] : [field.column]))

/** A value on its way into the table, with its keyed hash; sealed ones as bytes. */
export interface Cell {
  readonly value: Value | Buffer
  readonly index: Buffer | null
}

interface Wire {
  readonly type: string
  readonly encode: (values: readonly (Value | Buffer)[]) => unknown
  /** What the statement does with an element that travels as something else. */
  readonly cast?: string
}

const wire = <T>(type: string, encode: (values: readonly (T | null)[]) => unknown, cast?: string): Wire => ({
  type,
  encode: values => encode(values as (T | null)[]),
  ...(cast ? { cast } : {}),
})

const literal = (values: readonly (readonly string[] | null)[]): Buffer =>
  textArray(values.map(words => (words === null ? null : `{${words.join(',')}}`)))

const wires = {
  text: wire<string>('text', textArray),
  number: wire<number>('bigint', bigintArray),
  year: wire<number>('int', intArray),
  yes: wire<boolean>('boolean', boolArray),
  date: wire<string>('text', textArray, 'date'),
  choice: wire<string>('text', textArray),
  choices: wire<readonly string[]>('text', literal, 'text[]'),
  files: wire<readonly string[]>('text', literal, 'uuid[]'),
  area: wire<string>('text', textArray),
  organisation: wire<string>('uuid', uuidArray),
  row: wire<string>('uuid', uuidArray),
  sealed: wire<Buffer>('bytea', byteaArray),
} satisfies Record<Column['kind'] | 'sealed', Wire>

export const typeOf = ({ spec }: Field): string => wires[spec.kind].cast ?? wires[spec.kind].type

/** Columns of arrays for `unnest`, with what reads them: one statement writes any number of rows. */
export interface Columnar {
  readonly columns: readonly string[]
  /** `$n::text[]` … in the order of the columns, placeholders from `first`. */
  readonly arrays: string
  /** `u.c0`, `u.c1::date` … */
  readonly reads: readonly string[]
  readonly values: readonly unknown[]
}

export function columnar(
  table: Table,
  rows: readonly (readonly Cell[])[],
  first: number,
): Columnar & { readonly names: string } {
  const each = table.fields.flatMap((field, i) => {
    const own = { column: field.column, wire: wires[field.sealed ? 'sealed' : field.spec.kind] as Wire }
    const value = { ...own, values: rows.map(row => row[i]!.value) }
    if (!field.index) return [value]
    return [
      value,
      { column: `"${field.index}"`, wire: wires.sealed as Wire, values: rows.map(row => row[i]!.index) },
    ]
  })
  return {
    columns: each.map(({ column }) => column),
    arrays: each.map(({ wire: { type } }, i) => `$${first + i}::${type}[]`).join(', '),
    names: each.map((_, i) => `c${i}`).join(', '),
    reads: each.map(({ wire: { cast } }, i) => (cast ? `u.c${i}::${cast}` : `u.c${i}`)),
    values: each.map(({ wire: { encode }, values }) => encode(values)),
  }
}
