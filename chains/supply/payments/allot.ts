import type { Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { BANK, SUSPENSE } from '../orders/accounts.ts'
import { type CreditRow, leafOf, lockPayment, reasonAgainst, take, takeTurns } from './service.ts'

export type AllotRefusal =
  | 'credit.not_found'
  | 'credit.allotted'
  | 'payment.not_found'
  | 'credit.already_paid'
  | 'credit.amount_differs'
  | 'credit.order_closed'

/**
 * A person allots money that no code led to its payment. The sum must be the payment's: what was paid too much or too
 * little stays in suspense. The time of a code binds the machine, not a person.
 */
export async function allotCredit(
  tx: Writer,
  kit: Kit,
  holder: string,
  id: string,
  { code, note }: { code: string; note: string },
): Promise<Result<{ id: string }, AllotRefusal>> {
  await takeTurns(tx)
  const [credit] = await tx.query<CreditRow & { state: string }>(
    `select fact_id, reference, code, amount_fen, state from bank_credit
     where programme_id = $1 and fact_id = $2 for update`,
    [tx.programme, id],
  )
  if (!credit) return refuse('credit.not_found')
  if (credit.state === 'matched') return refuse('credit.allotted')
  const [found] = await tx.query<{ id: string }>(
    'select id from payment where programme_id = $1 and code = upper($2)',
    [tx.programme, code],
  )
  if (!found) return refuse('payment.not_found')
  const { payment, orders } = await lockPayment(tx, found.id)
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
