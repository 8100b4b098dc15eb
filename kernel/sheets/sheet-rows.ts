import { Refused } from '../result/result.ts'
import type { SheetCell, SheetRow } from './cell.ts'
import { readCellTag } from './cell-tag.ts'
import { dateOfSerial } from './date-format.ts'
import type { PackedTexts } from './packed-texts.ts'
import { RichText } from './strings.ts'
import { attribute, damaged, type XmlHandler } from './xml.ts'

/** Columns that hold anything. */
const MOST_COLUMNS = 512
const MOST_ROWS = 1_048_576

export interface CellTerms {
  readonly strings: PackedTexts
  readonly dates: readonly boolean[]
  readonly from1904: boolean
}

/** Puts the rows of a sheet together from its XML; blank ones are left out. */
export class RowHandler implements XmlHandler {
  readonly #sheet: string
  readonly #terms: CellTerms
  readonly #rich = new RichText()
  #rows: SheetRow[] = []
  #number = 0
  #cells: SheetCell[] = []
  #place = -1
  #type = ''
  #style = 0
  #value = ''
  #inValue = false
  #inline = false

  constructor(sheet: string, terms: CellTerms) {
    this.#sheet = sheet
    this.#terms = terms
  }

  /** The rows since it was last asked. */
  taken(): SheetRow[] {
    const rows = this.#rows
    if (rows.length > 0) this.#rows = []
    return rows
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#beginCell(attributes)
    else if (name === 'v') this.#inValue = true
    else if (name === 'row') this.#beginRow(attributes)
    else if (name === 'is') {
      this.#rich.begin()
      this.#inline = true
    } else if (this.#inline) this.#rich.open(name, attributes)
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false
    else if (name === 'c') this.#endCell()
    else if (name === 'row') this.#endRow()
    else if (name === 'is') this.#inline = false
    else if (this.#inline) this.#rich.close(name)
  }

  text(part: string): void {
    if (this.#inValue) this.#value += part
    else if (this.#inline) this.#rich.text(part)
  }

  #beginRow(attributes: string): void {
    const given = attribute(attributes, 'r')
    const number = given === undefined ? this.#number + 1 : Number(given)
    if (!(number > this.#number && number <= MOST_ROWS)) throw damaged('row')
    this.#number = number
    this.#cells = []
    this.#place = -1
  }

  #beginCell(attributes: string): void {
    const { place, style, type } = readCellTag(attributes)
    this.#place = place === -1 ? this.#place + 1 : place
    this.#style = style
    this.#type = type
    this.#value = ''
    this.#rich.begin()
  }

  #endCell(): void {
    const cell = this.#cell()
    if (cell === null) return
    if (this.#place >= MOST_COLUMNS) throw new Refused('sheet.too_wide', { most: MOST_COLUMNS })
    while (this.#cells.length < this.#place) this.#cells.push(null)
    this.#cells[this.#place] = cell
  }

  #cell(): SheetCell {
    if (this.#type === 'inlineStr') return this.#rich.value === '' ? null : this.#rich.value
    if (this.#value === '') return null
    if (this.#type === 's') return this.#terms.strings.get(Number(this.#value)) || null
    if (this.#type === 'n') return this.#numeric()
    if (this.#type === 'b') return this.#value === '1'
    if (this.#type === 'e') return { error: this.#value }
    if (this.#type === 'd') return { date: this.#value.slice(0, 10), time: this.#value.slice(11, 19) || null }
    return this.#value
  }

  #numeric(): SheetCell {
    const n = Number(this.#value)
    if (Number.isNaN(n)) throw damaged('number')
    return this.#terms.dates[this.#style] ? dateOfSerial(n, this.#terms.from1904) : n
  }

  #endRow(): void {
    if (this.#cells.some(cell => cell !== null))
      this.#rows.push({ sheet: this.#sheet, number: this.#number, cells: this.#cells })
  }
}
