import { Refused } from '../result/result.ts'

/** Nothing honest has a longer tag, or text without a tag in it, in characters. */
const LONGEST = 1024 * 1024

export interface XmlHandler {
  /** `attributes` as they stand in the tag; read them with {@link attribute}. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

/**
 * Reads the XML of office files in pieces: elements by their local names, and text. It checks no more than it needs and
 * allows neither DTD nor entities of one's own, which is what makes it several times as fast as a complete parser: of a
 * sheet of 200,000 rows that is most of the work. Throws `Refused('sheet.damaged')`.
 */
export class XmlScanner {
  readonly #handler: XmlHandler
  #rest = ''

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  push(piece: string): void {
    const text = this.#rest + piece
    let at = 0
    for (;;) {
      const tag = text.indexOf('<', at)
      if (tag === -1) break
      const end = endOf(text, tag)
      if (end === -1) break
      if (tag > at) this.#handler.text(unescaped(text.slice(at, tag)))
      this.#markup(text, tag, end)
      at = end + 1
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > LONGEST) throw damaged()
  }

  end(): void {
    if (this.#rest.trim() !== '') throw damaged()
  }

  #markup(text: string, tag: number, end: number): void {
    const first = text.charCodeAt(tag + 1)
    if (first === SLASH) this.#handler.close(localName(text, tag + 2, end))
    else if (first === BANG) this.#declared(text, tag, end)
    else if (first !== QUESTION) this.#element(text, tag, end)
  }

  #element(text: string, tag: number, end: number): void {
    const closed = text.charCodeAt(end - 1) === SLASH
    const stop = closed ? end - 1 : end
    const gap = nameEnd(text, tag + 1, stop)
    const name = localName(text, tag + 1, gap)
    this.#handler.open(name, text.slice(gap, stop))
    if (closed) this.#handler.close(name)
  }

  #declared(text: string, tag: number, end: number): void {
    if (text.startsWith(CDATA, tag)) this.#handler.text(text.slice(tag + CDATA.length, end - 2))
    else if (!text.startsWith('<!--', tag)) throw damaged('declaration')
  }
}

const CDATA = '<![CDATA['
const [SLASH, BANG, QUESTION, CLOSE, QUOTE, APOSTROPHE, COLON] = [47, 33, 63, 62, 34, 39, 58]

/** Where the markup that begins at `tag` ends, or -1 where that is not there yet. */
function endOf(text: string, tag: number): number {
  const first = text.charCodeAt(tag + 1)
  if (first === SLASH) return text.indexOf('>', tag)
  if (first !== BANG) return closingOf(text, tag)
  if (tag + CDATA.length > text.length) return -1
  for (const [start, stop] of [
    ['<!--', '-->'],
    [CDATA, ']]>'],
  ] as const)
    if (text.startsWith(start, tag)) {
      const found = text.indexOf(stop, tag + start.length)
      return found === -1 ? -1 : found + 2
    }
  throw damaged('declaration')
}

/** A `>` may stand inside an attribute. */
function closingOf(text: string, tag: number): number {
  for (let at = tag + 1; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === CLOSE) return at
    if (char !== QUOTE && char !== APOSTROPHE) continue
    at = text.indexOf(char === QUOTE ? '"' : "'", at + 1)
    if (at === -1) return -1
  }
  return -1
}

function nameEnd(text: string, from: number, stop: number): number {
  let at = from
  while (at < stop && text.charCodeAt(at) > 32) at++
  return at
}

/** Without its prefix: writers choose those as they like. */
function localName(text: string, from: number, to: number): string {
  let stop = to
  while (text.charCodeAt(stop - 1) <= 32) stop--
  for (let at = from; at < stop; at++) if (text.charCodeAt(at) === COLON) return text.slice(at + 1, stop)
  return text.slice(from, stop)
}

/** One attribute by its full name, as in ` r="A1" s="3"`. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = 0; ; ) {
    const equals = attributes.indexOf('=', at)
    if (equals === -1) return undefined
    let begin = equals + 1
    while (attributes.charCodeAt(begin) <= 32) begin++
    const end = attributes.indexOf(attributes[begin]!, begin + 1)
    if (end === -1) return undefined
    if (isNamed(attributes, equals, name)) return unescaped(attributes.slice(begin + 1, end))
    at = end + 1
  }
}

function isNamed(attributes: string, equals: number, name: string): boolean {
  let stop = equals
  while (attributes.charCodeAt(stop - 1) <= 32) stop--
  const from = stop - name.length
  return attributes.startsWith(name, from) && !(attributes.charCodeAt(from - 1) > 32)
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;]{0,10};?)/g, (_, given: string) => {
    const name = given.slice(0, -1)
    const code = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : undefined
    const char =
      point === undefined ? NAMED[name] : point <= 0x10ffff ? String.fromCodePoint(point) : undefined
    if (char === undefined || !given.endsWith(';')) throw damaged('entity')
    return char
  })
}

export const damaged = (reason = 'xml'): Refused => new Refused('sheet.damaged', { reason })
