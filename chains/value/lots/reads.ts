import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { Lot, LyingAt } from './contract.ts'

interface Row {
  readonly id: string
  readonly code: string
  readonly product_id: string
  readonly cooperative_id: string
  readonly harvested_on: string
  readonly place_id: string | null
  readonly place_name: string | null
  readonly quantity: number
  readonly stored: number
  readonly available: number
  readonly households: number
}

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly product?: string | undefined
  readonly place?: string | undefined
}

const parties = { programme: 'l.programme_id', organisations: ['l.cooperative_id'], areaPath: 'p.area_path' }

/** The newest harvest first. */
export async function listLots(tx: Reader, reach: Reach, query: Query): Promise<Page<Lot>> {
  const { sql, values } = reachPredicate(reach, parties, 5)
  const rows = await tx.query<Row>(
    `select l.*, w.name as place_name, coalesce(s.balance, 0) as stored,
       coalesce(s.balance - s.held, 0) as available from (
       select l.*, 'stock/lot/' || l.id as stock from lot l
       join product p on p.programme_id = l.programme_id and p.id = l.product_id
       where (l.harvested_on, l.id) < (split_part($1, '|', 1)::date, split_part($1, '|', 2)::uuid)
         and ($2::uuid is null or l.product_id = $2) and ${atPlace(query.place)} and ${sql}
       order by l.harvested_on desc, l.id desc limit $4) l
     left join ledger_account s on s.programme_id = l.programme_id and s.account = l.stock
     left join storage_place w on w.programme_id = l.programme_id and w.id = l.place_id
     order by l.harvested_on desc, l.id desc`,
    [
      query.after ?? newestUpTo(undefined),
      query.product ?? null,
      query.place ?? null,
      query.limit + 1,
      ...values,
    ],
  )
  return pageFrom(rows, query.limit, row => `${row.harvested_on}|${row.id}`, lotOf)
}

/** `$3` is the place. */
const atPlace = (place: string | undefined): string => {
  if (place === undefined) return '$3::text is null'
  return place === 'none' ? `l.place_id is null and $3::text = 'none'` : 'l.place_id = $3::uuid'
}

const lotOf = (row: Row): Lot => ({
  id: row.id,
  code: row.code,
  productId: row.product_id,
  cooperativeId: row.cooperative_id,
  harvestedOn: row.harvested_on,
  placeId: row.place_id,
  placeName: row.place_name,
  quantity: row.quantity,
  stored: row.stored,
  available: row.available,
  households: row.households,
})

interface LyingRow {
  readonly place_id: string | null
  readonly name: string | null
  readonly kind: LyingAt['kind']
  readonly state: LyingAt['state']
  readonly unit: 'g' | 'piece' | null
  readonly lots: number
  readonly stored: number
  readonly available: number
}

const placeParties = { programme: 'w.programme_id', organisations: ['w.seller_id'], areaPath: 'w.area_path' }

/** What lies where, of the lots within reach, and the places within reach at which nothing lies: one statement. */
export async function lotsByPlace(tx: Reader, reach: Reach): Promise<LyingAt[]> {
  const own = reachPredicate(reach, parties, 2)
  const places = reachPredicate(reach, placeParties, 2 + own.values.length)
  const rows = await tx.query<LyingRow>(
    `with lying as (
       select l.place_id, p.unit, count(*) as lots, sum(s.balance)::bigint as stored,
         sum(s.balance - s.held)::bigint as available
       from lot l
       join product p on p.programme_id = l.programme_id and p.id = l.product_id
       join ledger_account s on s.programme_id = l.programme_id and s.account = 'stock/lot/' || l.id
       where s.balance > 0 and ${own.sql} group by 1, 2)
     select w.id as place_id, w.name, w.kind, w.state, y.unit, coalesce(y.lots, 0) as lots,
       coalesce(y.stored, 0) as stored, coalesce(y.available, 0) as available
     from storage_place w left join lying y on y.place_id = w.id
     where w.programme_id = $1 and (y.lots > 0 or (${places.sql}))
     union all
     select null, null, null, null, unit, lots, stored, available from lying where place_id is null
     order by state desc nulls last, name, place_id, unit`,
    [tx.programme, ...own.values, ...places.values],
  )
  return [...Map.groupBy(rows, row => row.place_id).values()].map(lyingOf)
}

function lyingOf(rows: readonly LyingRow[]): LyingAt {
  const { place_id: placeId, name, kind, state } = rows[0]!
  return {
    ...{ placeId, name, kind, state },
    lots: rows.reduce((sum, { lots }) => sum + lots, 0),
    goods: rows.flatMap(({ unit, stored, available }) => (unit ? [{ unit, stored, available }] : [])),
  }
}
