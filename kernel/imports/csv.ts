/** An unclosed quotation mark swallows everything after it: no honest record is longer, in characters. */
const LONGEST_RECORD = 256 * 1024

export class OpenQuote extends Error {
  override readonly name = 'OpenQuote'
}

/**
 * Cuts text that comes in pieces into records (RFC 4180; lines may also end in LF alone). A quotation mark inside an
 * unquoted cell is a character like any other. Most lines have none: those are only split, which is what makes it fast.
 */
export class CsvReader {
  readonly #delimiter: string
  #rest = ''

  constructor(delimiter: string) {
    this.#delimiter = delimiter
  }

  /** The records that are whole with this piece. Throws OpenQuote. */
  push(text: string): string[][] {
    return this.#records(this.#rest + text, false)
  }

  /** The last record, where no line end follows it. Throws OpenQuote. */
  end(): string[][] {
    return this.#records(this.#rest, true)
  }

  #records(text: string, last: boolean): string[][] {
    const records: string[][] = []
    let start = 0
    while (start < text.length) {
      const found = this.#record(text, start, last)
      if (!found) break
      records.push(found.cells)
      start = found.next
    }
    this.#rest = text.slice(start)
    if (this.#rest.length > LONGEST_RECORD || (last && this.#rest !== '')) throw new OpenQuote()
    return records
  }

  #record(text: string, start: number, last: boolean): Found | undefined {
    const newline = text.indexOf('\n', start)
    if (newline === -1 && !last) return undefined
    const line = text.slice(start, newline === -1 ? text.length : newline)
    if (line.includes('"')) return quotedRecord(text, start, this.#delimiter, last)
    return {
      cells: withoutReturn(line).split(this.#delimiter),
      next: newline === -1 ? text.length : newline + 1,
    }
  }
}

interface Found {
  readonly cells: string[]
  readonly next: number
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

/** A record with quotation marks; undefined where its end is not there yet. */
function quotedRecord(text: string, start: number, delimiter: string, last: boolean): Found | undefined {
  const cells: string[] = []
  let at = start
  for (;;) {
    const quoted = text[at] === '"' ? quotedPart(text, at, last) : { part: '', next: at }
    if (!quoted) return undefined
    const newline = text.indexOf('\n', quoted.next)
    const comma = text.indexOf(delimiter, quoted.next)
    if (comma !== -1 && (newline === -1 || comma < newline)) {
      cells.push(quoted.part + text.slice(quoted.next, comma))
      at = comma + 1
      continue
    }
    if (newline === -1 && !last) return undefined
    const end = newline === -1 ? text.length : newline
    cells.push(quoted.part + withoutReturn(text.slice(quoted.next, end)))
    return { cells, next: newline === -1 ? text.length : newline + 1 }
  }
}

/** From an opening quotation mark to what follows the closing one; two in a row stand for one. */
function quotedPart(
  text: string,
  opening: number,
  last: boolean,
): { part: string; next: number } | undefined {
  let part = ''
  let from = opening + 1
  for (;;) {
    const mark = text.indexOf('"', from)
    // the next piece may begin with the second of two
    if (mark === -1 || (mark === text.length - 1 && !last)) return undefined
    part += text.slice(from, mark)
    if (text[mark + 1] !== '"') return { part, next: mark + 1 }
    part += '"'
    from = mark + 2
  }
}
