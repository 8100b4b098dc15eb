import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { escrow, stockHold, walletHold } from '../orders/accounts.ts'
import { dueFen, linesOf, lockOrder, type OrderRow } from '../orders/row.ts'
import { settle } from '../orders/service.ts'

/** What stands ready for an order: what its wallet tender holds, and what payments have brought. */
export async function paidParts(
  tx: Writer,
  order: OrderRow,
): Promise<{ walletFen: number; walletAccount: string | null; paidFen: number; payments: string[] }> {
  const [tender] = await tx.query<{ account: string; amount_fen: number }>(
    `select account, amount_fen from tender where programme_id = $1 and order_id = $2 and kind = 'wallet'`,
    [tx.programme, order.id],
    'order-wallet-tender',
  )
  const payments = await tx.query<{ id: string; amount_fen: number }>(
    `select p.id, a.amount_fen from payment_allocation a
       join payment p on p.programme_id = $1 and p.id = a.payment_id and p.state = 'paid'
      where a.programme_id = $1 and a.order_id = $2 order by p.paid_at, p.id`,
    [tx.programme, order.id],
    'order-payments',
  )
  return {
    walletFen: tender?.amount_fen ?? 0,
    walletAccount: tender?.account ?? null,
    paidFen: payments.reduce((sum, payment) => sum + payment.amount_fen, 0),
    payments: payments.map(payment => payment.id),
  }
}

/**
 * Once all of it is there, a citizen's order goes on: what was held for the time of paying stays held until it is
 * shipped, and its wallet pays its part. Does nothing while something is due. Throws `ledger.hold_expired` where the
 * goods were set free in this very moment.
 */
export async function markPaidUp(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  leaves: readonly Buffer[],
): Promise<void> {
  const { walletFen, walletAccount, paidFen, payments } = await paidParts(tx, order)
  if (order.state !== 'awaiting_payment' || walletFen + paidFen < dueFen(order)) return
  const lines = await linesOf(tx, order.id)
  await openAccounts(tx, [{ account: escrow(order.id), unit: 'fen', kind: 'ceiling' }])
  await postAll(tx, [
    {
      ...{ id: idFrom('entry', 'paid', order.id), kind: 'order.paid', subject: order.id },
      releases: [
        ...(walletAccount ? [{ hold: walletHold(order.id), amount: walletFen }] : []),
        ...lines.map(line => ({ hold: stockHold(order.id, line.no, 'asked'), amount: line.quantity })),
      ],
      holds: lines.map(line => ({
        ...{ id: stockHold(order.id, line.no, 'approved'), account: lotStock(line.lot_id) },
        amount: line.quantity,
      })),
      postings: walletAccount
        ? [
            { account: walletAccount, amount: -walletFen },
            { account: escrow(order.id), amount: walletFen },
          ]
        : [],
    },
  ])
  const said = {
    ...{ type: 'order.paid', holder: OPERATOR, refs: leaves },
    pub: { fen: String(dueFen(order)), walletFen: String(walletFen), payments },
  }
  await settle(tx, kit, order, said, { state: 'approved', approved_at: tx.at, paid_at: tx.at })
}

/** An order that its wallet pays whole needs no payment: it goes on as soon as its buyer says so. Refuses `payment.not_payable`. */
export async function takeWallet(
  tx: Writer,
  kit: Kit,
  id: string,
): Promise<Result<{ id: string }, 'payment.not_payable'>> {
  const order = await lockOrder(tx, id)
  if (order.state !== 'awaiting_payment' || !order.pay_by || order.pay_by <= tx.at)
    return refuse('payment.not_payable', { order: order.number })
  const { walletFen, paidFen } = await paidParts(tx, order)
  if (walletFen + paidFen < dueFen(order)) return refuse('payment.not_payable', { order: order.number })
  await markPaidUp(tx, kit, order, [])
  return ok({ id })
}
