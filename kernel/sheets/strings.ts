import { Refused } from '../result/result.ts'
import type { Archive } from './archive.ts'
import { decoded } from './pieces.ts'
import { damaged, type XmlHandler, XmlScanner } from './xml.ts'

/** All shared texts of a workbook, in bytes: an honest one of 200,000 rows has a tenth of it. */
const MOST_BYTES = 96 * 1024 * 1024
const MOST_TEXTS = 4_000_000
/** The first ones are those that come again and again. */
const KEPT = 4096

/**
 * The texts that cells name by number, packed: as JavaScript strings they would take three times the memory. Throws
 * `Refused('sheet.too_large')` {most}.
 */
export class SharedStrings {
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

export async function readStrings(archive: Archive, name: string | undefined): Promise<SharedStrings> {
  const strings = new SharedStrings()
  if (name === undefined || archive.size(name) === undefined) return strings
  const scanner = new XmlScanner(stringHandler(text => strings.add(text)))
  for await (const piece of decoded(archive.part(name))) scanner.push(piece)
  scanner.end()
  return strings
}

function stringHandler(take: (text: string) => void): XmlHandler {
  const text = new RichText()
  return {
    open: (name, attributes) => {
      if (name === 'si') text.begin()
      else text.open(name, attributes)
    },
    close: name => {
      if (name === 'si') take(text.value)
      else text.close(name)
    },
    text: part => text.text(part),
  }
}

/** The text of an item: its runs put together, without the reading aids written above characters. */
export class RichText {
  value = ''
  #inText = false
  #inAid = false

  begin(): void {
    this.value = ''
    this.#inText = false
    this.#inAid = false
  }

  open(name: string, _attributes: string): void {
    if (name === 't') this.#inText = !this.#inAid
    else if (name === 'rPh') this.#inAid = true
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#inAid = false
  }

  text(part: string): void {
    if (this.#inText) this.value += readable(part)
  }
}

/** Characters that XML has no place for are written `_x000D_`. */
const readable = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
