import type { Words } from '../declared/words.ts'
import { cellText } from '../sheets/cell.ts'
import type { SheetFile } from '../sheets/read.ts'
import type { Register } from './define.ts'
import { isEmpty, keyIn, type LineFault, LineReader, type ReadLine } from './import-lines.ts'
import { concerns, flat, type Line, type PartLines } from './import-parts.ts'
import type { SheetPlan } from './import-plan.ts'

/** A row with all that belongs to it: taken or refused as a whole. */
export interface Unit {
  readonly key: string
  readonly main: ReadLine
  /** Only those parts that the workbook has a place for. */
  readonly parts: Readonly<Record<string, readonly ReadLine[]>>
  /** 0–1 of the workbook, with this one. */
  readonly progress: number
}

/** Reads units out of a workbook, in the same order every time. */
export class UnitReader {
  readonly #file: SheetFile
  readonly #register: Register
  readonly #plans: readonly SheetPlan[]
  readonly #lines: PartLines
  readonly #main: LineReader
  readonly #parts: ReadonlyMap<string, LineReader>
  /** Key → the row where it first stood. */
  readonly #seen = new Map<string, number>()

  constructor(
    file: SheetFile,
    register: Register,
    words: Words,
    plans: readonly SheetPlan[],
    lines: PartLines,
  ) {
    this.#file = file
    this.#register = register
    this.#plans = plans
    this.#lines = lines
    this.#main = new LineReader(words, register, register.columns, '')
    this.#parts = new Map(
      Object.entries(register.parts).map(([part, { columns }]) => [
        part,
        new LineReader(words, register, columns, `${part}.`),
      ]),
    )
  }

  async *all(): AsyncGenerator<Unit> {
    const sheets = this.#plans.filter(({ holds }) => holds !== 'part')
    for (const [i, plan] of sheets.entries()) {
      const units = plan.holds === 'rows' ? this.#rows(plan) : this.#grouped(plan)
      for await (const unit of units) yield { ...unit, progress: (i + this.#file.progress()) / sheets.length }
    }
  }

  /** Lines of parts whose row is nowhere: each a fault. */
  *alone(): Generator<LineFault> {
    const { key } = this.#register
    for (const line of this.#lines.left()) {
      const given = keyIn(line.plan, key, line.cells)
      const [code, params] = given === '' ? ['row.unnamed', {}] : ['part.alone', { key: given }]
      yield { column: key, code, params, sheet: line.sheet, number: line.number, excerpt: given || null }
    }
  }

  async *#rows(plan: SheetPlan): AsyncGenerator<Omit<Unit, 'progress'>> {
    const { key } = this.#register
    for await (const row of this.#file.rows(plan.sheet, { filled: true })) {
      if (row.number <= plan.heading || !concerns(plan, row.cells)) continue
      const main = this.#main.read(row, plan.main)
      const unit = keyIn(plan, key, row.cells)
      const isFirst = this.#claim(unit, main)
      yield { key: unit, main, parts: this.#partsOf(isFirst ? unit : '') }
    }
  }

  /** The first to have a key keeps it; a later one is told where that stands. */
  #claim(key: string, main: ReadLine): boolean {
    if (key === '') return false
    const first = this.#seen.get(key)
    if (first === undefined) this.#seen.set(flat(key), main.number)
    else
      main.faults.push({
        ...{ column: this.#register.key, code: 'row.repeated', params: { row: first } },
        ...{ sheet: main.sheet, number: main.number, excerpt: key.slice(0, 80) },
      })
    return first === undefined
  }

  #partsOf(key: string): Record<string, ReadLine[]> {
    const found: Record<string, ReadLine[]> = {}
    for (const { holds, part } of this.#plans) if (holds === 'part') found[part!.name] = []
    const lines = key === '' ? [] : this.#lines.take(key)
    for (const line of lines) {
      const { name, places } = line.plan.part!
      found[name]!.push(this.#parts.get(name)!.read(line, places))
    }
    return found
  }

  /** A sheet whose every line is a part's, with its row's columns beside it: repeated, merged, or only in the first. */
  async *#grouped(plan: SheetPlan): AsyncGenerator<Omit<Unit, 'progress'>> {
    const { key } = this.#register
    let group: Line[] = []
    let current = ''
    for await (const row of this.#file.rows(plan.sheet, { filled: true })) {
      if (row.number <= plan.heading || !concerns(plan, row.cells)) continue
      const given = keyIn(plan, key, row.cells)
      if (group.length > 0 && (given === '' || given === current)) {
        group.push(row)
        continue
      }
      if (group.length > 0) yield this.#groupAs(plan, current, group)
      group = [row]
      current = given
    }
    if (group.length > 0) yield this.#groupAs(plan, current, group)
  }

  #groupAs(plan: SheetPlan, key: string, group: readonly Line[]): Omit<Unit, 'progress'> {
    const { name, places } = plan.part!
    const [first] = group
    const main = this.#main.read(first!, plan.main)
    this.#claim(key, main)
    const reader = this.#parts.get(name)!
    const lines: ReadLine[] = []
    for (const line of group) {
      const read = reader.read(line, places)
      read.faults.push(...this.#differing(plan, first!, line))
      if (!isEmpty(read.values, read.names) || read.faults.some(({ code }) => code !== 'value.required'))
        lines.push(read)
    }
    return { key, main, parts: { ...this.#partsOf(key), [name]: lines } }
  }

  /** What a later line says otherwise of its row than the first. */
  #differing({ main }: SheetPlan, first: Line, line: Line): LineFault[] {
    if (line === first) return []
    return [...main].flatMap(([name, place]) => {
      const given = cellText(line.cells[place])
      if (given === '' || given === cellText(first.cells[place])) return []
      return [this.#main.fault(line, place, name, 'row.differs', { row: first.number })]
    })
  }
}
