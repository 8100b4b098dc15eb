import type { SheetCell } from '../sheets/cell.ts'
import { PackedTexts } from '../sheets/packed-texts.ts'
import type { SheetFile } from '../sheets/read.ts'
import { keyIn } from './import-lines.ts'
import type { SheetPlan } from './import-plan.ts'

/** A line of a sheet, not yet read. */
export interface Line {
  readonly sheet: string
  readonly number: number
  readonly cells: readonly SheetCell[]
}

export interface PartLine extends Line {
  readonly plan: SheetPlan
}

/**
 * The lines of the parts' sheets, kept packed until their rows come: those may stand before them or after, in any order.
 * That is at most what a workbook may unpack to; everything else of an import is read in a stream.
 */
export class PartLines {
  readonly #texts = new PackedTexts()
  readonly #byKey = new Map<string, number[]>()
  readonly #places: { readonly plan: SheetPlan; readonly number: number }[] = []

  add(plan: SheetPlan, key: string, { number, cells }: Line): void {
    const index = this.#places.push({ plan, number }) - 1
    this.#texts.add(JSON.stringify(cells))
    const known = this.#byKey.get(key)
    if (known) known.push(index)
    else this.#byKey.set(flat(key), [index])
  }

  /** The lines of a key, each given once. */
  take(key: string): PartLine[] {
    const found = this.#byKey.get(key) ?? []
    this.#byKey.delete(key)
    return found.map(index => this.#line(index))
  }

  /** What nobody took, in the order it was added. */
  *left(): Generator<PartLine> {
    const rest = [...this.#byKey.values()].flat().sort((a, b) => a - b)
    for (const index of rest) yield this.#line(index)
  }

  #line(index: number): PartLine {
    const { plan, number } = this.#places[index]!
    return { plan, sheet: plan.sheet, number, cells: JSON.parse(this.#texts.get(index)) }
  }
}

/** A copy of its own: a part cut out of a text would keep the whole piece of the file in memory. */
export const flat = (text: string): string => Buffer.from(text).toString()

/** Lines without a key are kept under none. */
export async function partLines(
  file: SheetFile,
  plans: readonly SheetPlan[],
  key: string,
): Promise<PartLines> {
  const lines = new PartLines()
  for (const plan of plans.filter(({ holds }) => holds === 'part'))
    for await (const row of file.rows(plan.sheet, { filled: true }))
      if (row.number > plan.heading && concerns(plan, row.cells))
        lines.add(plan, keyIn(plan, key, row.cells), row)
  return lines
}

/** A line with nothing in our columns is a note, or the sum below a table. */
export const concerns = ({ main, part }: SheetPlan, cells: readonly SheetCell[]): boolean =>
  [...main.values(), ...(part?.places.values() ?? [])].some(place => (cells[place] ?? null) !== null)
