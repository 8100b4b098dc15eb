import type { ReferencePrice } from './reference.ts'

export interface ClassReference extends ReferencePrice {
  readonly market: string
  readonly item: string
}

/**
 * The newest mean quoted at or before a date for goods that stand for a class of the produce tree, of those the nearest
 * to it, as JSON of a `ClassReference`; null where no market quotes one.
 */
export const newestOfClassJson = (path: string, on: string): string => `(select row_to_json(newest) from (
    select q.market, q.item, q.mean_fen as fen, q.per_grams as per, q.on_date as "on"
    from produce_class c cross join lateral unnest(c.market_items) with ordinality as named (item, nearest)
    join market_price q on q.item = named.item
    where c.path = ${path} and q.on_date <= ${on}
    order by q.on_date desc, nearest, q.market, q.spec, q.unit limit 1) newest)`
