import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { OrderParcels, Parcel } from './contract.ts'
import type { ParcelRow } from './pack.ts'
import { progressOf } from './progress.ts'
import { type EventKind, type ParcelState, toSend } from './rules.ts'

type Row = ParcelRow & { readonly number: string; readonly accepted_at: Date | null }

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly state?: ParcelState | undefined
}

const parties = { programme: 'q.programme_id', organisations: ['q.seller_id'] }

/** A seller's parcels, the newest first. */
export async function listParcels(tx: Reader, reach: Reach, query: Query): Promise<Page<Parcel>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `select q.*, o.number, o.accepted_at from parcel q join "order" o on o.programme_id = q.programme_id and o.id = q.order_id
     where ($1::text is null or (q.packed_at, q.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid))
       and ($3::text is null or q.state = $3) and ${sql} order by q.packed_at desc, q.id desc limit $2`,
    [query.after ?? null, query.limit + 1, query.state ?? null, ...values],
  )
  const details = await detailsOf(tx, rows)
  return pageFrom(
    rows,
    query.limit,
    row => `${row.packed_at.toISOString()}|${row.id}`,
    row => parcelOf(row, details),
  )
}

/** The parcels of an order that the caller may read, and what of each line is where. */
export async function parcelsOf(tx: Reader, orderId: string): Promise<OrderParcels> {
  const rows = await tx.query<Row>(
    `select q.*, o.number, o.accepted_at from parcel q join "order" o on o.programme_id = q.programme_id and o.id = q.order_id
     where q.programme_id = $1 and q.order_id = $2 order by q.no`,
    [tx.programme, orderId],
  )
  const details = await detailsOf(tx, rows)
  const now = await progressOf(tx, orderId)
  const [order] = await tx.query<{ off_fen: number }>(
    'select off_fen from "order" where programme_id = $1 and id = $2',
    [tx.programme, orderId],
  )
  return {
    parcels: rows.map(row => parcelOf(row, details)),
    lines: now.map(line => ({
      ...{ no: line.no, ordered: line.pieces, toSend: toSend(line, line) },
      ...{ packed: line.packed, sent: line.sent, off: line.off },
    })),
    offFen: order?.off_fen ?? 0,
  }
}

interface Details {
  readonly lines: Map<string, Parcel['lines']>
  readonly events: Map<string, Parcel['events']>
}

/** Lines and events of a page of parcels: a statement each. */
async function detailsOf(tx: Reader, rows: readonly Row[]): Promise<Details> {
  const ids = rows.map(({ id }) => id)
  const lines = await tx.query<Parcel['lines'][number] & { parcel: string }>(
    `select x.parcel_id as parcel, x.line_no as no, x.pieces, p.name_zh as "nameZh", p.name_en as "nameEn",
       f.spec_zh as "specZh", f.spec_en as "specEn"
     from parcel_line x
     join order_line l on l.programme_id = x.programme_id and l.order_id = x.order_id and l.no = x.line_no
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     join offer f on f.programme_id = l.programme_id and f.id = l.offer_id
     where x.programme_id = $1 and x.parcel_id = any($2::uuid[]) order by x.line_no`,
    [tx.programme, ids],
    'parcel-lines',
  )
  const events = await tx.query<{ parcel: string; kind: EventKind; at: Date; place: string }>(
    `select parcel_id as parcel, kind, at, place from parcel_event
     where programme_id = $1 and parcel_id = any($2::uuid[]) order by at desc`,
    [tx.programme, ids],
    'parcel-events',
  )
  const group = <T, R>(all: readonly (T & { parcel: string })[], of: (one: T) => R) =>
    new Map([...Map.groupBy(all, each => each.parcel)].map(([id, some]) => [id, some.map(of)]))
  return {
    lines: group(lines, ({ no, pieces, nameZh, nameEn, specZh, specEn }) => ({
      ...{ no, pieces, nameZh, nameEn, specZh, specEn },
    })),
    events: group(events, ({ kind, at, place }) => ({ kind, at: at.toISOString(), place })),
  }
}

const parcelOf = (row: Row, { lines, events }: Details): Parcel => ({
  ...{ id: row.id, orderId: row.order_id, orderNumber: row.number, no: row.no, state: row.state },
  ...{ carrier: row.carrier, carrierName: row.carrier_name, waybill: row.waybill },
  packedAt: row.packed_at.toISOString(),
  shippedAt: row.shipped_at?.toISOString() ?? null,
  deliveredAt: row.delivered_at?.toISOString() ?? null,
  acceptedAt: row.accepted_at?.toISOString() ?? null,
  lines: lines.get(row.id) ?? [],
  events: events.get(row.id) ?? [],
})

/** Parcels with their lines and events; whether the caller may read them was settled before. */
export async function parcelsWith(tx: Reader, ids: readonly string[]): Promise<Parcel[]> {
  const rows = await tx.query<Row>(
    `select q.*, o.number, o.accepted_at from parcel q join "order" o on o.programme_id = q.programme_id and o.id = q.order_id
     where q.programme_id = $1 and q.id = any($2::uuid[])`,
    [tx.programme, ids],
  )
  const details = await detailsOf(tx, rows)
  return rows.map(row => parcelOf(row, details))
}

/** The parcels with these ids that are within reach; refuses `parcel.not_found` unless all are. */
export async function findParcels(
  tx: Reader,
  reach: Reach,
  ids: readonly string[],
): Promise<Result<readonly ParcelRow[], 'parcel.not_found'>> {
  const wanted = [...new Set(ids)]
  const { sql, values } = reachPredicate(reach, parties, 2)
  const rows = await tx.query<ParcelRow>(
    `select q.* from parcel q where q.id = any($1::uuid[]) and ${sql} order by q.order_id, q.no`,
    [wanted, ...values],
  )
  return rows.length < wanted.length ? refuse('parcel.not_found') : ok(rows)
}
