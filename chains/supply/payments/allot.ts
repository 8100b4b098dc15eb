import type { Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { BANK, SUSPENSE } from '../orders/accounts.ts'
import { dueFen, lockOrders } from '../orders/row.ts'
import type { Allotment } from './contract.ts'
import {
  type CreditRow,
  leafOf,
  lockPayment,
  openPayment,
  type PaymentRefusal,
  reasonAgainst,
  take,
  takeTurns,
} from './service.ts'

export type AllotRefusal =
  | 'credit.not_found'
  | 'credit.allotted'
  | 'payment.not_found'
  | 'credit.already_paid'
  | 'credit.amount_differs'
  | 'credit.order_closed'
  | PaymentRefusal

/**
 * A person allots money that no code led to its payment. The sum must be the payment's: what was paid too much or too
 * little stays in suspense. The time of a code binds the machine, not a person.
 */
export async function allotCredit(
  tx: Writer,
  kit: Kit,
  holder: string,
  id: string,
  { code = '', orderIds, note }: Allotment,
): Promise<Result<{ id: string }, AllotRefusal>> {
  await takeTurns(tx)
  const [credit] = await tx.query<CreditRow & { state: string }>(
    `select fact_id, reference, code, amount_fen, state from bank_credit
     where programme_id = $1 and fact_id = $2 for update`,
    [tx.programme, id],
  )
  if (!credit) return refuse('credit.not_found')
  if (credit.state === 'matched') return refuse('credit.allotted')
  const found = orderIds ? await paymentOver(tx, kit, holder, credit, orderIds) : await paymentOf(tx, code)
  if (!found.ok) return found
  const { payment, orders } = await lockPayment(tx, found.value.id)
  const inTime = payment.state === 'expired' ? payment : { ...payment, expires_at: new Date(8.64e15) }
  const reason = reasonAgainst(inTime, orders, credit, tx.at)
  if (reason === 'already_paid') return refuse('credit.already_paid')
  if (reason === 'amount_differs') return refuse('credit.amount_differs', { fen: payment.amount_fen })
  if (reason) return refuse('credit.order_closed')
  const bankLeaf = await leafOf(tx, credit.fact_id)
  const { leafHash } = await kit.recorder.record(tx, {
    ...{ type: 'credit.allotted', subject: payment.id, holder, refs: [bankLeaf] },
    pub: { payment: payment.id, fen: String(credit.amount_fen) },
    hidden: { note },
  })
  const source = credit.state === 'suspense' ? SUSPENSE : BANK
  await take(tx, kit, credit, payment, orders, [bankLeaf, leafHash], source)
  return ok({ id })
}

async function paymentOf(tx: Writer, code: string): Promise<Result<{ id: string }, 'payment.not_found'>> {
  const [found] = await tx.query<{ id: string }>(
    'select id from payment where programme_id = $1 and code = upper($2)',
    [tx.programme, code],
  )
  return found ? ok(found) : refuse('payment.not_found')
}

/**
 * One payment over the orders that the money was meant for, on the office's word. Codes that were given for some of
 * them are given up with it; one that is also for others stays, and is refused.
 */
async function paymentOver(
  tx: Writer,
  kit: Kit,
  holder: string,
  credit: CreditRow,
  orderIds: readonly string[],
): Promise<Result<{ id: string }, AllotRefusal>> {
  const orders = await lockOrders(tx, orderIds)
  const fen = orders.reduce((sum, order) => sum + dueFen(order), 0)
  if (fen !== credit.amount_fen) return refuse('credit.amount_differs', { fen })
  await tx.query(
    `update payment p set state = 'expired' where p.programme_id = $1 and p.state = 'open' and p.id in (
       select payment_id from payment_allocation where programme_id = $1 and order_id = any($2::uuid[]))
       and not exists (select 1 from payment_allocation a
         where a.programme_id = $1 and a.payment_id = p.id and a.order_id <> all($2::uuid[]))`,
    [tx.programme, orderIds],
  )
  return openPayment(tx, kit, { orderIds, holder })
}
