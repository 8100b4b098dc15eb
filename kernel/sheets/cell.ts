/** A day, and the time of day where the cell shows one. */
export interface SheetDate {
  /** `YYYY-MM-DD` */
  readonly date: string
  /** `HH:MM:SS`; null at midnight. */
  readonly time: string | null
}

/** What Excel could not compute: `#N/A`, `#REF!` … */
export interface SheetError {
  readonly error: string
}

/** What a cell holds. Of a formula, the value it had when the file was kept. */
export type SheetCell = string | number | boolean | SheetDate | SheetError | null

/** A row that is not blank; `number` as a spreadsheet counts. Cells stand at their places, the first column being 0. */
export interface SheetRow {
  readonly sheet: string
  readonly number: number
  readonly cells: readonly SheetCell[]
}

export const isDate = (cell: SheetCell | undefined): cell is SheetDate =>
  typeof cell === 'object' && cell !== null && 'date' in cell

export const isError = (cell: SheetCell | undefined): cell is SheetError =>
  typeof cell === 'object' && cell !== null && 'error' in cell

/** A cell as one would write it by hand. */
export function cellText(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell.trim()
  if (typeof cell === 'number') return numberText(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if ('error' in cell) return cell.error
  return cell.time === null ? cell.date : `${cell.date} ${cell.time}`
}

/** As Excel keeps it, to fifteen places: 0.1 + 0.2 is 0.3. */
const numberText = (n: number): string =>
  Number.isInteger(n) ? String(n) : String(Number(n.toPrecision(15)))

/** 0 → A, 25 → Z, 26 → AA */
export function columnName(place: number): string {
  const last = String.fromCharCode(65 + (place % 26))
  return place < 26 ? last : columnName(Math.floor(place / 26) - 1) + last
}

export const cellName = (place: number, row: number): string => `${columnName(place)}${row}`
