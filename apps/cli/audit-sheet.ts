import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeCsv } from '@silian/kernel/sheets/csv-write.ts'
import { type Table, type TableColumn, type TableFormat, tableSheet } from '@silian/kernel/sheets/table.ts'
import { writeWorkbook } from '@silian/kernel/sheets/write.ts'
import type { SampledVoucher, SampleFile } from './audit-file.ts'
import { besideText, gradeWords } from './audit-words.ts'

/** Headings that the sheet is read back by. */
export const headings = {
  logIndex: '日志序号 / Log index',
  place: '位次 / Place',
  seen: '见到凭证（是/否） / Voucher seen (yes/no)',
  found: '凭证金额 / Amount on the paper',
  remark: '备注 / Remark',
} as const

export const formatOf = (unit: string): TableFormat => (unit === 'fen' || unit === 'gram' ? unit : 'whole')
const unitWords: Readonly<Record<string, string>> = { fen: '元 / yuan', gram: '千克 / kg' }

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
  const unit = unitWords[figure.unit] ?? figure.unit
  const text = (label: string, width?: number): TableColumn => ({
    ...{ label, format: 'text' },
    ...(width ? { width } : {}),
  })
  return {
    name: '样本 Sample',
    columns: [
      { label: '序号 / No.', format: 'whole', width: 8 },
      { label: headings.logIndex, format: 'whole' },
      { label: headings.place, format: 'whole', width: 8 },
      text('事实编号 / Fact', 38),
      text('事实种类 / Kind'),
      { label: '发生时间 / Happened at', format: 'instant' },
      { label: `入账金额 / Amount in the figure (${unit})`, format },
      { label: '抽中次数 / Times drawn', format: 'whole' },
      text('签名 / Signed by', 10),
      text('证据等级 / Grade', 26),
      text('所依事实 / Rests on', 40),
      text('由谁签认 / Borne out by', 40),
      text(headings.seen),
      { label: `${headings.found} (${unit})`, format },
      { label: `差异 / Difference (${unit})`, format },
      text(headings.remark, 30),
    ],
    rows: (vouchers ?? []).map((voucher, at) => rowOf(voucher, at + 1)),
  }
}

const rowOf = (voucher: SampledVoucher, number: number) => [
  ...[number, voucher.logIndex, voucher.place, voucher.fact, voucher.type, voucher.at],
  ...[Number(voucher.amount), voucher.times, voucher.by, gradeWords[voucher.grade]],
  ...[besideText(voucher.refs), besideText(voucher.countersigned), null, null, null, null],
]

/** What the sample is of, and how another program draws the same. */
function summaryTable(file: SampleFile): Table {
  const { figure, witnesses } = file
  const percent = (share: number) => `${+(100 * share).toFixed(3)} %`
  return pairs('抽样 Audit sample', [
    ['日志 / Log', file.origin],
    ['日志地址 / Address', file.log],
    ['指标 / Metric', figure.metric],
    ['期间 / Period', figure.period],
    ['增减 / Side', figure.side === 'plus' ? '增加 / adds' : '减少 / takes away'],
    [`合计 / Sum (${figure.unit})`, figure.sum],
    ['笔数 / Amounts', String(figure.count)],
    ['公布事实 / Published by', figure.fact],
    ['公布序号 / At log index', String(figure.index)],
    ['计入序号之前 / Counts entries below', String(figure.upTo)],
    ['求和树根 / Root of the sum tree', figure.root],
    ['声明 / Statement', figure.statement],
    ['检查点条数 / Checkpoint, entries', String(file.size)],
    ['检查点根 / Checkpoint, root', file.treeRoot],
    ...witnesses.flatMap(({ name, vkey, time, signature }): [string, string][] => [
      ['见证 / Witness', `${name}, ${new Date(time * 1000).toISOString()}`],
      ['见证公钥 / Witness key', vkey],
      ['见证签名 / Cosignature', signature],
    ]),
    ['种子 / Seed', file.seed],
    [
      '种子由来 / How the seed is made',
      'SHA-256("silian/sample/v1\\n" ‖ statement ‖ (key ‖ u64 time ‖ signature)…), witnesses by key: docs/log-format.md',
    ],
    ['抽取单位数 / Units drawn', String(file.units.length)],
    ['置信度 / Confidence', percent(file.confidence)],
    ['可容忍的虚增 / Tolerable share', percent(file.rate)],
  ])
}

/** A sheet of names and values. */
export const pairs = (name: string, rows: readonly (readonly [string, string])[]): Table => ({
  name,
  columns: [
    { label: '项目 / Item', format: 'text', width: 34 },
    { label: '内容 / Value', format: 'text', width: 80 },
  ],
  rows,
})
