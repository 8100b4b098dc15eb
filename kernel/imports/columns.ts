import { ok, type RefusalParams, type Result, refuse } from '../result/result.ts'
import type { Cell } from './cells.ts'

export interface Column<T> {
  /** What the heading may say, in any language; blanks, case, width, `*` and units in brackets do not matter. */
  readonly labels: readonly string[]
  readonly cell: Cell<T>
  readonly optional: boolean
  /** What stands in such a column is never repeated in a report. */
  readonly personal: boolean
}

interface Options {
  readonly personal?: boolean
}

export const column = <T>(
  labels: readonly string[],
  cell: Cell<T>,
  { personal = false }: Options = {},
): Column<T> => ({
  labels,
  cell,
  optional: false,
  personal,
})

/** A column that may be missing, or its cell be empty. */
export const optionalColumn = <T>(
  labels: readonly string[],
  cell: Cell<T>,
  { personal = false }: Options = {},
): Column<T | null> => ({ labels, cell, optional: true, personal })

export type Columns = Readonly<Record<string, Column<unknown>>>
export type RowOf<C extends Columns> = { readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never }

/** Something wrong in a row; `column` is empty where it is the row as a whole. */
export interface Fault {
  readonly column: string
  readonly code: string
  readonly params: RefusalParams
  readonly excerpt: string | null
}

export type HeaderRefusal = 'import.columns_missing' | 'import.column_twice'

/** Column name → place in the record; optional ones may have none. */
export type Places = ReadonlyMap<string, number>

/** Finds each column in the heading. Columns that nobody asked for are ignored. */
export function placesOf(columns: Columns, heading: readonly string[]): Result<Places, HeaderRefusal> {
  const names = new Map(
    Object.entries(columns).flatMap(([name, { labels }]) =>
      [name, ...labels].map(label => [plain(label), name] as const),
    ),
  )
  const places = new Map<string, number>()
  for (const [place, label] of heading.entries()) {
    const name = names.get(plain(label))
    if (name === undefined) continue
    if (places.has(name)) return refuse('import.column_twice', { column: label.trim().slice(0, 80) })
    places.set(name, place)
  }
  const missing = Object.entries(columns).filter(([name, { optional }]) => !optional && !places.has(name))
  if (missing.length > 0)
    return refuse('import.columns_missing', {
      columns: missing.map(([name, { labels }]) => labels[0] ?? name),
    })
  return ok(places)
}

/** A heading as it is compared: width, case, blanks, stars and what stands in brackets do not matter. */
export const plain = (label: string): string =>
  label
    .normalize('NFKC')
    .replace(/\([^)]*\)|[\s*\ufeff]/g, '')
    .toLowerCase()

/** Reads records as rows of a kind. */
export function rowReader<C extends Columns>(columns: C, places: Places) {
  const cells = Object.entries(columns).map(([name, column]) => ({ name, column, place: places.get(name) }))
  const reach = Math.max(...places.values())
  return (record: readonly string[]): { row: RowOf<C> } | { faults: Fault[] } => {
    if (record.length <= reach) {
      const fault = { column: '', code: 'row.too_short', params: { cells: record.length }, excerpt: null }
      return { faults: [fault] }
    }
    const row: Record<string, unknown> = {}
    const faults: Fault[] = []
    for (const { name, column, place } of cells) {
      const text = place === undefined ? '' : record[place]!.trim()
      const value = read(column, text)
      if (value.ok) row[name] = value.value
      else faults.push(faultOf(name, column, text, value.code, value.params))
    }
    return faults.length > 0 ? { faults } : { row: row as RowOf<C> }
  }
}

function read(column: Column<unknown>, text: string): Result<unknown> {
  if (text === '') return column.optional ? ok(null) : refuse('cell.empty')
  if (text.includes('\ufffd')) return refuse('cell.unreadable')
  return column.cell(text)
}

export const faultOf = (
  name: string,
  column: Column<unknown> | undefined,
  text: string,
  code: string,
  params: RefusalParams,
): Fault => ({
  column: name,
  code,
  params,
  excerpt: !column || column.personal || text === '' ? null : text.slice(0, 80),
})
