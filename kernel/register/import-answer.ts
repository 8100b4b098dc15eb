import type { Readable } from 'node:stream'
import type { Language, Words } from '../declared/words.ts'
import { cellText, isDate, type SheetCell, type SheetRow } from '../sheets/cell.ts'
import { looksLikeFormula } from '../sheets/cell-xml.ts'
import type { SheetFile } from '../sheets/read.ts'
import type { OutCell, OutRow, OutSheet } from '../sheets/sheet-xml.ts'
import { type CellFormat, type CellLook, HEADING, REASON, styleOf } from '../sheets/styles.ts'
import { reasonOf, sheetWord } from '../sheets/words.ts'
import { writeWorkbook } from '../sheets/write.ts'
import type { SheetPlan } from './import-plan.ts'
import type { SheetFault } from './import-run.ts'

/** The faults of one sheet, in the order of its rows. */
export type FaultsOfSheet = (sheet: string) => AsyncIterable<SheetFault>

export interface AnswerTerms {
  readonly file: SheetFile
  readonly plans: readonly SheetPlan[]
  readonly faults: FaultsOfSheet
  readonly register: string
  readonly words: Words
  readonly language: Language
}

/**
 * The workbook as it was sent, with every bad cell coloured and commented, and the reasons of a line in a further
 * column at its end. Formats of the sender's own are not kept; types, merged cells and the order of everything are.
 */
export async function answerWorkbook(terms: AnswerTerms): Promise<Readable> {
  const sheets: OutSheet[] = []
  for (const name of terms.file.sheets) {
    const plan = terms.plans.find(({ sheet }) => sheet === name)
    sheets.push(plan ? await marked(terms, plan) : copied(terms.file, name))
  }
  return writeWorkbook(sheets)
}

const copied = (file: SheetFile, name: string): OutSheet => ({ name, widths: [], rows: copies(file, name) })

async function* copies(file: SheetFile, name: string): AsyncGenerator<OutRow> {
  for await (const { number, cells } of file.rows(name))
    yield { number, cells: cells.map(value => ({ value, style: styleFor(value) })) }
}

async function marked(terms: AnswerTerms, plan: SheetPlan): Promise<OutSheet> {
  const { heading, width } = await outline(terms.file, plan)
  return {
    name: plan.sheet || sheetWord(terms.language, 'legend.sheet'),
    widths: [...heading.map(() => 16), ...Array<number>(width - heading.length).fill(12), 60],
    frozen: plan.heading,
    merged: await terms.file.merged(plan.sheet),
    commented: true,
    rows: markedRows(terms, plan, heading, width),
  }
}

/** The heading as it was written, and how many columns the widest row has. */
async function outline(
  file: SheetFile,
  plan: SheetPlan,
): Promise<{ heading: readonly SheetCell[]; width: number }> {
  let heading: readonly SheetCell[] = []
  let width = 0
  for await (const row of file.rows(plan.sheet)) {
    if (row.number === plan.heading) heading = row.cells
    width = Math.max(width, row.cells.length)
  }
  return { heading, width }
}

async function* markedRows(
  terms: AnswerTerms,
  plan: SheetPlan,
  heading: readonly SheetCell[],
  width: number,
): AsyncGenerator<OutRow> {
  const faults = new FaultsByRow(terms.faults(plan.sheet))
  for await (const row of terms.file.rows(plan.sheet)) {
    if (row.number === plan.heading) yield headingRow(row, width)
    else yield markedRow(terms, plan, heading, row, width, await faults.at(row.number))
  }
}

/** In both languages: whoever gets it back may not be who sent it. */
const problemLabel = `${sheetWord('zh', 'problem')} / ${sheetWord('en', 'problem')}`

function headingRow({ number, cells }: SheetRow, width: number): OutRow {
  const own = Array.from({ length: width }, (_, i): OutCell => ({ value: cells[i] ?? null, style: HEADING }))
  return { number, cells: [...own, { value: problemLabel, style: HEADING }] }
}

function markedRow(
  terms: AnswerTerms,
  plan: SheetPlan,
  heading: readonly SheetCell[],
  { number, cells }: SheetRow,
  width: number,
  faults: readonly SheetFault[],
): OutRow {
  const said = terms.words.of(terms.language, terms.register)
  const told = faults.map(({ column, code, params }) => ({
    place: placeOf(plan, column),
    reason: reasonOf(terms.language, said, code, params),
  }))
  const byPlace = Map.groupBy(told, ({ place }) => place)
  const own = Array.from({ length: width }, (_, i): OutCell => {
    const value = cells[i] ?? null
    const mine = byPlace.get(i)
    if (!mine) return { value, style: styleFor(value) }
    return { value, style: styleFor(value, 'bad'), comment: mine.map(({ reason }) => reason).join('\n') }
  })
  if (told.length === 0) return { number, cells: own }
  const reasons = told.map(({ place, reason }) => {
    const column = place === undefined ? '' : cellText(heading[place])
    return column === '' ? reason : sheetWord(terms.language, 'place', { column, reason })
  })
  const text = reasons.join(terms.language === 'zh' ? '；' : '; ')
  return { number, cells: [...own, { value: text, style: REASON }] }
}

/** Where a fault's column stands: `member.name` in the part's places, `code` in the register's. */
function placeOf({ main, part }: SheetPlan, column: string): number | undefined {
  const prefix = part && `${part.name}.`
  if (prefix && column.startsWith(prefix)) return part.places.get(column.slice(prefix.length))
  return main.get(column)
}

function styleFor(value: SheetCell, look: CellLook = 'as it is'): number {
  if (typeof value === 'string' && look === 'as it is' && looksLikeFormula(value))
    return styleOf('text', 'quoted')
  return styleOf(formatFor(value), look)
}

function formatFor(value: SheetCell): CellFormat {
  if (isDate(value)) return value.time === null ? 'date' : 'instant'
  return typeof value === 'string' ? 'text' : 'plain'
}

/** Faults as they are asked for, row after row. */
class FaultsByRow {
  readonly #faults: AsyncIterator<SheetFault>
  #next: SheetFault | undefined
  #begun = false

  constructor(faults: AsyncIterable<SheetFault>) {
    this.#faults = faults[Symbol.asyncIterator]()
  }

  async at(row: number): Promise<SheetFault[]> {
    if (!this.#begun) await this.#step()
    const found: SheetFault[] = []
    while (this.#next && this.#next.row <= row) {
      if (this.#next.row === row) found.push(this.#next)
      await this.#step()
    }
    return found
  }

  async #step(): Promise<void> {
    this.#begun = true
    const { value, done } = await this.#faults.next()
    this.#next = done ? undefined : value
  }
}
