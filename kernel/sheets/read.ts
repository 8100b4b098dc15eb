import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { batches, scan } from '../imports/source.ts'
import { Refused } from '../result/result.ts'
import { type Archive, openArchive } from './archive.ts'
import { type Book, type BookSheet, readBook } from './book.ts'
import type { SheetCell, SheetRow } from './cell.ts'
import { type Merged, MergedFill, mergedCells } from './merged.ts'
import type { PackedTexts } from './packed-texts.ts'
import { decoded } from './pieces.ts'
import { RowHandler } from './sheet-rows.ts'
import { readStrings } from './strings.ts'
import { XmlScanner } from './xml.ts'

export interface RowsOptions {
  /** Merged cells are filled as `MergedFill` says. */
  readonly filled?: boolean
}

/** A workbook or a CSV file, opened for reading; of each sheet the rows may be read as often as one likes. */
export interface SheetFile {
  readonly kind: 'xlsx' | 'csv'
  readonly sha256: Buffer
  /** Visible ones in their order; a CSV file has one, without a name. */
  readonly sheets: readonly string[]
  rows(sheet: string, options?: RowsOptions): AsyncGenerator<SheetRow>
  merged(sheet: string): Promise<readonly Merged[]>
  /** 0–1 of the sheet that is being read. */
  progress(): number
  close(): void
}

const ZIP = 0x504b

/**
 * Opens what was sent, in memory or by its path, by what it is. Throws `Refused`: `sheet.damaged` {reason},
 * `sheet.too_large`, `sheet.too_wide` {most}, `file.archive_refused` {reason}, `import.quote_open` {row}; the last
 * while reading.
 */
export async function openSheets(source: Buffer | string): Promise<SheetFile> {
  const { sha256, head } = await digestOf(source)
  return head === ZIP ? openWorkbook(source, sha256) : openCsv(source, sha256)
}

async function digestOf(source: Buffer | string): Promise<{ sha256: Buffer; head: number }> {
  const hash = createHash('sha256')
  let head = -1
  const pieces: AsyncIterable<Buffer> | Buffer[] =
    typeof source === 'string' ? createReadStream(source) : [source]
  for await (const piece of pieces) {
    if (head === -1 && piece.length >= 2) head = piece.readUInt16BE(0)
    hash.update(piece)
  }
  return { sha256: hash.digest(), head }
}

async function openWorkbook(source: Buffer | string, sha256: Buffer): Promise<SheetFile> {
  const archive = await openArchive(source)
  try {
    const book = await readBook(archive)
    return new Workbook(archive, book, await readStrings(archive, book.strings), sha256)
  } catch (error) {
    archive.close()
    throw error
  }
}

class Workbook implements SheetFile {
  readonly kind = 'xlsx'
  readonly sha256: Buffer
  readonly sheets: readonly string[]
  readonly #archive: Archive
  readonly #book: Book
  readonly #strings: PackedTexts
  readonly #merged = new Map<string, Promise<Merged[]>>()
  #progress = 0

  constructor(archive: Archive, book: Book, strings: PackedTexts, sha256: Buffer) {
    this.#archive = archive
    this.#book = book
    this.#strings = strings
    this.sha256 = sha256
    this.sheets = book.sheets.map(sheet => sheet.name)
  }

  async *rows(sheet: string, { filled = false }: RowsOptions = {}): AsyncGenerator<SheetRow> {
    const { part } = this.#sheet(sheet)
    const { from1904, dates } = this.#book
    const fill = filled ? new MergedFill(await this.merged(sheet)) : undefined
    const handler = new RowHandler(sheet, { strings: this.#strings, from1904, dates })
    const scanner = new XmlScanner(handler)
    const size = this.#archive.size(part) ?? 1
    let read = 0
    for await (const piece of decoded(this.#archive.part(part))) {
      scanner.push(piece)
      read += piece.length
      this.#progress = Math.min(1, read / size)
      for (const row of handler.taken()) {
        // the cells are the handler's own, made for this row alone
        fill?.fill(row.number, row.cells as SheetCell[])
        yield row
      }
    }
    scanner.end()
  }

  merged(sheet: string): Promise<readonly Merged[]> {
    const { part } = this.#sheet(sheet)
    const known = this.#merged.get(part) ?? mergedCells(this.#archive, part)
    this.#merged.set(part, known)
    return known
  }

  progress(): number {
    return this.#progress
  }

  close(): void {
    this.#archive.close()
  }

  #sheet(name: string): BookSheet {
    const found = this.#book.sheets.find(sheet => sheet.name === name)
    if (!found) throw new Refused('sheet.not_found', { sheet: name })
    return found
  }
}

const BATCH = 500

async function openCsv(source: Buffer | string, sha256: Buffer): Promise<SheetFile> {
  const scanned = await scan(source)
  let read = 0
  return {
    kind: 'csv',
    sha256,
    sheets: [''],
    async *rows() {
      for await (const { records, bytes } of batches(scanned, BATCH)) {
        read = bytes
        for (const { number, cells } of records)
          yield { sheet: '', number, cells: cells.map(cell => (cell.trim() === '' ? null : cell)) }
      }
    },
    progress: () => read / Math.max(1, scanned.size),
    merged: async () => [],
    close: () => undefined,
  }
}
