import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Order, OrderDetail } from './contract.ts'
import { factsOf, type OrderRow } from './row.ts'
import { checkMove, isEvaluable, isPayable, type OrderState } from './rules.ts'

/** Both sides of an order see it; offices see those of their area's units. */
const parties = {
  programme: 'o.programme_id',
  organisations: ['o.buyer_id', 'o.seller_id'],
  areaPath: 'd.area_path',
}

type Row = OrderRow & {
  readonly buyer_name: string
  readonly seller_name: string
  readonly area_path: string
}

const select = `select o.*, b.name_zh as buyer_name, s.name_zh as seller_name, d.area_path
  from "order" o
  join declaration d on d.programme_id = o.programme_id and d.id = o.declaration_id
  join organisation b on b.programme_id = o.programme_id and b.id = o.buyer_id
  join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id`

/** Newest first: ids grow with time. */
export async function listOrders(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; state?: OrderState | undefined },
): Promise<Page<Order>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `${select} where (o.placed_at, o.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
       and ($2::text is null or o.state = $2) and ${sql} order by o.placed_at desc, o.id desc limit $3`,
    [
      query.after ?? 'infinity|ffffffff-ffff-ffff-ffff-ffffffffffff',
      query.state ?? null,
      query.limit + 1,
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
  buyerId: row.buyer_id,
  buyerName: row.buyer_name,
  sellerId: row.seller_id,
  sellerName: row.seller_name,
  declarationId: row.declaration_id,
  totalFen: row.total_fen,
  placedAt: row.placed_at.toISOString(),
  shipBy: row.ship_by,
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
    lines: await readLines(tx, id),
    tenders: await readTenders(tx, id),
    facts: await readTrail(tx, id),
    may: mayOf(row, reaches, tx.actor),
    evaluation: row.score === null ? null : { score: row.score, text: row.evaluation ?? '' },
  })
}

async function visible(tx: Reader, reach: Reach, id: string): Promise<Row | undefined> {
  const { sql, values } = reachPredicate(reach, parties, 2)
  const [row] = await tx.query<Row>(`${select} where o.id = $1 and ${sql}`, [id, ...values])
  return row
}

/** Refuses `order.not_found` unless the order is there and the named side of it lies within reach. */
export async function findSide(
  tx: Reader,
  reach: Reach,
  id: string,
  side: 'buyer' | 'seller',
): Promise<Result<null, 'order.not_found'>> {
  const { sql, values } = reachPredicate(
    reach,
    { organisations: [side === 'buyer' ? 'buyer_id' : 'seller_id'] },
    2,
  )
  const rows = await tx.query(`select 1 from "order" where id = $1 and ${sql}`, [id, ...values])
  return rows.length > 0 ? ok(null) : refuse('order.not_found')
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
  readonly no: number
  readonly offer_id: string
  readonly product_id: string
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

async function readLines(tx: Reader, id: string): Promise<OrderDetail['lines']> {
  const rows = await tx.query<LineRow>(
    `select l.*, p.name_zh, p.name_en, o.spec_zh, o.spec_en from order_line l
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     join offer o on o.programme_id = l.programme_id and o.id = l.offer_id
     where l.programme_id = $1 and l.order_id = $2 order by l.no`,
    [tx.programme, id],
  )
  return rows.map(row => ({
    no: row.no,
    offerId: row.offer_id,
    productId: row.product_id,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    specZh: row.spec_zh,
    specEn: row.spec_en,
    pieces: row.pieces,
    priceFen: row.price_fen,
    amountFen: row.amount_fen,
    countyCode: row.county_code,
    recognised: row.recognised,
  }))
}

async function readTenders(tx: Reader, id: string): Promise<OrderDetail['tenders']> {
  const rows = await tx.db
    .selectFrom('tender')
    .select(['no', 'kind', 'amount_fen'])
    .where('programme_id', '=', tx.programme)
    .where('order_id', '=', id)
    .orderBy('no')
    .execute()
  return rows.map(row => ({ no: row.no, kind: row.kind, amountFen: row.amount_fen }))
}

async function readTrail(tx: Reader, id: string): Promise<OrderDetail['facts']> {
  const rows = await tx.query<{
    id: string
    type: string
    at: Date
    signed_by: 'own' | 'held'
    log_index: number | null
  }>(
    `select f.id, f.type, f.at, f.signed_by, e.log_index from fact f
     left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.subject = $2 order by f.id`,
    [tx.programme, id],
    'order-trail',
  )
  return rows.map(row => ({
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    signedBy: row.signed_by,
    logIndex: row.log_index,
  }))
}
