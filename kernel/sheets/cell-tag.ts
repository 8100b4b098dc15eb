import { attribute, damaged } from './xml.ts'

export interface CellTag {
  /** From 0; -1 where the tag does not say. */
  place: number
  style: number
  type: string
}

const read: CellTag = { place: -1, style: 0, type: 'n' }
const [EQUALS, QUOTE] = [61, 34]
const [PLACE, STYLE, TYPE] = [114, 115, 116]

/**
 * What ` r="B12" s="3" t="s"` says, in one passage and without an object for each of millions of cells: the answer is
 * good until the next call.
 */
export function readCellTag(attributes: string): Readonly<CellTag> {
  read.place = -1
  read.style = 0
  read.type = 'n'
  for (let at = 0; at < attributes.length; ) {
    const name = attributes.charCodeAt(at)
    if (name <= 32) {
      at += 1
      continue
    }
    if (attributes.charCodeAt(at + 1) !== EQUALS || attributes.charCodeAt(at + 2) !== QUOTE)
      return slowly(attributes)
    const end = attributes.indexOf('"', at + 3)
    if (end === -1) throw damaged('cell')
    if (name === PLACE) read.place = placeIn(attributes, at + 3, end)
    else if (name === STYLE) read.style = Number(attributes.slice(at + 3, end))
    else if (name === TYPE) read.type = attributes.slice(at + 3, end)
    at = end + 1
  }
  return read
}

/** Other names, other quotes, other blanks. */
function slowly(attributes: string): CellTag {
  const name = attribute(attributes, 'r')
  read.place = name === undefined ? -1 : placeIn(name, 0, name.length)
  read.style = Number(attribute(attributes, 's') ?? 0)
  read.type = attribute(attributes, 't') ?? 'n'
  return read
}

/** The column in a cell's name: B12 → 1 */
function placeIn(text: string, from: number, to: number): number {
  let place = 0
  for (let at = from; at < to; at++) {
    const letter = text.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    place = place * 26 + letter
  }
  if (place < 1) throw damaged('cell')
  return place - 1
}
