import { Refused } from '../result/result.ts'
import type { Archive } from './archive.ts'
import type { SheetCell } from './cell.ts'
import { attribute, XmlScanner } from './xml.ts'

/** A rectangle of cells of which only the first holds anything. Rows as a spreadsheet counts, columns from 0. */
export interface Merged {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

const MOST = 500_000
const END_OF_ROWS = Buffer.from('sheetData>')

/**
 * The merged cells of a sheet, from the top. They are told after all its rows, so the sheet is unpacked once for them
 * alone. Throws `Refused('sheet.too_large')` {most}.
 */
export async function mergedCells(archive: Archive, part: string): Promise<Merged[]> {
  const found: Merged[] = []
  const scanner = new XmlScanner({
    open: (name, attributes) => {
      if (name !== 'mergeCell') return
      const merged = rangeOf(attribute(attributes, 'ref') ?? '')
      if (merged) found.push(merged)
      if (found.length > MOST) throw new Refused('sheet.too_large', { most: MOST })
    },
    close: () => undefined,
    text: () => undefined,
  })
  for await (const piece of afterRows(archive.part(part))) scanner.push(piece.toString('latin1'))
  return found.sort((a, b) => a.top - b.top)
}

/** What follows the rows, as bytes: only ASCII is looked for in it. */
async function* afterRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let tail: Buffer = Buffer.alloc(0)
  let isAfter = false
  for await (const piece of pieces) {
    if (isAfter) {
      yield piece
      continue
    }
    const joined = tail.length > 0 ? Buffer.concat([tail, piece]) : piece
    // of the opening and the closing tag the last
    const end = joined.lastIndexOf(END_OF_ROWS)
    isAfter = end !== -1 && joined[joined.lastIndexOf('<', end) + 1] === SLASH
    if (isAfter) yield joined.subarray(end + END_OF_ROWS.length)
    tail = joined.subarray(-END_OF_ROWS.length - 20)
  }
}

const SLASH = '/'.charCodeAt(0)

function rangeOf(ref: string): Merged | undefined {
  const [, left, top, right, bottom] =
    /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(ref) ?? []
  if (!left || !right) return undefined
  return { top: Number(top), left: placeOf(left), bottom: Number(bottom), right: placeOf(right) }
}

/** A → 0, AA → 26 */
export const placeOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** Stands in the cells beside the first of a merged rectangle: what belongs there cannot be known. */
export const COVERED = '\u0000covered'

/**
 * Fills merged cells as their makers mean them: each line below the first repeats it; cells to its right are
 * {@link COVERED}. Rows must come in their order.
 */
export class MergedFill {
  readonly #waiting: readonly Merged[]
  #next = 0
  #active: { readonly merged: Merged; value: SheetCell }[] = []

  constructor(merged: readonly Merged[]) {
    this.#waiting = merged
  }

  /** Changes the cells in place. */
  fill(number: number, cells: SheetCell[]): void {
    if (this.#active.length === 0 && this.#next === this.#waiting.length) return
    this.#active = this.#active.filter(({ merged }) => merged.bottom >= number)
    for (; this.#next < this.#waiting.length && this.#waiting[this.#next]!.top <= number; this.#next++) {
      const merged = this.#waiting[this.#next]!
      if (merged.bottom < number) continue
      this.#active.push({ merged, value: merged.top === number ? (cells[merged.left] ?? null) : null })
    }
    for (const { merged, value } of this.#active) cover(merged, value, cells)
  }
}

function cover({ left, right }: Merged, value: SheetCell, cells: SheetCell[]): void {
  if (value === null) return
  while (cells.length <= right && cells.length < 512) cells.push(null)
  cells[left] = value
  for (let place = left + 1; place <= right && place < cells.length; place++) cells[place] = COVERED
}
