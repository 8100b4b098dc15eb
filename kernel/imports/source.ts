import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Refused } from '../result/result.ts'
import { CsvReader, OpenQuote } from './csv.ts'

/** A file by its path, or its bytes. */
export type Source = string | Buffer

export interface Scanned {
  readonly source: Source
  readonly sha256: Buffer
  /** Bytes. */
  readonly size: number
  readonly encoding: 'utf-8' | 'utf-16le' | 'gb18030'
  readonly delimiter: ',' | '\t' | ';'
}

/** One passage over the file: its digest, and whether it is UTF-8; what is not is taken for GB18030, as Excel writes. */
export async function scan(source: Source): Promise<Scanned> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let utf8 = true
  for await (const part of partsOf(source)) {
    hash.update(part)
    size += part.length
    utf8 &&= decodes(decoder, part)
  }
  utf8 &&= decodes(decoder)
  const head = await headOf(source)
  const utf16 = head[0] === 0xff && head[1] === 0xfe
  const encoding = utf16 ? 'utf-16le' : utf8 ? 'utf-8' : 'gb18030'
  const delimiter = delimiterOf(new TextDecoder(encoding).decode(head))
  return { source, sha256: hash.digest(), size, encoding, delimiter }
}

function decodes(decoder: TextDecoder, part?: Buffer): boolean {
  try {
    decoder.decode(part, { stream: part !== undefined })
    return true
  } catch {
    return false
  }
}

const PART = 64 * 1024

async function* partsOf(source: Source): AsyncGenerator<Buffer> {
  if (typeof source === 'string') yield* createReadStream(source) as AsyncIterable<Buffer>
  else for (let at = 0; at < source.length; at += PART) yield source.subarray(at, at + PART)
}

async function headOf(source: Source): Promise<Buffer> {
  if (typeof source !== 'string') return source.subarray(0, 4096)
  const file = await open(source)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function delimiterOf(head: string): Scanned['delimiter'] {
  const line = head.split('\n', 1)[0]!
  const count = (of: string) => line.split(of).length
  return ([',', '\t', ';'] as const).reduce((best, of) => (count(of) > count(best) ? of : best))
}

/** A record of the file; `number` as a spreadsheet counts, the heading being 1. */
export interface SourceRecord {
  readonly number: number
  readonly cells: readonly string[]
}

/** Records that are not blank, and how many bytes of the file have been read for them. */
export interface Batch {
  readonly records: readonly SourceRecord[]
  readonly bytes: number
}

/**
 * Reads the file in batches of `size` records without ever holding more of it. Throws `Refused('import.quote_open')`
 * {row} where a quotation mark is never closed.
 */
export async function* batches(file: Scanned, size: number): AsyncGenerator<Batch> {
  let number = 0
  let bytes = 0
  let records: SourceRecord[] = []
  const reader = new CsvReader(file.delimiter)
  for await (const { text, read } of pieces(file)) {
    bytes = read
    for (const cells of recordsOf(reader, text, number)) {
      number += 1
      if (cells.every(cell => cell.trim() === '')) continue
      if (records.push({ number, cells }) < size) continue
      yield { records, bytes }
      records = []
    }
  }
  if (records.length > 0) yield { records, bytes }
}

function recordsOf(reader: CsvReader, text: string | undefined, before: number): string[][] {
  try {
    return text === undefined ? reader.end() : reader.push(text)
  } catch (error) {
    throw error instanceof OpenQuote ? new Refused('import.quote_open', { row: before + 1 }) : error
  }
}

/** The file's text as it is read, without its byte order mark; at the end undefined. */
async function* pieces({
  source,
  encoding,
}: Scanned): AsyncGenerator<{ text: string | undefined; read: number }> {
  const decoder = new TextDecoder(encoding)
  let read = 0
  for await (const part of partsOf(source)) {
    read += part.length
    yield { text: decoder.decode(part, { stream: true }), read }
  }
  yield { text: decoder.decode(), read }
  yield { text: undefined, read }
}
