import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeCsv } from '@silian/kernel/sheets/csv-write.ts'
import { type Table, type TableColumn, type TableFormat, tableSheet } from '@silian/kernel/sheets/table.ts'
import { writeWorkbook } from '@silian/kernel/sheets/write.ts'
import type { SampledVoucher, SampleFile } from './audit-file.ts'
import type { AuditMessage } from './audit-messages.ts'
import { amountIn, besideText, both, linesOf, partyText, unitIn } from './audit-words.ts'

/** Headings that the sheet is read back by. */
export const headings = {
  logIndex: both('column.log_index'),
  place: both('column.place'),
  seen: both('column.seen'),
  found: both('column.found'),
  remark: both('column.remark'),
} as const

export const formatOf = (unit: string): TableFormat => (unit === 'fen' || unit === 'gram' ? unit : 'whole')

/** The auditor's sheet, by the ending of its name: a workbook, or its rows alone as CSV. Empty columns are the auditor's. */
export async function writeSheet(file: SampleFile, path: string, more: readonly Table[] = []): Promise<void> {
  const rows = rowsTable(file)
  const content: Readable = path.endsWith('.csv')
    ? writeCsv(rows)
    : writeWorkbook([summaryTable(file), rows, ...more].map(tableSheet))
  await pipeline(content, createWriteStream(path))
}

function rowsTable({ figure, vouchers }: SampleFile): Table {
  const format = formatOf(figure.unit)
  const unit = unitIn(figure.unit)
  const text = (label: string, width?: number): TableColumn => ({
    ...{ label, format: 'text' },
    ...(width ? { width } : {}),
  })
  return {
    name: sheetNamed('sheet.rows'),
    columns: [
      { label: both('column.no'), format: 'whole', width: 8 },
      { label: headings.logIndex, format: 'whole' },
      { label: headings.place, format: 'whole', width: 8 },
      text(both('column.number')),
      text(both('column.buyer'), 30),
      text(both('column.seller'), 30),
      text(both('column.fact'), 38),
      text(both('column.kind')),
      { label: both('column.at'), format: 'instant' },
      { label: `${both('column.amount')} (${unit})`, format },
      { label: both('column.times'), format: 'whole' },
      text(both('column.by'), 20),
      text(both('column.grade'), 28),
      text(both('column.refs'), 40),
      text(both('column.countersigned'), 40),
      text(headings.seen),
      { label: `${headings.found} (${unit})`, format },
      { label: `${both('column.difference')} (${unit})`, format },
      text(headings.remark, 30),
    ],
    rows: (vouchers ?? []).map((voucher, at) => rowOf(voucher, at + 1)),
  }
}

const rowOf = (voucher: SampledVoucher, number: number) => [
  ...[number, voucher.logIndex, voucher.place, voucher.number],
  ...[partyText(voucher.buyer), partyText(voucher.seller), voucher.fact, voucher.type, voucher.at],
  ...[Number(voucher.amount), voucher.times, both(`by.${voucher.by}`), both(`grade.${voucher.grade}`)],
  ...[besideText(voucher.refs), besideText(voucher.countersigned), null, null, null, null],
]

/** What the sample is of, and how another program draws the same. */
function summaryTable(file: SampleFile): Table {
  const { figure, witnesses } = file
  const percent = (share: number) => `${+(100 * share).toFixed(3)} %`
  return pairs('sheet.summary', [
    [both('summary.log'), file.origin],
    [both('summary.address'), file.log],
    [both('summary.metric'), figure.metric],
    [both('summary.period'), figure.period],
    [both('summary.side'), both(`side.${figure.side}`)],
    [`${both('summary.sum')} (${unitIn(figure.unit)})`, amountIn(figure.unit, BigInt(figure.sum))],
    [both('summary.count'), String(figure.count)],
    [both('summary.fact'), figure.fact],
    [both('summary.index'), String(figure.index)],
    [both('summary.up_to'), String(figure.upTo)],
    [both('summary.root'), figure.root],
    [both('summary.statement'), figure.statement],
    [both('summary.size'), String(file.size)],
    [both('summary.tree_root'), file.treeRoot],
    ...witnesses.flatMap(({ name, vkey, time, signature }): [string, string][] => [
      [both('summary.witness'), `${name}, ${new Date(time * 1000).toISOString()}`],
      [both('summary.witness_key'), vkey],
      [both('summary.cosignature'), signature],
    ]),
    [both('summary.seed'), file.seed],
    [
      both('summary.seed_how'),
      'SHA-256("silian/sample/v1\\n" ‖ statement ‖ (key ‖ u64 time ‖ signature)…): docs/log-format.md',
    ],
    [both('summary.units'), String(file.units.length)],
    [both('summary.confidence'), percent(file.confidence)],
    [both('summary.rate'), percent(file.rate)],
    [both('summary.checked'), both('checked.opened')],
    [both('summary.names'), both('names.server')],
  ])
}

/** A sheet's name holds no stroke. */
const sheetNamed = (key: Extract<AuditMessage, `sheet.${string}`>): string => linesOf(key).join(' ')

/** A sheet of names and values. */
export const pairs = (
  name: Extract<AuditMessage, `sheet.${string}`>,
  rows: readonly (readonly [string, string])[],
): Table => ({
  name: sheetNamed(name),
  columns: [
    { label: both('item'), format: 'text', width: 34 },
    { label: both('value'), format: 'text', width: 80 },
  ],
  rows,
})
