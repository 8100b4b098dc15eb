import type { Archive } from './archive.ts'
import { PackedTexts } from './packed-texts.ts'
import { decoded } from './pieces.ts'
import { type XmlHandler, XmlScanner } from './xml.ts'

export async function readStrings(archive: Archive, name: string | undefined): Promise<PackedTexts> {
  const strings = new PackedTexts()
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
