import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import type { Posting, Release } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { budgetHold, consumed, stockHold, transit } from '../orders/accounts.ts'
import { quotaTerms } from '../orders/completion.ts'
import { recordReturned } from '../orders/returned.ts'
import { lockOrder, type OrderRow } from '../orders/row.ts'
import { closePayments, type Done, settle } from '../orders/service.ts'
import { refundOrder } from '../payments/refund.ts'
import { QUOTA_SOURCE, quota } from '../quota/accounts.ts'
import { countedFen } from '../quota/rules.ts'
import { lostGoods } from './accounts.ts'
import { keptOf, type LineNow, progressOf } from './progress.ts'
import { checkPieces, isAllSent, type Part, partOf, type Taken, toSend } from './rules.ts'

export type Cause = 'short' | 'return' | 'quality' | 'missing'

export interface Off {
  /** Of the act: the same id takes off once. */
  readonly id: string
  readonly cause: Cause
  readonly lines: readonly Part[]
  /** Whose word it is. */
  readonly holder: string
  /** What came back can be sold again: it lies in its lot once more. Otherwise it is gone. */
  readonly restock?: boolean
  /** In people's words; kept apart from what anyone reads. */
  readonly note?: string
}

type LineOff = LineNow & Taken

/**
 * Takes pieces off an order: goods that never left are free again, goods that came back lie in their lot or are gone.
 * Less is due of an unpaid order, its budget is free by as much; of a paid one the money goes back to those who paid,
 * and what had counted is taken back. Refuses `order.line_not_found`, `order.too_many_pieces`, and what a refund does.
 */
export async function takeOff(tx: Writer, kit: Kit, order: OrderRow, off: Off): Promise<Result<Done>> {
  const now = await progressOf(tx, order.id)
  const free = (line: { readonly no: number }) => {
    const found = now.find(one => one.no === line.no)!
    return off.cause === 'short' ? toSend(found, found) : keptOf(found)
  }
  const may = checkPieces(now, off.lines, free)
  if (!may.ok) return may
  const lines = off.lines.map((part): LineOff => {
    const line = now.find(one => one.no === part.no)!
    return { ...line, ...partOf(line, line.off, part.pieces) }
  })
  const fen = lines.reduce((sum, line) => sum + line.amountFen, 0)
  const countedBack = order.completed_at ? await countedOf(tx, order, lines) : 0
  await post(tx, order, off, lines, fen, countedBack)
  await insert(tx, order, off, lines)
  if (order.paid_at && fen > 0) {
    const asked = lines.map(({ no, pieces, amountFen }) => ({ no, pieces, fen: amountFen }))
    const refunded = await refundOrder(tx, kit, {
      ...{ id: off.id, orderId: order.id, lines: asked, reason: off.cause },
    })
    if (!refunded.ok) return refunded
  } else if (!order.paid_at) await closePayments(tx, order.id)
  const done = await tell(tx, kit, order, off, lines, fen, countedBack, await stateAfter(tx, order))
  if (done.ok && order.completed_at && fen > 0)
    await recordReturned(tx, kit, order, { off: off.id, lines, fen, countedFen: countedBack })
  return done
}

const countedOf = async (tx: Writer, order: OrderRow, lines: readonly LineOff[]): Promise<number> =>
  order.buyer_kind === 'unit' ? countedFen((await quotaTerms(tx, order)).rule, lines) : 0

/** With nothing left to send the order is shipped; one of which nothing is left at all is closed. */
async function stateAfter(tx: Writer, order: OrderRow): Promise<OrderRow['state']> {
  if (order.state === 'accepted') return order.state
  const now = await progressOf(tx, order.id)
  if (now.every(line => line.off >= line.pieces)) return 'cancelled'
  return isAllSent(now, no => now.find(line => line.no === no)!) ? 'shipped' : order.state
}

