import type { Database, Writer } from '@silian/kernel/database/database.ts'
import { arrayOf } from '@silian/kernel/imports/arrays.ts'
import type { ImportKind, NumberedRow, Written } from '@silian/kernel/imports/kind.ts'
import {
  type ImportOptions,
  type ImportRefusal,
  type ImportReport,
  runImport,
} from '@silian/kernel/imports/run.ts'
import type { Result } from '@silian/kernel/result/result.ts'
import { exactPrices, faultOfQuotation, priceColumns, type Quotation } from './rules.ts'

/** 北京新发地, whose published series the platform starts with. */
export const XINFADI = 'xinfadi'

export interface PriceOptions extends ImportOptions {
  /** Whose quotations these are. */
  readonly market?: string
}

/**
 * Reads a market's quotations (CSV: 品名, 最低价, 平均价, 最高价, 规格, 单位, 发布日期; yuan per unit); needs the batch
 * role. The first quotation of an item, specification, unit and day stands; another one for the same is a fault,
 * `price.conflicting`, unless it says the same. Further faults are those of the rules and of the cells.
 */
export const importPrices = (
  batch: Database,
  path: string,
  { market = XINFADI, ...options }: PriceOptions = {},
): Promise<Result<ImportReport, ImportRefusal>> =>
  runImport(batch, { programme: 'platform', actor: 'system' }, priceKind(market), path, options)

const priceKind = (market: string): ImportKind<typeof priceColumns> => ({
  name: 'prices',
  columns: priceColumns,
  fingerprint: market,
  check: faultOfQuotation,
  write: (tx, rows) => writePrices(tx, market, rows),
})

interface Recorded {
  readonly added: number
  /** Of rows that contradict an earlier one, counted from 1, and what that one says. */
  readonly places: readonly number[]
  readonly kept: readonly string[]
  readonly kept_per: readonly string[]
}

async function writePrices(
  tx: Writer,
  market: string,
  rows: readonly NumberedRow<Quotation>[],
): Promise<Written> {
  const [recorded] = await tx.query<Recorded>(
    'select * from record_prices($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [market, ...arraysOf(rows)],
    'prices-record',
  )
  const { added, places, kept, kept_per: per } = recorded!
  const faults = places.map((place, i) => {
    const params = { kept: Number(kept[i]), per: Number(per[i]) }
    return { number: rows[place - 1]!.number, fault: { column: '', code: 'price.conflicting', params } }
  })
  return { added, faults }
}

function arraysOf(rows: readonly NumberedRow<Quotation>[]): string[] {
  const prices = rows.map(({ row }) => exactPrices(row))
  return [
    arrayOf(rows.map(({ row }) => row.item)),
    arrayOf(rows.map(({ row }) => row.spec)),
    arrayOf(rows.map(({ row }) => row.on)),
    arrayOf(rows.map(({ row }) => row.unit)),
    arrayOf(prices.map(price => price.low)),
    arrayOf(prices.map(price => price.mean)),
    arrayOf(prices.map(price => price.high)),
    arrayOf(prices.map(price => price.per)),
  ]
}
