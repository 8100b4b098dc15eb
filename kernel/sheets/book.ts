import { posix } from 'node:path'
import { Refused } from '../result/result.ts'
import type { Archive } from './archive.ts'
import { isDateFormat } from './date-format.ts'
import { decoded } from './pieces.ts'
import { attribute, XmlScanner } from './xml.ts'

/** A visible sheet and the part it is kept in. */
export interface BookSheet {
  readonly name: string
  readonly part: string
}

export interface Book {
  readonly sheets: readonly BookSheet[]
  readonly from1904: boolean
  readonly strings: string | undefined
  /** By the number of a cell's style: whether it shows a day or a time. */
  readonly dates: readonly boolean[]
}

/** Parts that only describe the others are small; nothing is read of one that is not. */
const MOST_BYTES = 16 * 1024 * 1024

/** What a workbook says of itself. Hidden sheets are left out: nobody sees what stands there. */
export async function readBook(archive: Archive): Promise<Book> {
  const parts = await relations(archive)
  const sheets: { name: string; relation: string }[] = []
  let from1904 = false
  await elements(archive, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'workbookPr') from1904 = isTrue(attribute(attributes, 'date1904'))
    if (name !== 'sheet' || (attribute(attributes, 'state') ?? 'visible') !== 'visible') return
    sheets.push({ name: attribute(attributes, 'name') ?? '', relation: relationOf(attributes) })
  })
  return {
    sheets: sheets.flatMap(({ name, relation }) => {
      const part = parts.get(relation)
      return part?.type === 'worksheet' ? [{ name, part: part.target }] : []
    }),
    from1904,
    strings: targetOf(parts, 'sharedStrings'),
    dates: await readStyles(archive, targetOf(parts, 'styles')),
  }
}

// the prefix is the writer's choice
const relationOf = (attributes: string): string => /\s\w+:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? ''

interface Part {
  readonly type: string
  readonly target: string
}

async function relations(archive: Archive): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>()
  await elements(archive, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
    const target = attribute(attributes, 'Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : posix.join('xl', target)
    const type = attribute(attributes, 'Type')?.split('/').at(-1) ?? ''
    parts.set(attribute(attributes, 'Id') ?? '', { type, target: path })
  })
  return parts
}

const targetOf = (parts: ReadonlyMap<string, Part>, type: string): string | undefined =>
  parts.values().find(part => part.type === type)?.target

async function readStyles(archive: Archive, part: string | undefined): Promise<boolean[]> {
  if (part === undefined || archive.size(part) === undefined) return []
  const formats = new Map<number, string>()
  const dates: boolean[] = []
  let inCells = false
  await elements(archive, part, (name, attributes) => {
    if (name === 'numFmt')
      formats.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
    if (name === 'cellXfs' || name === 'cellStyleXfs' || name === 'cellStyles') inCells = name === 'cellXfs'
    if (name !== 'xf' || !inCells) return
    const id = Number(attribute(attributes, 'numFmtId') ?? 0)
    dates.push(isDateFormat(id, formats.get(id)))
  })
  return dates
}

async function elements(
  archive: Archive,
  part: string,
  take: (name: string, attributes: string) => void,
): Promise<void> {
  const size = archive.size(part)
  if (size === undefined || size > MOST_BYTES) throw new Refused('sheet.damaged', { reason: 'part_missing' })
  const scanner = new XmlScanner({ open: take, close: () => undefined, text: () => undefined })
  for await (const piece of decoded(archive.part(part))) scanner.push(piece)
  scanner.end()
}

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true'