async function post(
  tx: Writer,
  order: OrderRow,
  { id, cause, restock = false }: Off,
  lines: readonly LineOff[],
  fen: number,
  countedBack: number,
): Promise<void> {
  const isUnpaid = order.buyer_kind === 'unit' && !order.paid_at
  const releases: Release[] = [
    ...(isUnpaid && fen > 0 ? [{ hold: budgetHold(order.id, 'approved'), amount: fen }] : []),
    ...(cause === 'short'
      ? lines.map(line => ({ hold: stockHold(order.id, line.no, 'approved'), amount: line.quantity }))
      : []),
  ]
  const postings = [
    ...(cause === 'short' ? [] : goodsBack(order, lines, restock)),
    ...(await quotaBack(tx, order, countedBack)),
  ]
  if (cause !== 'short' && !restock)
    await openAccounts(
      tx,
      [...new Set(lines.map(({ unit }) => unit))].map(unit => ({
        account: lostGoods(unit),
        unit,
        kind: 'free',
      })),
    )
  await postAll(tx, [
    { id: idFrom('entry', 'off', id), kind: 'order.reduced', subject: order.id, releases, postings },
  ])
}

/** From where they are, on the way or consumed, into their lot or out of sight. */
function goodsBack(order: OrderRow, lines: readonly LineOff[], restock: boolean): Posting[] {
  const sums = new Map<string, number>()
  const add = (account: string, amount: number) => sums.set(account, (sums.get(account) ?? 0) + amount)
  for (const line of lines) {
    add(order.accepted_at ? consumed(line.unit) : transit(order.id, line.unit), -line.quantity)
    add(restock ? lotStock(line.lotId) : lostGoods(line.unit), line.quantity)
  }
  return [...sums].map(([account, amount]) => ({ account, amount }))
}

async function quotaBack(tx: Writer, order: OrderRow, counted: number): Promise<Posting[]> {
  if (counted === 0) return []
  const { target } = await quotaTerms(tx, order)
  return [
    { account: QUOTA_SOURCE, amount: counted },
    { account: quota(order.declaration_id!), amount: -counted, undertaking: target },
  ]
}

async function insert(tx: Writer, order: OrderRow, off: Off, lines: readonly LineOff[]): Promise<void> {
  await tx.db
    .insertInto('order_off')
    .values(
      lines.map(line => ({
        ...{ programme_id: tx.programme, id: off.id, order_id: order.id, line_no: line.no },
        ...{ pieces: line.pieces, quantity: line.quantity, amount_fen: line.amountFen },
        ...{ cause: off.cause, taken_at: tx.at },
      })),
    )
    .execute()
}

async function tell(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  off: Off,
  lines: readonly LineOff[],
  fen: number,
  countedBack: number,
  state: OrderRow['state'],
): Promise<Result<Done>> {
  // a refund has left its own fact behind
  const { last_leaf } = await lockOrder(tx, order.id)
  const pub = {
    off: off.id,
    cause: off.cause,
    seller: order.seller_id,
    fen: String(fen),
    paid: order.paid_at ? 'yes' : 'no',
    restock: off.restock ? 'yes' : 'no',
    state,
    ...(order.completed_at && { countedFen: String(countedBack) }),
    lines: lines.map(({ no, pieces, unit, quantity, amountFen }) => ({
      ...{ no, pieces, unit },
      ...{ quantity: String(quantity), fen: String(amountFen) },
    })),
  }
  const said = { type: 'order.reduced', holder: off.holder, pub, hidden: { note: off.note ?? '' } }
  const isNowSent = state === 'shipped' && !order.shipped_at
  return settle(tx, kit, { ...order, last_leaf }, said, {
    ...{ state, off_fen: order.off_fen + fen },
    ...(isNowSent && { shipped_at: tx.at }),
  })
}

/** The seller cannot supply the rest, or a part of it. */
export async function fallShort(
  tx: Writer,
  kit: Kit,
  id: string,
  { off, lines, reason }: { off: string; lines: readonly Part[]; reason: string },
): Promise<Result<Done>> {
  const order = await lockOrder(tx, id)
  if (!['approved', 'partly_shipped'].includes(order.state))
    return refuse('order.wrong_state', { state: order.state })
  const done = await takeOff(tx, kit, order, {
    ...{ id: off, cause: 'short', lines, note: reason },
    holder: order.seller_id,
  })
  return done.ok ? ok(done.value) : done
}
