import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { escaped } from './cell-xml.ts'
import { commentsXml, drawingXml } from './comment-xml.ts'
import { MAIN, type OutSheet, RELATIONS, type SheetComment, sheetXml } from './sheet-xml.ts'
import { stylesXml } from './styles.ts'

declare module 'yazl' {
  interface ZipFile {
    addReadStreamLazy(
      metadataPath: string,
      options: Partial<ReadStreamOptions>,
      getReadStream: (give: (error: unknown, stream: NodeJS.ReadableStream) => void) => void,
    ): void
  }
}

/** Speed counts more than the last tenth of size. */
const LEVEL = 4
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'application/vnd.openxmlformats-officedocument'

/**
 * A workbook (xlsx) as it is made: the rows of a sheet are asked for as fast as the bytes before them are taken, and
 * none are kept. Ends with the error of a sheet's rows; destroyed, it asks for no more of them.
 */
export function writeWorkbook(sheets: readonly OutSheet[]): Readable {
  const named = withNames(sheets)
  const zip = new ZipFile()
  const add = (name: string, text: string) =>
    zip.addBuffer(Buffer.from(text), name, { mtime: EPOCH, compressionLevel: LEVEL })
  add('[Content_Types].xml', typesXml(named))
  add('_rels/.rels', relationsXml([['officeDocument', 'xl/workbook.xml']]))
  add('xl/workbook.xml', workbookXml(named))
  add('xl/_rels/workbook.xml.rels', bookRelations(named))
  add('xl/styles.xml', stylesXml())
  const output = zip.outputStream as Readable
  zip.on('error', error => output.destroy(error as Error))
  named.forEach((sheet, i) => {
    addSheet(zip, sheet, i + 1, output)
  })
  zip.end()
  return output
}

/** The same bytes for the same rows: when something was exported is not the archive's to tell. */
const EPOCH = new Date('2020-01-01T00:00:00Z')

function addSheet(zip: ZipFile, sheet: OutSheet, number: number, output: Readable): void {
  const comments: SheetComment[] = []
  const lazily = (name: string, make: () => Readable) =>
    zip.addReadStreamLazy(name, { mtime: EPOCH, compressionLevel: LEVEL }, give =>
      give(null, boundTo(output, make())),
    )
  lazily(`xl/worksheets/sheet${number}.xml`, () =>
    Readable.from(bytes(sheetXml(sheet, comments, number === 1)), { objectMode: false }),
  )
  if (!sheet.commented) return
  // only now, when the rows are through, it is known what comments there are
  lazily(`xl/worksheets/_rels/sheet${number}.xml.rels`, () =>
    Readable.from([
      relationsXml([
        ['vmlDrawing', `../drawings/vmlDrawing${number}.vml`],
        ['comments', `../comments${number}.xml`],
      ]),
    ]),
  )
  lazily(`xl/drawings/vmlDrawing${number}.vml`, () => Readable.from([drawingXml(comments)]))
  lazily(`xl/comments${number}.xml`, () => Readable.from([commentsXml(comments)]))
}

/** A part of the archive fails with it, and it with its parts; the library leaves both to us. */
function boundTo(output: Readable, part: Readable): Readable {
  part.on('error', error => output.destroy(error))
  if (output.destroyed) part.destroy()
  const end = () => part.destroy()
  output.once('close', end)
  part.once('close', () => output.off('close', end))
  return part
}

async function* bytes(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}

/** Names as spreadsheets allow them, each once. */
function withNames(sheets: readonly OutSheet[]): OutSheet[] {
  const taken = new Set<string>()
  return sheets.map((sheet, i) => {
    const plain = sheet.name
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, 31)
    let name = plain === '' ? `Sheet${i + 1}` : plain
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain.slice(0, 27)} (${n})`
    taken.add(name.toLowerCase())
    return { ...sheet, name }
  })
}

const typesXml = (sheets: readonly OutSheet[]): string => {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}" ContentType="${OFFICE}.spreadsheetml.${type}+xml"/>`
  const overrides = sheets.flatMap((sheet, i) => [
    override(`worksheets/sheet${i + 1}.xml`, 'worksheet'),
    ...(sheet.commented ? [override(`comments${i + 1}.xml`, 'comments')] : []),
  ])
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="${OFFICE}.vmlDrawing"/>${override('workbook.xml', 'sheet.main')}${override('styles.xml', 'styles')}${overrides.join('')}</Types>`
}

const workbookXml = (sheets: readonly OutSheet[]): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>${sheets
    .map(
      ({ name, hidden }, i) =>
        `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
    )
    .join('')}</sheets></workbook>`

const bookRelations = (sheets: readonly OutSheet[]): string =>
  relationsXml([
    ...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
    ['styles', 'styles.xml'],
  ])

const relationsXml = (parts: readonly (readonly [type: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${parts
    .map(
      ([type, target], i) =>
        `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`
