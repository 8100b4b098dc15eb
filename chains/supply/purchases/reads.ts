import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { claimsFrom, openKinds } from '../claims/rules.ts'
import { claimedOf, seenOf } from '../claims/service.ts'
import type { Complaint } from '../complaints/contract.ts'
import { complaintsOf } from '../complaints/reads.ts'
import { isComplainable, isOpen } from '../complaints/rules.ts'
import { addressesOf } from '../customers/addresses.ts'
import { readLines, readTenders } from '../orders/reads.ts'
import { dueFen, factsOf, type OrderRow } from '../orders/row.ts'
import { checkMove, isEvaluable, type OrderState } from '../orders/rules.ts'
import { isAwaited } from '../payments/pay.ts'
import { refundsOf } from '../payments/refund-reads.ts'
import type { Purchase, PurchaseDetail } from './contract.ts'
import { acceptsAt } from './rules.ts'

type Row = OrderRow & {
  readonly seller_name: string
  readonly refunded_fen: number
  readonly paid_fen: number
  readonly address_id: string | null
  readonly checking: boolean
  readonly payment: { readonly id: string; readonly fen: number; readonly orders: string[] } | null
}

const select = `select o.*, s.name_zh as seller_name,
    (select coalesce(sum(t.amount_fen), 0) from tender t
      where t.programme_id = o.programme_id and t.order_id = o.id and t.kind = 'wallet')::bigint
    + (select coalesce(sum(a.amount_fen), 0) from payment_allocation a
       join payment p on p.programme_id = a.programme_id and p.id = a.payment_id and p.state = 'paid'
       where a.programme_id = o.programme_id and a.order_id = o.id)::bigint as paid_fen,
    exists (select from payment_allocation a
      join provider_receipt r on r.programme_id = a.programme_id and r.payment_id = a.payment_id
      where a.programme_id = o.programme_id and a.order_id = o.id and r.state = 'suspense') as checking,
    case when o.state = 'awaiting_payment' then (select json_build_object('id', p.id, 'fen', p.amount_fen, 'orders',
        (select json_agg(b.order_id order by b.order_id) from payment_allocation b
          where b.programme_id = p.programme_id and b.payment_id = p.id))
      from payment_allocation a
      join payment p on p.programme_id = a.programme_id and p.id = a.payment_id
        and p.state = 'open' and p.buyer_id = o.buyer_id
      where a.programme_id = o.programme_id and a.order_id = o.id order by p.created_at desc limit 1) end as payment
  from "order" o join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
  where o.buyer_kind = 'citizen'`

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly state?: OrderState | undefined
}

/** One's own orders with their lines, the newest first. */
export async function listPurchases(tx: Reader, reach: Reach, query: Query): Promise<Page<Purchase>> {
  const { sql, values } = reachPredicate(reach, { programme: 'o.programme_id', persons: ['o.buyer_id'] }, 4)
  const rows = await tx.query<Row>(
    `${select} and (o.placed_at, o.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
       and ($2::text is null or o.state = $2) and ${sql} order by o.placed_at desc, o.id desc limit $3`,
    [query.after ?? newestUpTo(undefined), query.state ?? null, query.limit + 1, ...values],
  )
  const lines = await readLines(
    tx,
    rows.map(row => row.id),
  )
  const page = pageFrom(
    rows,
    query.limit,
    row => `${row.placed_at.toISOString()}|${row.id}`,
    row => purchaseOf(row, lines.get(row.id) ?? []),
  )
  return page
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const purchaseOf = (row: Row, lines: Purchase['lines']): Purchase => ({
  id: row.id,
  number: row.number,
  state: row.state,
  sellerId: row.seller_id,
  sellerName: row.seller_name,
  totalFen: dueFen(row),
  dueFen: row.state === 'awaiting_payment' ? Math.max(0, dueFen(row) - row.paid_fen) : 0,
  refundedFen: row.refunded_fen,
  placedAt: row.placed_at.toISOString(),
  payBy: iso(row.pay_by),
  payment: row.payment && { id: row.payment.id, amountFen: row.payment.fen, orders: row.payment.orders },
  checking: row.checking,
  paidAt: iso(row.paid_at),
  shippedAt: iso(row.shipped_at),
  deliveredAt: iso(row.delivered_at),
  acceptedAt: iso(row.accepted_at),
  evaluatedAt: iso(row.evaluated_at),
  completedAt: iso(row.completed_at),
  lines,
})

/** One of one's own orders with where it goes, what it was paid with and what went back. Another's is not found. */
export async function readPurchase(
  tx: Reader,
  kit: Pick<Kit, 'vault'>,
  reach: Reach,
  id: string,
): Promise<Result<PurchaseDetail, 'order.not_found'>> {
  const { sql, values } = reachPredicate(reach, { programme: 'o.programme_id', persons: ['o.buyer_id'] }, 2)
  const [row] = await tx.query<Row>(`${select} and o.id = $1 and ${sql}`, [id, ...values])
  if (!row) return refuse('order.not_found')
  const lines = await readLines(tx, [id])
  const complaints = await complaintsOf(tx, kit, row.number)
  const addresses = await addressesOf(tx, kit, row.address_id ? [row.address_id] : [])
  return ok({
    ...purchaseOf(row, lines.get(id) ?? []),
    note: row.note,
    address: (row.address_id && addresses.get(row.address_id)) || null,
    tenders: await readTenders(tx, id),
    refunds: await refundsOf(tx, id),
    complaints,
    acceptsAt: await silenceOf(tx, row),
    claimsFrom: iso(claimsFrom(seenOf(row), tx.at)),
    may: mayOf(row, tx.at, complaints),
    evaluation: row.score === null ? null : { score: row.score, text: row.evaluation ?? '' },
    facts: await factsOfTrail(tx, id),
  })
}

async function silenceOf(tx: Reader, row: Row): Promise<string | null> {
  if (!row.delivered_at || row.accepted_at || (await claimedOf(tx, row.id)).size > 0) return null
  return acceptsAt(row.delivered_at).toISOString()
}

function mayOf(row: Row, at: Date, complaints: readonly Complaint[]): PurchaseDetail['may'] {
  const may: PurchaseDetail['may'] = []
  if (isAwaited(row, at)) may.push('pay')
  if (['awaiting_payment', 'approved'].includes(row.state)) may.push('cancel')
  if (checkMove(factsOf(row), 'accept').ok) may.push('accept')
  if (isEvaluable(factsOf(row))) may.push('evaluate')
  if (row.refunded_fen < row.total_fen && openKinds(seenOf(row), at).length > 0) may.push('return')
  if (isComplainable(row) && !complaints.some(isOpen)) may.push('complain')
  return may
}

async function factsOfTrail(tx: Reader, id: string): Promise<PurchaseDetail['facts']> {
  const rows = await tx.query<{ id: string; type: string; at: Date; log_index: number | null }>(
    `select f.id, f.type, f.at, e.log_index from fact f
       left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
      where f.programme_id = $1 and f.subject = $2 order by f.id`,
    [tx.programme, id],
    'purchase-trail',
  )
  return rows.map(row => ({
    ...{ id: row.id, type: row.type, at: row.at.toISOString(), logIndex: row.log_index },
  }))
}
