import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { type Document, type Table, widthsOf } from './document.ts'

const require = createRequire(import.meta.url)
const fontOf = (weight: string): string =>
  require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)
const REGULAR = fontOf('400Regular')
const BOLD = fontOf('700Bold')

const MARGIN = 56
const FOOT = 64
const CELL = { x: 5, y: 4 }
type Pdf = InstanceType<typeof PDFDocument>

/** A4 in Noto Sans SC, of which only the characters that occur are put in; tables repeat their heading on each page. */
export function writePdf(document: Document): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    bufferPages: true,
    margins: { top: MARGIN, bottom: FOOT, left: MARGIN, right: MARGIN },
    info: { Title: document.title, CreationDate: document.at, ModDate: document.at },
    lang: document.language === 'zh' ? 'zh-CN' : 'en',
    font: REGULAR,
  })
  const chunks: Buffer[] = []
  const whole = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  draw(pdf, document)
  pdf.end()
  return whole
}

function draw(pdf: Pdf, document: Document): void {
  pdf.font(BOLD).fontSize(20).text(document.title, { align: 'center' })
  pdf.font(REGULAR).fontSize(11).fillColor('#555').text(document.subtitle, { align: 'center' })
  pdf.fillColor('#000').moveDown(1)
  for (const block of document.blocks)
    if (block.kind === 'table') drawTable(pdf, block)
    else if (block.kind === 'heading') drawHeading(pdf, block.text)
    else drawText(pdf, block.text, block.kind, document.language)
  drawFooters(pdf, document.footer)
}

function drawHeading(pdf: Pdf, text: string): void {
  // a heading does not stand alone at the foot of a page
  if (pdf.y > bottomOf(pdf) - 80) pdf.addPage()
  pdf.moveDown(0.6).font(BOLD).fontSize(14).text(text, MARGIN, pdf.y).font(REGULAR).moveDown(0.3)
}

function drawText(pdf: Pdf, text: string, kind: 'paragraph' | 'note', language: Document['language']): void {
  const isNote = kind === 'note'
  // two characters, as Chinese paragraphs begin
  const indent = isNote || language !== 'zh' ? 0 : 22
  pdf
    .fontSize(isNote ? 9 : 11)
    .fillColor(isNote ? '#555' : '#000')
    .text(text, MARGIN, pdf.y, { width: widthOf(pdf), lineGap: isNote ? 2 : 5, indent })
  pdf.fillColor('#000').moveDown(0.6)
}

const widthOf = (pdf: Pdf): number => pdf.page.width - 2 * MARGIN
const bottomOf = (pdf: Pdf): number => pdf.page.height - FOOT

function drawTable(pdf: Pdf, table: Table): void {
  const widths = widthsOf(table).map(share => share * widthOf(pdf))
  const labels = table.columns.map(column => column.label)
  const drawHead = () => drawRow(pdf, table, widths, labels, 'head')
  pdf.fontSize(10).font(BOLD)
  if (pdf.y + 70 > bottomOf(pdf)) pdf.addPage()
  pdf.text(table.caption, MARGIN, pdf.y, { width: widthOf(pdf) }).moveDown(0.3)
  drawHead()
  for (const [i, row] of table.rows.entries()) {
    // a total does not stand alone on the next page
    const below = i === table.rows.length - 1 && table.total ? heightOf(pdf, widths, table.total, 'total') : 0
    place(pdf, drawHead, table, widths, row, below)
  }
  if (table.total) drawRow(pdf, table, widths, table.total, 'total')
  pdf.font(REGULAR).moveDown(1)
}

type RowKind = 'head' | 'row' | 'total'

function place(
  pdf: Pdf,
  drawHead: () => void,
  table: Table,
  widths: readonly number[],
  row: readonly string[],
  below: number,
): void {
  if (pdf.y + heightOf(pdf, widths, row, 'row') + below > bottomOf(pdf)) {
    pdf.addPage()
    drawHead()
  }
  drawRow(pdf, table, widths, row, 'row')
}

function heightOf(pdf: Pdf, widths: readonly number[], row: readonly string[], kind: RowKind): number {
  pdf.fontSize(9.5).font(kind === 'row' ? REGULAR : BOLD)
  const heights = row.map((text, i) => pdf.heightOfString(text, { width: widths[i]! - 2 * CELL.x }))
  return Math.max(...heights) + 2 * CELL.y
}

function drawRow(
  pdf: Pdf,
  { columns }: Table,
  widths: readonly number[],
  row: readonly string[],
  kind: RowKind,
): void {
  const height = heightOf(pdf, widths, row, kind)
  const top = pdf.y
  let left = MARGIN
  for (const [i, text] of row.entries()) {
    const width = widths[i]!
    if (kind === 'head') pdf.rect(left, top, width, height).fill('#eef2f5')
    pdf.lineWidth(0.5).strokeColor('#b8c2cc').rect(left, top, width, height).stroke()
    pdf.fillColor('#000').text(text, left + CELL.x, top + CELL.y, {
      width: width - 2 * CELL.x,
      align: columns[i]?.align ?? 'left',
    })
    left += width
  }
  pdf.y = top + height
  pdf.x = MARGIN
}

/** Written last, when the number of pages is known. */
function drawFooters(pdf: Pdf, footer: string): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page)
    // below the margin a line would begin another page
    pdf.page.margins.bottom = 0
    const top = pdf.page.height - FOOT + 12
    pdf.font(REGULAR).fontSize(7.5).fillColor('#666')
    pdf.text(footer, MARGIN, top, { width: widthOf(pdf) - 60, height: FOOT - 20, ellipsis: true })
    pdf.text(`${page - start + 1} / ${count}`, MARGIN, top, { width: widthOf(pdf), align: 'right' })
  }
}
