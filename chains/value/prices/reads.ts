import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { Quotation } from './contract.ts'

interface Row {
  readonly market: string
  readonly item: string
  readonly spec: string
  readonly on_date: string
  readonly unit: string
  readonly low_fen: number
  readonly mean_fen: number
  readonly high_fen: number
  readonly per_grams: number
}

/** The latest quotation of every item and specification whose name holds a text, by market, item and specification. */
export async function listQuotations(
  tx: Reader,
  query: { after?: string | undefined; limit: number; item?: string | undefined },
): Promise<Page<Quotation>> {
  const [market = '', item = '', spec = '', unit = ''] = (query.after ?? '').split('|')
  const rows = await tx.query<Row>(
    `select distinct on (market, item, spec, unit) market, item, spec, unit, on_date, low_fen, mean_fen, high_fen, per_grams
     from market_price where (market, item, spec, unit) > ($1, $2, $3, $4) and ($5::text is null or position($5 in item) > 0)
     order by market, item, spec, unit, on_date desc limit $6`,
    [market, item, spec, unit, query.item ?? null, query.limit + 1],
  )
  return pageFrom(
    rows,
    query.limit,
    row => [row.market, row.item, row.spec, row.unit].join('|'),
    row => ({
      market: row.market,
      item: row.item,
      spec: row.spec,
      on: row.on_date,
      unit: row.unit,
      lowFen: row.low_fen,
      meanFen: row.mean_fen,
      highFen: row.high_fen,
      perGrams: row.per_grams,
    }),
  )
}
