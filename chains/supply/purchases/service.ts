import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { UNTOLD_DAYS } from '../claims/rules.ts'
import { claimedOf } from '../claims/service.ts'
import { thereOf } from '../customers/buyers.ts'
import { stockHold } from '../orders/accounts.ts'
import { completeIfReady } from '../orders/completion.ts'
import { linesOf, lockOrder, type OrderRow, record } from '../orders/row.ts'
import { acceptOrder, type Done, unpack } from '../orders/service.ts'
import { closeUnpaid } from '../payments/expiry.ts'
import { closeTrades, openTrades } from '../payments/jobs.ts'
import { refundOrder } from '../payments/refund.ts'
import { ACCEPT_DAYS, EVALUATE_DAYS, longAgo } from './rules.ts'

/** Refuses `order.not_found` unless the order is the customer's own, who is not erased while something is done to it. */
export async function findOwn(
  tx: Writer,
  reach: Reach,
  id: string,
): Promise<Result<null, 'order.not_found'>> {
  if ((await thereOf(tx, reach.personIds)).size === 0) return refuse('order.not_found')
  const { sql, values } = reachPredicate(reach, { persons: ['buyer_id'] }, 2)
  const rows = await tx.query(`select 1 from "order" where id = $1 and buyer_kind = 'citizen' and ${sql}`, [
    id,
    ...values,
  ])
  return rows.length > 0 ? ok(null) : refuse('order.not_found')
}

/**
 * A citizen cancels before anything is sent: unpaid, its goods are free; paid, its money goes back to each source too.
 * Refuses `order.wrong_state {state}`: what was sent is claimed, not cancelled.
 */
export async function cancelPurchase(
  tx: Writer,
  kit: Kit,
  id: string,
  reason: string,
): Promise<Result<Done, 'order.wrong_state'>> {
  const order = await lockOrder(tx, id)
  if (order.state === 'awaiting_payment') {
    const open = await openTrades(tx, id)
    await closeUnpaid(tx, kit, order, 'cancelled', { reason })
    await closeTrades(tx, open)
    return ok({ id, state: 'cancelled', completedAt: null })
  }
  if (order.state !== 'approved') return refuse('order.wrong_state', { state: order.state })
  await freeGoods(tx, order)
  await unpack(tx, id)
  const leaf = await record(tx, kit, order, {
    ...{ type: 'order.cancelled', holder: order.buyer_id, hidden: { reason } },
  })
  await tx.query(
    `update "order" set state = 'cancelled', last_leaf = $3 where programme_id = $1 and id = $2`,
    [...[tx.programme, id, leaf]],
  )
  await refundOrder(tx, kit, { orderId: id, lines: 'all', reason: 'cancelled' })
  return ok({ id, state: 'cancelled', completedAt: null })
}

async function freeGoods(tx: Writer, order: OrderRow): Promise<void> {
  const lines = await linesOf(tx, order.id)
  await postAll(tx, [
    {
      ...{ id: idFrom('entry', 'void', order.id), kind: 'order.closed', subject: order.id, postings: [] },
      releases: lines.map(line => ({
        ...{ hold: stockHold(order.id, line.no, 'approved'), amount: line.quantity },
      })),
    },
  ])
}

/**
 * Silence for ten days after the delivery accepts, and the fact says so; where no carrier told of it, silence for as long as
 * it may be said that nothing came. Whoever has a claim open is not silent.
 */
export async function acceptSilently(tx: Writer, kit: Kit, id: string): Promise<void> {
  const order = await lockOrder(tx, id)
  const isDue = order.delivered_at
    ? order.delivered_at <= longAgo(tx.at, ACCEPT_DAYS)
    : order.shipped_at && order.shipped_at <= longAgo(tx.at, UNTOLD_DAYS)
  if (order.buyer_kind !== 'citizen' || order.state !== 'shipped' || !isDue) return
  if ((await claimedOf(tx, id)).size > 0 || (!order.delivered_at && (await cameBack(tx, id)))) return
  await acceptOrder(tx, kit, id, { by: 'silence' })
}

/** A parcel that the carrier took back to its seller was not accepted. */
async function cameBack(tx: Writer, id: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from parcel where programme_id = $1 and order_id = $2 and state = 'returned' limit 1`,
    [tx.programme, id],
  )
  return rows.length > 0
}

/**
 * Silence for fifteen days after the acceptance: the order counts without an evaluation, and its fact says so. Whoever has
 * a claim open is not silent: it is not known yet what is kept.
 */
export async function countSilently(tx: Writer, kit: Kit, id: string): Promise<void> {
  const order = await lockOrder(tx, id)
  const isDue = order.accepted_at && order.accepted_at <= longAgo(tx.at, EVALUATE_DAYS)
  if (order.buyer_kind !== 'citizen' || !isDue || (await claimedOf(tx, id)).size > 0) return
  const { completedAt, leaf } = await completeIfReady(tx, kit, order, 'silence')
  if (leaf)
    await tx.query(
      'update "order" set completed_at = $3, last_leaf = $4 where programme_id = $1 and id = $2',
      [tx.programme, id, completedAt, leaf],
    )
}
