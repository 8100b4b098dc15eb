import { Readable } from 'node:stream'
import { looksLikeFormula } from './cell-xml.ts'
import { inUnit, type OutValue, type Table, type TableColumn } from './table.ts'

const PIECE = 64 * 1024

/** A list as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it. */
export const writeCsv = (table: Table): Readable => Readable.from(pieces(table), { objectMode: false })

async function* pieces({ columns, rows, mark }: Table): AsyncGenerator<Buffer> {
  let text = '\ufeff'
  if (mark !== undefined) text += record([mark])
  text += record(
    columns.map(({ label, unit }) => (unit && !/[(（]/.test(label) ? `${label} (${unit})` : label)),
  )
  for await (const values of rows) {
    text += record(columns.map((column, i) => written(column, values[i] ?? null)))
    if (text.length < PIECE) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function written({ format }: TableColumn, value: OutValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(inUnit(format, value))
  if (typeof value === 'boolean') return String(value)
  // an apostrophe keeps a spreadsheet from running it
  return looksLikeFormula(value) ? `'${value}` : value
}

const record = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
