import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'

/** Products with a lot and four offers each, a tenth of them of the small world's first co-op; links of every tenth household. */
export async function goods({ query }: Filler, { households }: Size): Promise<void> {
  const products = households / 400
  await query(
    'create temp table first_coop as select cooperative_id as id from product where key = $$mango$$',
  )
  const ofCoop = `case when i % 10 = 0 then (select id from first_coop) else made('coop' || 1 + i % $3::int) end`
  const from = 'from generate_series(1, $2::int) i join place p on p.n = (i - 1)::bigint * 10000 / $2::int'
  const values = [PROGRAMME, products, households / 500]
  await query(
    `insert into product (programme_id, id, key, name_zh, name_en, class, county_code, area_path, cooperative_id, unit,
       story_zh, story_en, source, recognised_from, recognised_to, created_at)
     select $1, made('product' || i), 'g' || i, '示范果' || i, 'Fruit ' || i,
       (array['fruit/mango', 'fruit/kiwi', 'grain/rice', 'tea'])[1 + i % 4], p.county,
       left(p.path, 14), ${ofCoop}, 'g', '', '', 'bench', '2025-01-01', '2027-01-01', '2025-01-01T00:00:00Z' ${from}`,
    values,
  )
  await query(
    `insert into lot (programme_id, id, code, product_id, cooperative_id, harvested_on, quantity, own_quantity,
       households, created_at)
     select $1, made('lot' || i), 'G' || i, made('product' || i), ${ofCoop}, '2025-10-01', 1000000, 1000000, 0,
       '2025-10-01T00:00:00Z' ${from}`,
    values,
  )
  await query(
    `insert into ledger_account (programme_id, account, unit, kind, balance, opened_at)
     select programme_id, 'stock/lot/' || id, 'g', 'ceiling', quantity, created_at from lot
      where programme_id = $1 on conflict do nothing`,
    [PROGRAMME],
  )
  await query(
    `insert into offer (programme_id, id, version, state, product_id, seller_id, lot_id, spec_zh, spec_en, per_piece,
       price_fen, ship_days, created_at)
     select $1, made('offer' || i || '/' || o.no), 1, case when o.no = 4 then 'withdrawn' else 'listed' end,
       made('product' || i), ${ofCoop}, made('lot' || i), '一箱', 'Box', 5000, 8000, 5, '2025-10-01T00:00:00Z'
       ${from} cross join generate_series(1, 4) o (no)`,
    values,
  )
  await query(
    `insert into undertaking (programme_id, id, kind, promisor, promisee, unit, bound, formula, starts_on, ends_on,
       state, signed_at)
     select programme_id, made('link' || h.id), 'link.share_dividend',
       case when random() < 0.1 then (select id from first_coop)::text else made('coop1')::text end, h.id::text,
       'fen', 'floor', u.formula, '2025-01-01', '2026-12-31', 'open', '2025-01-01T00:00:00Z'
       from household h, (select formula from undertaking where kind = 'link.share_dividend' limit 1) u
      where h.programme_id = $1 and h.code like '%5'`,
    [PROGRAMME],
  )
}
