import type { SheetCell } from './cell.ts'
import { looksLikeFormula } from './cell-xml.ts'
import type { OutCell, OutRow, OutSheet } from './sheet-xml.ts'
import { type CellFormat, HEADING, HEADING_REQUIRED, NOTE, styleOf } from './styles.ts'

/** What a column's values are. Amounts are given whole, as they are kept: fen, grams, hundredths of a percent. */
export type TableFormat =
  | 'text'
  | 'whole'
  | 'number'
  | 'fen'
  | 'gram'
  /** Hundredths of a percent, shown as 12.34 %. */
  | 'percent'
  /** Hundredths of anything, shown as 12.34. */
  | 'hundredth'
  | 'date'
  | 'instant'

export interface TableColumn {
  readonly label: string
  readonly format: TableFormat
  /** In characters; by the format if left out. */
  readonly width?: number
  readonly required?: boolean
  /** For the legend. */
  readonly unit?: string
  readonly help?: string
  readonly words?: readonly string[]
}

/** Days as `YYYY-MM-DD`, instants as ISO text. */
export type OutValue = string | number | boolean | null

export interface Table {
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly rows: AsyncIterable<readonly OutValue[]> | Iterable<readonly OutValue[]>
  /** A line above the heading: who took this out, and when. */
  readonly mark?: string | undefined
  /** What a column means is shown when its heading is pointed at. */
  readonly explained?: boolean
}

const FORMATS: Readonly<Record<TableFormat, { readonly cell: CellFormat; readonly width: number }>> = {
  text: { cell: 'text', width: 18 },
  whole: { cell: 'whole', width: 12 },
  number: { cell: 'plain', width: 12 },
  fen: { cell: 'yuan', width: 14 },
  gram: { cell: 'kilogram', width: 14 },
  percent: { cell: 'percent', width: 10 },
  hundredth: { cell: 'yuan', width: 10 },
  date: { cell: 'date', width: 12 },
  instant: { cell: 'instant', width: 18 },
}

/** A list as a sheet: typed, with a heading that stays in sight and can be filtered by. */
export function tableSheet({ name, columns, rows, mark, explained = false }: Table): OutSheet {
  const headingRow = mark === undefined ? 1 : 2
  return {
    name,
    widths: columns.map(({ format, width, label }) =>
      Math.max(width ?? FORMATS[format].width, Math.min(40, displayWidth(label) + 3)),
    ),
    frozen: headingRow,
    filter: { row: headingRow, columns: columns.length },
    commented: explained,
    rows: tableRows(columns, rows, mark, explained),
  }
}

const displayWidth = (label: string): number =>
  [...label].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2e80 ? 2 : 1), 0)

async function* tableRows(
  columns: readonly TableColumn[],
  rows: Table['rows'],
  mark: string | undefined,
  explained: boolean,
): AsyncGenerator<OutRow> {
  if (mark !== undefined) yield { cells: [{ value: mark, style: NOTE }] }
  yield {
    cells: columns.map(({ label, required, help }) => ({
      value: label,
      style: required ? HEADING_REQUIRED : HEADING,
      ...(explained && help !== undefined ? { comment: help } : {}),
    })),
  }
  for await (const values of rows)
    yield { cells: columns.map((column, i) => tableCell(column, values[i] ?? null)) }
}

const styles = Object.fromEntries(
  Object.entries(FORMATS).map(([format, { cell }]) => [format, styleOf(cell)]),
) as Readonly<Record<TableFormat, number>>
const QUOTED = styleOf('text', 'quoted')
const PLAIN = styleOf('text')

function tableCell({ format }: TableColumn, value: OutValue): OutCell {
  // a mask or a note may stand where a number is expected
  if (typeof value === 'string' && !(format === 'date' || format === 'instant'))
    return { value, style: looksLikeFormula(value) ? QUOTED : PLAIN }
  return { value: shown(format, value), style: styles[format] }
}

function shown(format: TableFormat, value: OutValue): SheetCell {
  if (typeof value === 'number') return inUnit(format, value)
  if (typeof value !== 'string') return value
  return format === 'date' ? { date: value.slice(0, 10), time: null } : localTime(value)
}

/** Exact: a quotient of two whole numbers, as the reader's own division would be. */
export function inUnit(format: TableFormat, value: number): number {
  if (format === 'fen' || format === 'hundredth') return value / 100
  if (format === 'gram') return value / 1000
  return format === 'percent' ? value / 10_000 : value
}

const SHANGHAI_MS = 8 * 3_600_000

/** Spreadsheets know no zones: instants are shown as Shanghai's clocks do. */
function localTime(instant: string): SheetCell {
  const at = new Date(Date.parse(instant) + SHANGHAI_MS).toISOString()
  return { date: at.slice(0, 10), time: at.slice(11, 19) }
}
