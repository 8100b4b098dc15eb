import { asOwner } from '../stand.ts'

type Query = Parameters<Parameters<typeof asOwner>[1]>[0]

/** How much of everything; the large programme is ten times the small one. */
export interface Size {
  readonly households: number
  readonly orderLines: number
}

const PROGRAMME = 'shenzhen'
const MEMBERS = 3
const LINES = 2

/**
 * Fills the small world's programme with generated rows, written as the owner: the same tables, indexes and statistics
 * as in use, without the signatures that take longer than everything that is measured here. Sealed values are bytes
 * that no key opens, so names show as a dash.
 */
export async function generate(
  owner: Parameters<typeof asOwner>[0],
  { households, orderLines }: Size,
): Promise<void> {
  await asOwner(owner, async query => {
    await query(`set session_replication_role = replica`)
    await query(`set synchronous_commit = off`)
    await villages(query)
    await householdRows(query, households)
    await orderRows(query, orderLines / LINES)
    await query('vacuum analyze')
  })
}

/** Twenty counties of five townships of a hundred villages below the city of the small world. */
async function villages(query: Query): Promise<void> {
  await query(`
    insert into area (code, name_zh, name_en, level, parent_code, path, valid_from, assisted832)
    select c.code, '县' || c.code, 'County ' || c.code, 'county', '451000', '45/4510/' || c.code, '1949-10-01', true
      from (select (451040 + i)::text as code from generate_series(1, 20) i) c
    on conflict do nothing`)
  await query(`
    insert into area (code, name_zh, name_en, level, parent_code, path, valid_from, assisted832)
    select t.code, '镇' || t.code, 'Town ' || t.code, 'township', left(t.code, 6), '45/4510/' || left(t.code, 6) || '/' || t.code,
      '1949-10-01', false
      from (select (451040 + i)::text || (100 + j)::text as code from generate_series(1, 20) i, generate_series(1, 5) j) t
    on conflict do nothing`)
  await query(`
    insert into area (code, name_zh, name_en, level, parent_code, path, valid_from, assisted832)
    select v.code, '村' || v.code, 'Village ' || v.code, 'village', left(v.code, 9),
      '45/4510/' || left(v.code, 6) || '/' || left(v.code, 9) || '/' || v.code, '1949-10-01', false
      from (select (451040 + i)::text || (100 + j)::text || (200 + k)::text as code
              from generate_series(1, 20) i, generate_series(1, 5) j, generate_series(1, 100) k) v
    on conflict do nothing`)
}

/** Causes as in Guangdong's register of 2016 (2.5), classes as in 2.6. */
async function householdRows(query: Query, count: number): Promise<void> {
  await query(
    `insert into household (programme_id, id, code, village_code, area_path, class, cause, member_count, registered_at)
     select $1, md5('household' || i)::uuid, 'G' || lpad(i::text, 8, '0'), v.code, a.path,
       (array['lifted', 'lifted', 'lifted', 'unstable', 'marginal', 'sudden', 'ordinary'])[1 + i % 7],
       (array['illness', 'illness', 'illness', 'labour', 'labour', 'disability', 'disability', 'study', 'funds', 'other'])[1 + i % 10],
       $3, '2025-01-01T00:00:00Z'
       from generate_series(1, $2::int) i,
         lateral (select (451041 + i % 20)::text || (101 + i / 20 % 5)::text || (201 + i / 100 % 100)::text as code) v
         join area a on a.code = v.code`,
    [PROGRAMME, count, MEMBERS],
  )
  await query(
    `insert into household_member (programme_id, id, household_id, no, name, id_number, id_index, relation, sex,
       birth_year, labour)
     select $1, md5('member' || i || '/' || n)::uuid, md5('household' || i)::uuid, n, sha256('name'), sha256('number'),
       substr(sha256(('index' || i || '/' || n)::bytea), 1, 16), '家人', case n % 2 when 0 then 'female' else 'male' end,
       1960 + i % 50, 'ordinary' from generate_series(1, $2::int) i, generate_series(1, $3::int) n`,
    [PROGRAMME, count, MEMBERS],
  )
}

/** Orders of the world's two units from its two co-ops, spread over a year. */
async function orderRows(query: Query, count: number): Promise<void> {
  await query(
    `insert into "order" (programme_id, id, number, state, buyer_id, seller_id, declaration_id, total_fen, note, ship_by,
       placed_by, placed_at, approved_at, shipped_at, accepted_at, paid_at, evaluated_at, completed_at, score)
     select $1, md5('order' || i)::uuid, 'G' || lpad(i::text, 9, '0'),
       (array['in_approval', 'approved', 'shipped', 'accepted', 'accepted', 'accepted'])[1 + i % 6],
       d.unit_id, p.cooperative_id, d.id, 16000, '', '2025-12-01', 'bench', t.at, t.at, t.at, t.at, t.at, t.at,
       case when i % 6 > 2 then t.at end, 5
       from generate_series(1, $2::int) i
       join lateral (select timestamptz '2025-01-01T00:00:00Z' + i % 365 * interval '1 day' + i * interval '1 second' as at) t on true
       join (select *, row_number() over (order by id) - 1 as n from declaration where year = 2025) d on d.n = i % 2
       join (select *, row_number() over (order by id) - 1 as n from product) p on p.n = i % 2`,
    [PROGRAMME, count],
  )
  await query(
    `insert into order_line (programme_id, order_id, no, offer_id, offer_version, product_id, lot_id, pieces, quantity,
       price_fen, amount_fen, county_code, recognised)
     select $1, md5('order' || i)::uuid, n, o.id, 1, o.product_id, o.lot_id, 1, 5000, 8000, 8000, '451003', true
       from generate_series(1, $2::int) i, generate_series(1, $3::int) n,
         (select * from offer order by id limit 1) o`,
    [PROGRAMME, count, LINES],
  )
}
