import type { Reach } from '@silian/kernel/access/permit.ts'
import { type Parties, reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Credit, MyPayment, Payment } from './contract.ts'

interface Row {
  readonly id: string
  readonly code: string
  readonly amount_fen: number
  readonly state: Payment['state']
  readonly expires_at: Date
  readonly paid_at: Date | null
  readonly provider: MyPayment['way']
  readonly pay_url: string | null
}

export async function readPayment(
  tx: Reader,
  reach: Reach,
  id: string,
): Promise<Result<Payment, 'payment.not_found'>> {
  const row = await findPayment(tx, reach, { organisations: ['buyer_id'] }, id)
  return row ? ok({ code: row.code, ...(await shownOf(tx, row)) }) : refuse('payment.not_found')
}

/** One of a citizen's own payments, with where it is confirmed. */
export async function readMyPayment(
  tx: Reader,
  reach: Reach,
  id: string,
): Promise<Result<MyPayment, 'payment.not_found'>> {
  const row = await findPayment(tx, reach, { persons: ['buyer_id'] }, id)
  if (!row) return refuse('payment.not_found')
  const shown = await shownOf(tx, row)
  const checking = await isChecked(tx, row.id)
  return ok({ way: row.provider, payUrl: row.pay_url, checking, ...shown })
}

/** Whether money that fits no payment lies there for any of the orders that this one is for. */
async function isChecked(tx: Reader, payment: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from payment_allocation mine
       join payment_allocation a on a.programme_id = mine.programme_id and a.order_id = mine.order_id
       join provider_receipt r on r.programme_id = a.programme_id and r.payment_id = a.payment_id
      where mine.programme_id = $1 and mine.payment_id = $2 and r.state = 'suspense' limit 1`,
    [tx.programme, payment],
    'payment-checking',
  )
  return rows.length > 0
}

async function findPayment(tx: Reader, reach: Reach, parties: Parties, id: string): Promise<Row | undefined> {
  const { sql, values } = reachPredicate(reach, parties, 2)
  const [row] = await tx.query<Row>(`select * from payment where id = $1 and ${sql}`, [id, ...values])
  return row
}

async function shownOf(tx: Reader, row: Row) {
  const orders = await tx.query<{ order_id: string; amount_fen: number }>(
    'select order_id, amount_fen from payment_allocation where programme_id = $1 and payment_id = $2 order by order_id',
    [tx.programme, row.id],
  )
  return {
    id: row.id,
    amountFen: row.amount_fen,
    expiresAt: row.expires_at.toISOString(),
    // an open payment whose time has passed takes no more money, swept or not
    state: row.state === 'open' && row.expires_at <= tx.at ? ('expired' as const) : row.state,
    paidAt: row.paid_at?.toISOString() ?? null,
    orders: orders.map(o => ({ orderId: o.order_id, amountFen: o.amount_fen })),
  }
}

interface CreditRow {
  readonly fact_id: string
  readonly bank_name: string | null
  readonly reference: string
  readonly code: string
  readonly amount_fen: number
  readonly booked_at: Date
  readonly received_at: Date
  readonly state: Credit['state']
  readonly reason: Credit['reason']
  readonly payment_id: string | null
  readonly buyer_name: string | null
}

/** What the bank says came in, newest first; `waiting`: what nobody could allot. */
export async function listCredits(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; waiting?: 'true' | undefined },
): Promise<Page<Credit>> {
  const { sql, values } = reachPredicate(reach, { programme: 'c.programme_id' }, 4)
  const rows = await tx.query<CreditRow>(
    `select c.fact_id, b.name_zh as bank_name, c.reference, c.code, c.amount_fen, c.booked_at, c.received_at, c.state,
       c.reason, c.payment_id, u.name_zh as buyer_name
     from bank_credit c
     left join organisation b on b.programme_id = c.programme_id and b.id = c.bank_id
     left join payment p on p.programme_id = c.programme_id and p.id = c.payment_id
     left join organisation u on u.programme_id = p.programme_id and u.id = p.buyer_id
     where (c.received_at, c.fact_id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
       and ($2::text is null or c.state <> 'matched') and ${sql} order by c.received_at desc, c.fact_id desc limit $3`,
    [
      query.after ?? 'infinity|ffffffff-ffff-ffff-ffff-ffffffffffff',
      query.waiting ?? null,
      query.limit + 1,
      ...values,
    ],
  )
  return pageFrom(
    rows,
    query.limit,
    row => `${row.received_at.toISOString()}|${row.fact_id}`,
    row => ({
      id: row.fact_id,
      bankName: row.bank_name,
      reference: row.reference,
      code: row.code,
      amountFen: row.amount_fen,
      bookedAt: row.booked_at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      state: row.state,
      reason: row.reason,
      paymentId: row.payment_id,
      buyerName: row.buyer_name,
    }),
  )
}
