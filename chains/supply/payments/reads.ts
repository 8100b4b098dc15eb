import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Payment } from './contract.ts'

interface Row {
  readonly id: string
  readonly code: string
  readonly amount_fen: number
  readonly state: Payment['state']
  readonly expires_at: Date
  readonly paid_at: Date | null
}

export async function readPayment(
  tx: Reader,
  reach: Reach,
  id: string,
): Promise<Result<Payment, 'payment.not_found'>> {
  const { sql, values } = reachPredicate(reach, { organisations: ['buyer_id'] }, 2)
  const [row] = await tx.query<Row>(`select * from payment where id = $1 and ${sql}`, [id, ...values])
  if (!row) return refuse('payment.not_found')
  const orders = await tx.query<{ order_id: string; amount_fen: number }>(
    'select order_id, amount_fen from payment_allocation where programme_id = $1 and payment_id = $2 order by order_id',
    [tx.programme, id],
  )
  return ok({
    id: row.id,
    code: row.code,
    amountFen: row.amount_fen,
    expiresAt: row.expires_at.toISOString(),
    // an open payment whose time has passed takes no more money, swept or not
    state: row.state === 'open' && row.expires_at <= tx.at ? 'expired' : row.state,
    paidAt: row.paid_at?.toISOString() ?? null,
    orders: orders.map(o => ({ orderId: o.order_id, amountFen: o.amount_fen })),
  })
}
