import type { Database, Writer } from '@silian/kernel/database/database.ts'
import { arrayOf } from '@silian/kernel/imports/arrays.ts'
import {
  type ImportKind,
  type ImportOptions,
  type ImportRefusal,
  type ImportReport,
  type NumberedRow,
  runImport,
  type Written,
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

async function writePrices(
  tx: Writer,
  market: string,
  rows: readonly NumberedRow<Quotation>[],
): Promise<Written> {
  const values = [market, ...arraysOf(rows)]
  const [inserted] = await tx.query<{ added: number }>(insert, values, 'prices-insert')
  const { added } = inserted!
  if (added === rows.length) return { added }
  const conflicts = await tx.query<{ number: number; kept: number; per: number }>(
    conflicting,
    [...values, arrayOf(rows.map(row => row.number))],
    'prices-conflicting',
  )
  return {
    added,
    faults: conflicts.map(({ number, kept, per }) => ({
      number,
      fault: { column: '', code: 'price.conflicting', params: { kept, per } },
    })),
  }
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

const arrays = `$2::text[], $3::text[], $4::date[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[]`

const insert = `
  with added as (
    insert into market_price (market, item, spec, on_date, unit, low_fen, mean_fen, high_fen, per_grams)
    select $1, * from unnest(${arrays}) on conflict do nothing returning 1)
  select count(*) as added from added`

// a price has one form only, so that equal prices have equal numbers
const conflicting = `
  select r.number, p.mean_fen as kept, p.per_grams as per
  from unnest(${arrays}, $10::bigint[]) as r (item, spec, on_date, unit, low, mean, high, per, number)
  join market_price p on p.market = $1 and p.item = r.item and p.spec = r.spec and p.on_date = r.on_date
    and p.unit = r.unit
  where (p.low_fen, p.mean_fen, p.high_fen, p.per_grams) <> (r.low, r.mean, r.high, r.per)`
