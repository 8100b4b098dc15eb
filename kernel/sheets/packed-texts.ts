import { Refused } from '../result/result.ts'
import { damaged } from './xml.ts'

/** In bytes: a workbook of 200,000 rows has a tenth of it. */
const MOST_BYTES = 96 * 1024 * 1024
const MOST_TEXTS = 4_000_000
/** The first ones are those that come again and again. */
const KEPT = 4096

/**
 * Many texts, each found by its number; packed, since as JavaScript strings they would take three times the memory.
 * Adding throws `Refused('sheet.too_large')` {most}.
 */
export class PackedTexts {
  #bytes = Buffer.allocUnsafe(64 * 1024)
  #used = 0
  #ends = new Uint32Array(4096)
  #count = 0
  readonly #kept: string[] = []

  add(text: string): void {
    const size = Buffer.byteLength(text)
    if (this.#used + size > MOST_BYTES || this.#count >= MOST_TEXTS)
      throw new Refused('sheet.too_large', { most: MOST_BYTES })
    if (this.#used + size > this.#bytes.length) this.#grow(size)
    this.#used += this.#bytes.write(text, this.#used)
    if (this.#count === this.#ends.length) this.#ends = widened(this.#ends)
    this.#ends[this.#count++] = this.#used
  }

  get(index: number): string {
    const kept = this.#kept[index]
    if (kept !== undefined) return kept
    if (!(index >= 0 && index < this.#count)) throw damaged('shared_string')
    const from = index === 0 ? 0 : this.#ends[index - 1]!
    const text = this.#bytes.toString('utf8', from, this.#ends[index]!)
    if (index < KEPT) this.#kept[index] = text
    return text
  }

  #grow(size: number): void {
    const bytes = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + size))
    this.#bytes.copy(bytes, 0, 0, this.#used)
    this.#bytes = bytes
  }
}

function widened(ends: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(ends.length * 2)
  wider.set(ends)
  return wider
}
