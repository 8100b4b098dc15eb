import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import { type Predicate, reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { isLate } from '@silian/kernel/fact/late.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { gradesOf } from '@silian/kernel/signing/grades.ts'
import { addDays, dateOf, startOf } from '@silian/kernel/time/shanghai.ts'
import { contractedDeclarations } from '../quota/reads.ts'
import type { Order, OrderDetail } from './contract.ts'
import { photosOf } from './photos.ts'
import { dueFen, factsOf, type OrderRow } from './row.ts'
import { checkMove, isEvaluable, isPayable, type OrderState, payableStates } from './rules.ts'

/** Both sides of an order see it; offices see those of their area's units. */
const parties = {
  programme: 'o.programme_id',
  organisations: ['o.buyer_id', 'o.seller_id'],
  areaPath: 'd.area_path',
  persons: ['o.buyer_id'],
}

/** The same, and for whoever runs an outsourced canteen the orders of its unit: few have any, so it is asked first. */
async function visibleTo(tx: Reader, reach: Reach, first: number): Promise<Predicate> {
  const own = reachPredicate(reach, parties, first)
  const run = await contractedDeclarations(tx, reach)
  if (run.length === 0) return own
  const at = first + own.values.length
  return {
    sql: `(${own.sql} or o.programme_id = $${at} and o.declaration_id = any($${at + 1}::uuid[]))`,
    values: [...own.values, reach.programme, run],
  }
}

type Row = OrderRow & {
  readonly buyer_name: string
  readonly seller_name: string
  readonly area_path: string | null
}

const select = `select o.*, coalesce(b.name_zh, '') as buyer_name, s.name_zh as seller_name, d.area_path
  from "order" o
  left join declaration d on d.programme_id = o.programme_id and d.id = o.declaration_id
  left join organisation b on b.programme_id = o.programme_id and b.id = o.buyer_id
  join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id`

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly state?: OrderState | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly late?: 'true' | undefined
  readonly payable?: 'true' | undefined
  readonly text?: string | undefined
}

/** The beginning of a number, or a part of either party's name; undefined where nobody is called so. */
async function soughtBy(tx: Reader, text: string, first: number): Promise<Predicate | undefined> {
  const begin = text.normalize('NFKC').toUpperCase()
  if (/^\d/.test(begin))
    return {
      sql: `o.number collate "C" >= $${first} and o.number collate "C" < $${first + 1}`,
      values: [begin, `${begin}~`],
    }
  const parties = await tx.query<{ id: string }>(
    'select id from organisation where programme_id = $1 and position($2 in name_zh) > 0',
    [tx.programme, text],
    'orders-parties',
  )
  if (parties.length === 0) return undefined
  return {
    sql: `(o.buyer_id = any($${first}::uuid[]) or o.seller_id = any($${first}::uuid[]))`,
    values: [parties.map(({ id }) => id)],
  }
}

const anything: Predicate = { sql: 'true', values: [] }

