import { cellName, columnName, type SheetCell } from './cell.ts'
import { cellXml, escaped } from './cell-xml.ts'
import type { Merged } from './merged.ts'

export interface OutCell {
  readonly value: SheetCell
  /** Of `styles.ts`. */
  readonly style: number
  /** Shown beside the cell when it is pointed at. */
  readonly comment?: string | undefined
}

/** Rows come in the order of their numbers; those without a number follow the one before. */
export interface OutRow {
  readonly number?: number
  readonly cells: readonly OutCell[]
}

export interface OutSheet {
  /** At most 31 characters, others than []:*?/\ count. */
  readonly name: string
  readonly hidden?: boolean
  /** In characters, by column. */
  readonly widths: readonly number[]
  /** How many rows stay in sight at the top. */
  readonly frozen?: number
  /** The row whose cells can be filtered by, and how many columns it has. */
  readonly filter?: { readonly row: number; readonly columns: number }
  readonly choices?: readonly Choices[]
  readonly merged?: readonly Merged[]
  readonly commented?: boolean
  readonly rows: AsyncIterable<OutRow> | Iterable<OutRow>
}

/** Cells of a column that offer words to choose from. */
export interface Choices {
  readonly column: number
  readonly fromRow: number
  /** `'sheet'!$A$2:$A$9` */
  readonly words: string
}

export interface SheetComment {
  readonly row: number
  readonly place: number
  readonly text: string
}

/** Rows of one sheet, its heading being one of them. */
export const MOST_ROWS = 1_048_576
/** Spreadsheets draw every comment: with more of them a workbook no longer opens in reasonable time. */
const MOST_COMMENTS = 5000
const PIECE = 64 * 1024

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A sheet's XML in pieces, as its rows come; comments are handed on. Throws a RangeError where rows are too many. */
export async function* sheetXml(
  sheet: OutSheet,
  comments: SheetComment[],
  isFirst: boolean,
): AsyncGenerator<string> {
  let piece = head(sheet, isFirst)
  let number = 0
  for await (const row of sheet.rows) {
    number = row.number ?? number + 1
    if (number > MOST_ROWS) throw new RangeError('more rows than a sheet holds')
    piece += rowXml(number, row, comments)
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece + foot(sheet, number, comments.length > 0)
}

function rowXml(number: number, { cells }: OutRow, comments: SheetComment[]): string {
  let xml = `<row r="${number}">`
  for (let place = 0; place < cells.length; place++) {
    const { value, style, comment } = cells[place]!
    xml += cellXml(cellName(place, number), value, style)
    if (comment !== undefined && comments.length < MOST_COMMENTS)
      comments.push({ row: number, place, text: comment })
  }
  return `${xml}</row>`
}

function head({ widths, frozen = 0 }: OutSheet, isFirst: boolean): string {
  const selected = isFirst ? ' tabSelected="1"' : ''
  const pane =
    frozen > 0
      ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`
      : ''
  const cols = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheetViews><sheetView workbookViewId="0"${selected}>${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>${cols === '' ? '' : `<cols>${cols}</cols>`}<sheetData>`
}

function foot({ filter, merged = [], choices = [] }: OutSheet, last: number, hasComments: boolean): string {
  const parts = ['</sheetData>']
  if (filter)
    parts.push(
      `<autoFilter ref="A${filter.row}:${cellName(filter.columns - 1, Math.max(last, filter.row))}"/>`,
    )
  if (merged.length > 0)
    parts.push(`<mergeCells count="${merged.length}">${merged.map(mergedXml).join('')}</mergeCells>`)
  if (choices.length > 0)
    parts.push(
      `<dataValidations count="${choices.length}">${choices.map(choicesXml).join('')}</dataValidations>`,
    )
  if (hasComments) parts.push('<legacyDrawing r:id="rId1"/>')
  return `${parts.join('')}</worksheet>`
}

const mergedXml = ({ top, left, bottom, right }: Merged): string =>
  `<mergeCell ref="${cellName(left, top)}:${cellName(right, bottom)}"/>`

// words that are not in the list are allowed: a reader of either language, and of synonyms, takes them
const choicesXml = ({ column, fromRow, words }: Choices): string =>
  `<dataValidation type="list" errorStyle="warning" allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="${columnName(column)}${fromRow}:${columnName(column)}${MOST_ROWS}"><formula1>${escaped(words)}</formula1></dataValidation>`
