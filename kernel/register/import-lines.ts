import type { Columns, Value, Values } from '../declared/columns.ts'
import { type Fault, fault, missing } from '../declared/values.ts'
import type { Words } from '../declared/words.ts'
import { cellText, type SheetCell } from '../sheets/cell.ts'
import { COVERED } from '../sheets/merged.ts'
import type { Register } from './define.ts'
import { type CellReader, cellReader, excerptOf } from './import-cells.ts'
import { importable, type Places } from './import-headings.ts'
import type { Line } from './import-parts.ts'
import type { SheetPlan } from './import-plan.ts'

/** A fault at its line, with what stood there. */
export interface LineFault extends Fault {
  readonly sheet: string
  readonly number: number
  readonly excerpt: string | null
}

/** A line as values; names of areas, organisations, rows and references are still to be looked up. */
export interface ReadLine {
  readonly sheet: string
  readonly number: number
  readonly values: Record<string, Value>
  /** Column → name. */
  readonly names: ReadonlyMap<string, string>
  /** Columns whose value is only a mask so far. */
  readonly masked: ReadonlySet<string>
  readonly faults: LineFault[]
  /** What stood in a column's cell, unless it says something of a person. */
  readonly stood: (column: string) => string | null
}

/** Reads the lines of one set of columns. */
export class LineReader {
  readonly columns: Columns
  readonly #cells: ReadonlyMap<string, CellReader>
  /** `` or `member.` */
  readonly #prefix: string

  constructor(words: Words, register: Register, columns: Columns, prefix: string) {
    this.columns = importable(columns)
    this.#prefix = prefix
    this.#cells = new Map(
      Object.entries(this.columns).map(([name, column]) => [
        name,
        cellReader(column, { words, register: register.name, prefix, name }),
      ]),
    )
  }

  read({ sheet, number, cells }: Line, places: Places): ReadLine {
    const values: Record<string, Value> = {}
    const names = new Map<string, string>()
    const masked = new Set<string>()
    const faults: LineFault[] = []
    for (const [name, place] of places) {
      const read = this.#cells.get(name)!(cells[place])
      if ('masked' in read) masked.add(name)
      if ('masked' in read) values[name] = read.masked
      else if ('value' in read) values[name] = read.value
      else if ('name' in read) names.set(name, read.name)
      else faults.push(this.fault({ sheet, number, cells }, place, name, read.code, read.params))
    }
    const told = new Set(faults.map(({ column }) => column))
    const lacking = missing(this.columns, { ...values, ...Object.fromEntries(names) }, this.#prefix)
    for (const { column, code, params } of lacking)
      if (!told.has(column) && places.has(column.slice(this.#prefix.length)))
        faults.push({ ...fault(column, code, params), sheet, number, excerpt: null })
    const stood = (name: string): string | null => this.#excerpt(cells, places.get(name), name)
    return { sheet, number, values, names, masked, faults, stood }
  }

  fault(
    { sheet, number, cells }: Line,
    place: number | undefined,
    name: string,
    code: string,
    params: Fault['params'] = {},
  ): LineFault {
    const excerpt = this.#excerpt(cells, place, name)
    return { ...fault(`${this.#prefix}${name}`, code, params), sheet, number, excerpt }
  }

  #excerpt(cells: Line['cells'], place: number | undefined, name: string): string | null {
    return place === undefined ? null : excerptOf(this.columns[name], cells[place])
  }
}

/** The text by which rows and their parts are joined. */
export function keyIn({ main }: Pick<SheetPlan, 'main'>, key: string, cells: readonly SheetCell[]): string {
  const place = main.get(key)
  const cell = place === undefined ? null : cells[place]
  return cell === COVERED ? '' : cellText(cell).normalize('NFKC').trim()
}

export const isEmpty = (values: Values, names: ReadonlyMap<string, string>): boolean =>
  names.size === 0 && Object.values(values).every(value => value === null)