/** Newest first: ids grow with time. */
export async function listOrders(tx: Reader, reach: Reach, query: Query): Promise<Page<Order>> {
  const sought = query.text === undefined ? anything : await soughtBy(tx, query.text, 8)
  if (!sought) return { items: [], next: null }
  const { sql, values } = await visibleTo(tx, reach, 8 + sought.values.length)
  const rows = await tx.query<Row>(
    `${select} where (o.placed_at, o.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
       and ($2::text is null or o.state = $2)
       and ($4::timestamptz is null or o.placed_at >= $4) and ($5::timestamptz is null or o.placed_at < $5)
       and ($6::date is null or o.state = 'approved' and o.ship_by < $6)
       and ($7::text is null or o.buyer_kind = 'unit' and o.paid_at is null and o.state = any(string_to_array($7, ',')))
       and ${sought.sql} and ${sql} order by o.placed_at desc, o.id desc limit $3`,
    [
      query.after ?? newestUpTo(query.to),
      query.state ?? null,
      query.limit + 1,
      query.from ? startOf(query.from) : null,
      query.to ? startOf(addDays(query.to, 1)) : null,
      query.late ? dateOf(tx.at) : null,
      query.payable ? payableStates.join() : null,
      ...sought.values,
      ...values,
    ],
  )
  return pageFrom(rows, query.limit, row => `${row.placed_at.toISOString()}|${row.id}`, orderOf)
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const orderOf = (row: Row): Order => ({
  id: row.id,
  number: row.number,
  state: row.state,
  buyerKind: row.buyer_kind,
  buyerId: row.buyer_kind === 'unit' ? row.buyer_id : null,
  buyerName: row.buyer_name,
  sellerId: row.seller_id,
  sellerName: row.seller_name,
  declarationId: row.declaration_id,
  totalFen: row.total_fen,
  dueFen: dueFen(row),
  placedAt: row.placed_at.toISOString(),
  shipBy: row.ship_by,
  shippedAt: iso(row.shipped_at),
  paidAt: iso(row.paid_at),
  acceptedAt: iso(row.accepted_at),
  evaluatedAt: iso(row.evaluated_at),
  completedAt: iso(row.completed_at),
})

/** What each action reaches for the asking principal; undefined where it is not theirs at all. */
export type Reaches = Readonly<Partial<Record<OrderDetail['may'][number], Reach>>>

/** One order with lines, money and its trail of facts. Another's order is not found. */
export async function readOrder(
  tx: Reader,
  reach: Reach,
  id: string,
  reaches: Reaches = {},
): Promise<Result<OrderDetail, 'order.not_found'>> {
  const row = await visible(tx, reach, id)
  if (!row) return refuse('order.not_found')
  return ok({
    ...orderOf(row),
    note: row.note,
    approvedAt: iso(row.approved_at),
    carrier: row.carrier,
    waybill: row.waybill,
    invoiceNumber: row.invoice_number,
    photos: await photosOf(tx, id),
    payment: await lastPayment(tx, id),
    lines: (await readLines(tx, [id])).get(id) ?? [],
    tenders: await readTenders(tx, id),
    facts: await readTrail(tx, id),
    may: mayOf(row, reaches, tx.actor),
    evaluation: row.score === null ? null : { score: row.score, text: row.evaluation ?? '' },
  })
}

async function visible(tx: Reader, reach: Reach, id: string): Promise<Row | undefined> {
  const { sql, values } = await visibleTo(tx, reach, 2)
  const [row] = await tx.query<Row>(`${select} where o.id = $1 and ${sql}`, [id, ...values])
  return row
}

/** Whether one who reads orders this far reads this one. */
export const isVisible = async (tx: Reader, reach: Reach, id: string): Promise<boolean> =>
  (await visible(tx, reach, id)) !== undefined

const sides = {
  buyer: { organisations: ['buyer_id'], persons: ['buyer_id'] },
  seller: { organisations: ['seller_id'] },
} as const

/** Refuses `order.not_found` unless every one of the orders is there and the caller stands on that side of it, unit or citizen. */
export async function findSide(
  tx: Reader,
  reach: Reach,
  orders: readonly string[],
  side: keyof typeof sides,
): Promise<Result<null, 'order.not_found'>> {
  const { sql, values } = reachPredicate(reach, sides[side], 2)
  const rows = await tx.query(`select 1 from "order" where id = any($1) and ${sql}`, [orders, ...values])
  return rows.length === new Set(orders).size ? ok(null) : refuse('order.not_found')
}

function mayOf(row: Row, reaches: Reaches, actor: string): OrderDetail['may'] {
  const facts = factsOf(row)
  const buyer = (action: keyof Reaches) =>
    reaches[action] && covers(reaches[action], { organisationIds: [row.buyer_id] })
  const seller = reaches.ship && covers(reaches.ship, { organisationIds: [row.seller_id] })
  const may: OrderDetail['may'] = []
  if (buyer('approve') && checkMove(facts, 'approve').ok && row.placed_by !== actor) may.push('approve')
  if (buyer('cancel') && checkMove(facts, 'cancel').ok) may.push('cancel')
  if (seller && checkMove(facts, 'ship').ok) may.push('ship')
  if (buyer('accept') && checkMove(facts, 'accept').ok) may.push('accept')
  if (buyer('evaluate') && isEvaluable(facts)) may.push('evaluate')
  if (buyer('pay') && isPayable(facts)) may.push('pay')
  return may
}

interface LineRow {
  readonly order_id: string
  readonly no: number
  readonly offer_id: string
  readonly product_id: string
  readonly lot_code: string
  readonly name_zh: string
  readonly name_en: string
  readonly spec_zh: string
  readonly spec_en: string
  readonly pieces: number
  readonly price_fen: number
  readonly amount_fen: number
  readonly county_code: string
  readonly recognised: boolean
}

/** The lines of orders as they were placed, by order. */
export async function readLines(
  tx: Reader,
  ids: readonly string[],
): Promise<Map<string, OrderDetail['lines']>> {
  const rows = await tx.query<LineRow>(
    `select l.*, p.name_zh, p.name_en, o.spec_zh, o.spec_en, t.code as lot_code from order_line l
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     join offer o on o.programme_id = l.programme_id and o.id = l.offer_id
     join lot t on t.programme_id = l.programme_id and t.id = l.lot_id
     where l.programme_id = $1 and l.order_id = any($2::uuid[]) order by l.order_id, l.no`,
    [tx.programme, ids],
  )
  const lines = rows.map(row => ({
    order: row.order_id,
    line: {
      no: row.no,
      offerId: row.offer_id,
      productId: row.product_id,
      lotCode: row.lot_code,
      nameZh: row.name_zh,
      nameEn: row.name_en,
      specZh: row.spec_zh,
      specEn: row.spec_en,
      pieces: row.pieces,
      priceFen: row.price_fen,
      amountFen: row.amount_fen,
      countyCode: row.county_code,
      recognised: row.recognised,
    },
  }))
  const byOrder = Map.groupBy(lines, each => each.order)
  return new Map([...byOrder].map(([order, all]) => [order, all.map(each => each.line)]))
}

export async function readTenders(tx: Reader, id: string): Promise<OrderDetail['tenders']> {
  const rows = await tx.db
    .selectFrom('tender')
    .select(['no', 'kind', 'amount_fen'])
    .where('programme_id', '=', tx.programme)
    .where('order_id', '=', id)
    .orderBy('no')
    .execute()
  return rows.map(row => ({ no: row.no, kind: row.kind, amountFen: row.amount_fen }))
}

/** Payments lie to the right of orders among the tables only: both are one chain. */
async function lastPayment(tx: Reader, id: string): Promise<OrderDetail['payment']> {
  const [row] = await tx.query<{ id: string; code: string; state: 'open' | 'paid' | 'expired'; at: Date }>(
    `select p.id, p.code, case when p.state = 'open' and p.expires_at <= $3 then 'expired' else p.state end as state,
       p.expires_at as at
     from payment_allocation a join payment p on p.programme_id = a.programme_id and p.id = a.payment_id
     where a.programme_id = $1 and a.order_id = $2 order by p.created_at desc, p.id desc limit 1`,
    [tx.programme, id, tx.at],
    'order-payment',
  )
  return row ? { id: row.id, code: row.code, state: row.state, expiresAt: row.at.toISOString() } : null
}

async function readTrail(tx: Reader, id: string): Promise<OrderDetail['facts']> {
  const rows = await tx.query<{
    id: string
    type: string
    at: Date
    recorded_at: Date
    signed_by: 'own' | 'held'
    log_index: number | null
  }>(
    `select f.id, f.type, f.at, f.recorded_at, f.signed_by, e.log_index from fact f
     left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.subject = $2 order by f.id`,
    [tx.programme, id],
    'order-trail',
  )
  const grades = await gradesOf(
    tx,
    rows.map(row => row.id),
  )
  return rows.map(row => ({
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    late: isLate({ ...row, recordedAt: row.recorded_at }),
    signedBy: row.signed_by,
    grade: grades.get(row.id)!,
    logIndex: row.log_index,
  }))
}
