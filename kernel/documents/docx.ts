import {
  AlignmentType,
  BorderStyle,
  Document as Docx,
  Table as DocxTable,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { type Block, type Document, type Table, widthsOf } from './document.ts'

/** Twentieths of a point between the margins of an A4 page. */
const WIDTH = 9026
const FONT = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '宋体', cs: 'Arial' }

/** The document for a word processor: real headings and tables, whose first row is repeated on every page. */
export function writeDocx(document: Document): Promise<Buffer> {
  return Packer.toBuffer(
    new Docx({
      title: document.title,
      creator: document.subtitle,
      styles: { default: { document: { run: { font: FONT, size: 22 } } } },
      sections: [
        {
          properties: { page: { size: { width: 11_906, height: 16_838 }, margin: margins } },
          footers: { default: footerOf(document.footer) },
          children: [
            new Paragraph({
              heading: HeadingLevel.TITLE,
              alignment: AlignmentType.CENTER,
              children: [new TextRun({ text: document.title, bold: true, size: 36, font: FONT })],
            }),
            new Paragraph({
              alignment: AlignmentType.CENTER,
              spacing: { after: 240 },
              children: [new TextRun({ text: document.subtitle, color: '555555' })],
            }),
            ...document.blocks.flatMap(block => blockOf(block, document.language)),
          ],
        },
      ],
    }),
  )
}

const margins = { top: 1440, bottom: 1440, left: 1440, right: 1440 }

/** Two characters of eleven points, as Chinese paragraphs begin. */
const INDENT = 440

function blockOf(block: Block, language: Document['language']): (Paragraph | DocxTable)[] {
  if (block.kind === 'table') return tableOf(block)
  if (block.kind === 'heading')
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        keepNext: true,
        spacing: { before: 280, after: 120 },
        children: [new TextRun({ text: block.text, bold: true, size: 28, color: '000000', font: FONT })],
      }),
    ]
  const isNote = block.kind === 'note'
  return [
    new Paragraph({
      spacing: { after: 140, line: 340 },
      ...(isNote || language !== 'zh' ? {} : { indent: { firstLine: INDENT } }),
      children: [new TextRun({ text: block.text, ...(isNote ? { size: 18, color: '555555' } : {}) })],
    }),
  ]
}

function tableOf(table: Table): (Paragraph | DocxTable)[] {
  const widths = widthsOf(table).map(share => Math.round(share * WIDTH))
  const rows = [
    rowOf(
      table,
      widths,
      table.columns.map(column => column.label),
      'head',
    ),
    ...table.rows.map((row, i) => rowOf(table, widths, row, i + 1 < table.rows.length ? 'row' : 'last')),
    ...(table.total ? [rowOf(table, widths, table.total, 'total')] : []),
  ]
  return [
    new Paragraph({
      keepNext: true,
      spacing: { before: 160, after: 80 },
      children: [new TextRun({ text: table.caption, bold: true, size: 20 })],
    }),
    new DocxTable({
      rows,
      columnWidths: widths,
      width: { size: WIDTH, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
    }),
    new Paragraph({ spacing: { after: 120 } }),
  ]
}

const line = { style: BorderStyle.SINGLE, size: 4, color: 'B8C2CC' }
const borders = { top: line, bottom: line, left: line, right: line }

const rowOf = (
  { columns }: Table,
  widths: readonly number[],
  row: readonly string[],
  kind: 'head' | 'row' | 'last' | 'total',
): TableRow =>
  new TableRow({
    tableHeader: kind === 'head',
    cantSplit: true,
    children: row.map(
      (text, i) =>
        new TableCell({
          borders,
          width: { size: widths[i]!, type: WidthType.DXA },
          verticalAlign: VerticalAlignTable.CENTER,
          margins: { top: 50, bottom: 50, left: 90, right: 90 },
          ...(kind === 'head' ? { shading: { type: ShadingType.CLEAR, fill: 'EEF2F5' } } : {}),
          children: [
            new Paragraph({
              // a heading is followed by a row, a total follows one, on the same page
              keepNext: kind === 'head' || kind === 'last',
              alignment: columns[i]?.align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
              children: [new TextRun({ text, size: 19, bold: kind === 'head' || kind === 'total' })],
            }),
          ],
        }),
    ),
  })

const footerOf = (text: string): Footer =>
  new Footer({
    children: [
      new Paragraph({ children: [new TextRun({ text, size: 14, color: '666666' })] }),
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({
            children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
            size: 16,
            color: '666666',
          }),
        ],
      }),
    ],
  })
