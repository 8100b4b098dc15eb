import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import type { Kit } from '../../kit.ts'
import { stockHold, walletHold } from '../orders/accounts.ts'
import { linesOf, lockOrder, type OrderRow, record } from '../orders/row.ts'
import { closePayments } from '../orders/service.ts'
import { refundOrder } from './refund.ts'

/** Goods and wallet of a citizen's order that nobody paid are free again; what came of it in part goes back. */
export async function expireUnpaid(tx: Writer, kit: Kit, id: string): Promise<void> {
  const order = await lockOrder(tx, id)
  if (order.state !== 'awaiting_payment' || !order.pay_by || order.pay_by > tx.at) return
  await closeUnpaid(tx, kit, order, 'expired', {})
}

/** Ends an order that was not paid; returns nothing of it is held any more. */
export async function closeUnpaid(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  to: 'expired' | 'cancelled',
  hidden: Record<string, string>,
): Promise<void> {
  const lines = await linesOf(tx, order.id)
  const holds = [walletHold(order.id), ...lines.map(line => stockHold(order.id, line.no, 'asked'))]
  const open = await tx.query<{ id: string; remaining: number }>(
    `select id, remaining from ledger_hold
      where programme_id = $1 and id = any($2::uuid[]) and state = 'open' and expires_at > $3`,
    [tx.programme, holds, tx.at],
  )
  // the ledger's own sweeper has usually been there first
  if (open.length > 0)
    await postAll(tx, [
      {
        ...{ id: idFrom('entry', 'void', order.id), kind: 'order.closed', subject: order.id, postings: [] },
        releases: open.map(hold => ({ hold: hold.id, amount: hold.remaining })),
      },
    ])
  await closePayments(tx, order.id)
  const leaf = await record(tx, kit, order, { type: `order.${to}`, holder: OPERATOR, hidden })
  await tx.query('update "order" set state = $3, last_leaf = $4 where programme_id = $1 and id = $2', [
    ...[tx.programme, order.id, to, leaf],
  ])
  await refundOrder(tx, kit, { orderId: order.id, lines: 'all', reason: to })
}
