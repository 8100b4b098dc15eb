import type { Reader } from '@silian/kernel/database/database.ts'
import type { Price } from '@silian/kernel/money/money.ts'
import { XINFADI } from './import.ts'

/** A market's mean price: `fen` for every `per` grams. */
export interface ReferencePrice extends Price {
  /** The day it was quoted; how old a quotation may be is for the caller to say. */
  readonly on: string
}

/** The latest mean quoted at or before a date (`YYYY-MM-DD`); undefined where there was none yet. */
export async function referencePrice(
  tx: Reader,
  item: string,
  spec: string,
  on: string,
  market: string = XINFADI,
): Promise<ReferencePrice | undefined> {
  const [row] = await tx.query<ReferencePrice>(
    `select mean_fen as fen, per_grams as per, on_date as "on" from market_price
     where market = $1 and item = $2 and spec = $3 and on_date <= $4 order by on_date desc, unit limit 1`,
    [market, item, spec, on],
    'price-reference',
  )
  return row
}
