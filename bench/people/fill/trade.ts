import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'

const LINES = 2
const DAYS = 365

/** Orders of the world's two units from its two co-ops, spread over a year; what is paid is settled and paid out. */
export async function trade(filler: Filler, { orderLines }: Size): Promise<void> {
  await orders(filler, orderLines / LINES)
  await payouts(filler)
}

/** One in a hundred waits for something; the others are through. */
async function orders({ query }: Filler, count: number): Promise<void> {
  await query(
    `insert into "order" (programme_id, id, number, state, buyer_id, seller_id, declaration_id, total_fen, note, ship_by,
       placed_by, placed_at, approved_at, shipped_at, accepted_at, paid_at, evaluated_at, completed_at, score)
     select $1, made('order' || i), '2025' || lpad(i::text, 9, '0'), s.state, d.unit_id, p.cooperative_id, d.id,
       16000, '', '2025-12-01', 'bench', t.at, t.at, t.at, t.at, t.at, t.at, case when s.done then t.at end, 5
       from generate_series(1, $2::int) i
       join lateral (select case when i % 100 = 0 then (array['in_approval', 'approved', 'shipped', 'accepted'])[1 + i / 100 % 4]
         else 'accepted' end as state, i % 100 > 0 as done) s on true
       join lateral (select timestamptz '2025-01-01T00:00:00Z' + i::double precision / $2::int * interval '${DAYS} days' as at) t on true
       join (select *, row_number() over (order by id) - 1 as n from declaration where year = 2025) d on d.n = i % 2
       join (select cooperative_id, row_number() over (order by id) - 1 as n from product where key in ('mango', 'kiwi')) p
         on p.n = i / 2 % 2`,
    [PROGRAMME, count],
  )
  await query(
    `insert into order_line (programme_id, order_id, no, offer_id, offer_version, product_id, lot_id, pieces, quantity,
       price_fen, amount_fen, county_code, recognised)
     select $1, made('order' || i), n, o.id, 1, o.product_id, o.lot_id, 1, 5000, 8000, 8000, '451003', true
       from generate_series(1, $2::int) i, generate_series(1, $3::int) n,
         (select * from offer where lot_id in (select id from lot where code = 'L1') limit 1) o`,
    [PROGRAMME, count, LINES],
  )
  await query(
    `insert into settlement (programme_id, order_id, fact_id, seller_id, total_fen, cooperative_fen, households_fen,
       households, settled_at)
     select programme_id, id, id, seller_id, total_fen, 9600, 6400, 1, paid_at from "order"
      where programme_id = $1 and completed_at is not null and placed_by = 'bench'`,
    [PROGRAMME],
  )
}

/** Items of a batch: a fact names them all, so that there are more batches where there are more households. */
const ITEMS = 500

/** Batches of a county and month, an item for every tenth household of the county; those of the last two months wait. */
async function payouts({ query }: Filler): Promise<void> {
  await query(
    `insert into payout_item (programme_id, id, batch_id, household_id, area_path, amount_fen, paid_at, confirmed_at)
     select programme_id, made('item' || id || m), made('batch' || county || m || '/' || (n - 1) / ${ITEMS}), id, area_path,
       10000, timestamptz '2025-01-21T00:00:00Z' + m * interval '30 days',
       case when m < 4 then timestamptz '2025-01-25T00:00:00Z' + m * interval '30 days' end
       from (select *, left(village_code, 6) as county, row_number() over (partition by left(village_code, 6) order by code) as n
               from household where programme_id = $1 and code like 'G%5') h, generate_series(0, 5) m`,
    [PROGRAMME],
  )
  await query(
    `insert into payout_batch (programme_id, id, county_code, area_path, state, total_fen, households, created_at, paid_at)
     select $1, batch_id, split_part(min(area_path), '/', 3), '45/4510/' || split_part(min(area_path), '/', 3), 'paid',
       sum(amount_fen), count(*), min(paid_at) - interval '1 day', min(paid_at) from payout_item
      where programme_id = $1 and amount_fen = 10000 group by batch_id`,
    [PROGRAMME],
  )
}
