import type { SheetCell, SheetRow } from '@silian/kernel/sheets/cell.ts'
import { cellText } from '@silian/kernel/sheets/cell.ts'
import { openSheets } from '@silian/kernel/sheets/read.ts'
import { inUnit } from '@silian/kernel/sheets/table.ts'
import { readBytes } from '@silian/verifier/files.ts'
import type { Finding } from '@silian/verifier/sample-bound.ts'
import type { SampledVoucher, SampleFile } from './audit-file.ts'
import { formatOf, headings } from './audit-sheet.ts'
import { linesOf } from './audit-words.ts'

/** What the auditor wrote of one voucher, and what is wrong with it. */
export interface Judged extends Finding {
  readonly voucher: SampledVoucher
  readonly remark: string
}
export type Findings =
  | { readonly ok: true; readonly judged: readonly Judged[] }
  /** Vouchers of which the sheet says nothing that can be read; without the columns, all. */
  | { readonly ok: false; readonly open: readonly SampledVoucher[] }

/** Reads an auditor's sheet by its headings; only what was found is taken from it, the amounts are the sample's own. */
export async function readFindings(file: SampleFile, path: string): Promise<Findings> {
  const vouchers = file.vouchers ?? []
  const rows = await rowsOf(path)
  const judged = vouchers.map(voucher => {
    const row = rows.get(`${voucher.logIndex} ${voucher.place}`)
    const found = row && foundOf(row, file.figure.unit)
    if (found === undefined) return undefined
    const { amount, times } = voucher
    return { voucher, amount: BigInt(amount), found, times, remark: cellText(row?.remark) }
  })
  const open = vouchers.filter((_, at) => judged[at] === undefined)
  return open.length > 0
    ? { ok: false, open }
    : { ok: true, judged: judged.filter(each => each !== undefined) }
}

type Row = Readonly<Record<keyof typeof headings, SheetCell | undefined>>

async function rowsOf(path: string): Promise<Map<string, Row>> {
  const sheets = await openSheets(Buffer.from(await readBytes(path)))
  const rows = new Map<string, Row>()
  try {
    for (const sheet of sheets.sheets) {
      let columns: Readonly<Record<string, number>> | undefined
      for await (const row of sheets.rows(sheet)) {
        columns ??= columnsOf(row)
        if (!columns) continue
        const found = rowIn(row, columns)
        rows.set(`${cellText(found.logIndex)} ${cellText(found.place)}`, found)
      }
    }
    return rows
  } finally {
    sheets.close()
  }
}

/** Where the columns stand, where a row is the heading. */
function columnsOf({ cells }: SheetRow): Record<string, number> | undefined {
  const places = Object.entries(headings).map(
    ([name, label]) => [name, cells.findIndex(cell => cellText(cell).startsWith(label))] as const,
  )
  return places.every(([, at]) => at >= 0) ? Object.fromEntries(places) : undefined
}

const rowIn = ({ cells }: SheetRow, columns: Readonly<Record<string, number>>): Row =>
  Object.fromEntries(Object.entries(columns).map(([name, at]) => [name, cells[at]])) as Row

/** In the unit of the figure; none where there is no voucher. Undefined where the row does not say. */
function foundOf({ seen, found }: Row, unit: string): bigint | undefined {
  const word = cellText(seen).toLowerCase()
  if (isAnswer('answer.no', word)) return 0n
  if (!isAnswer('answer.yes', word)) return undefined
  const text = cellText(found).replace(/[,，\s]/g, '')
  if (!/^-?\d{1,15}(\.\d{1,3})?$/.test(text)) return undefined
  return BigInt(Math.round(Number(text) / inUnit(formatOf(unit), 1)))
}

const isAnswer = (key: 'answer.yes' | 'answer.no', word: string): boolean =>
  linesOf(key).some(words => words.split('|').includes(word))
