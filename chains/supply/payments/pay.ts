import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { post } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { wallet } from '../customers/accounts.ts'
import { escrow } from '../orders/accounts.ts'
import { dueFen, lockOrder, type OrderRow } from '../orders/row.ts'
import { paymentCode } from '../orders/rules.ts'
import type { NewMyPayment, PayWay } from './contract.ts'
import { markPaidUp, paidParts } from './paid.ts'
import { enabledProviders } from './settings.ts'
import { countOf, isSame, MOST_TRIES, triesOf } from './tries.ts'

export type PayRefusal =
  | 'order.not_found'
  | 'payment.not_payable'
  | 'payment.too_much'
  | 'payment.already_open'
  | 'payment.way'
  | 'payment.over_wallet'
  | 'payment.exists'
  | 'payment.too_many'

interface Part {
  readonly order: OrderRow
  readonly fen: number
}

/**
 * Opens a citizen's payment of what is due of orders, all in one (合并付款), or of a part of a single order, so that
 * another pays the rest. Whoever knows an order may pay for it: `payerIds` are the customer's own. What the payer had
 * open for these orders is given up, and what others had where their own buyer pays all that is due, so that nobody keeps a
 * buyer from paying; money that still comes by it goes back. Asked for again within minutes, the one that is open is
 * answered with. From a wallet it is paid at once.
 */
export async function openMyPayment(
  tx: Writer,
  kit: Kit,
  payerIds: readonly string[],
  { id = newId(), orderIds, way, fen }: NewMyPayment,
): Promise<Result<{ id: string; givenUp: string[] }, PayRefusal>> {
  if (way !== 'wallet' && !(await enabledProviders(tx)).includes(way)) return refuse('payment.way', { way })
  const orders: OrderRow[] = []
  for (const order of [...new Set(orderIds)].sort()) orders.push(await lockOrder(tx, order))
  const closed = orders.find(order => !isAwaited(order, tx.at))
  if (closed) return refuse('payment.not_payable', { order: closed.number })
  const tries = await triesOf(tx, payerIds, orders)
  const same = tries.find(each => isSame(each, way, orders, fen))
  if (same && (fen !== undefined || (await isCovered(tx, orders)))) return ok({ id: same.id, givenUp: [] })
  const weary = orders.find(order => countOf(tries, order) >= MOST_TRIES)
  if (weary) return refuse('payment.too_many', { order: weary.number, most: MOST_TRIES })
  const givenUp = await giveUp(tx, payerIds, orders, fen === undefined)
  const parts: Part[] = []
  for (const order of orders) {
    const left = await leftOf(tx, order)
    if (left === 0) return refuse('payment.already_open', { order: order.number })
    if (fen !== undefined && (orders.length > 1 || fen > left))
      return refuse('payment.too_much', { order: order.number, leftFen: left })
    parts.push({ order, fen: fen ?? left })
  }
  await insert(tx, kit, { id, payerId: payerIds[0]!, way, parts })
  if (way !== 'wallet') return ok({ id, givenUp })
  const paid = await payFromWallet(tx, kit, id, payerIds[0]!, parts)
  return paid.ok ? ok({ id, givenUp }) : paid
}

/** Its goods are still kept for whoever pays. */
export const isAwaited = (order: OrderRow, at: Date): boolean =>
  order.state === 'awaiting_payment' && order.pay_by !== null && order.pay_by > at

/** What nobody has paid or is about to pay. */
async function leftOf(tx: Writer, order: OrderRow): Promise<number> {
  const [row] = await tx.query<{ fen: number }>(
    `select coalesce(sum(a.amount_fen), 0)::bigint as fen from payment_allocation a
       join payment p on p.programme_id = $1 and p.id = a.payment_id
         and (p.state = 'paid' or p.state = 'open' and p.expires_at > $3)
      where a.programme_id = $1 and a.order_id = $2`,
    [tx.programme, order.id, tx.at],
    'payment-reserved',
  )
  const { walletFen } = await paidParts(tx, order)
  return dueFen(order) - walletFen - row!.fen
}

/** Nothing is due that is not paid, or about to be. */
async function isCovered(tx: Writer, orders: readonly OrderRow[]): Promise<boolean> {
  for (const order of orders) if ((await leftOf(tx, order)) > 0) return false
  return true
}

const giveUp = async (
  tx: Writer,
  payerIds: readonly string[],
  orders: readonly OrderRow[],
  isWhole: boolean,
): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `update payment p set state = 'expired' from payment_allocation a
        where a.programme_id = $1 and a.order_id = any($2::uuid[]) and p.programme_id = $1 and p.id = a.payment_id
          and p.state = 'open' and (p.buyer_id = any($3::uuid[]) or a.order_id = any($4::uuid[])) returning p.id`,
      [
        ...[tx.programme, orders.map(order => order.id), payerIds],
        isWhole ? orders.filter(order => payerIds.includes(order.buyer_id)).map(order => order.id) : [],
      ],
    )
  ).map(row => row.id)

interface NewPayment {
  readonly id: string
  readonly payerId: string
  readonly way: PayWay
  readonly parts: readonly Part[]
}

async function insert(tx: Writer, kit: Kit, { id, payerId, way, parts }: NewPayment): Promise<void> {
  const fen = parts.reduce((sum, part) => sum + part.fen, 0)
  const expiresAt = new Date(Math.min(...parts.map(part => part.order.pay_by!.getTime())))
  const written = await tx.db
    .insertInto('payment')
    .values({
      ...{ programme_id: tx.programme, id, code: paymentCode(id), buyer_id: payerId, provider: way },
      ...{ state: 'open', amount_fen: fen, created_at: tx.at, expires_at: expiresAt, paid_at: null },
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (written.length === 0) throw new Refused('payment.exists', { payment: id })
  await tx.db
    .insertInto('payment_allocation')
    .values(
      parts.map(part => ({
        ...{ programme_id: tx.programme, payment_id: id },
        ...{ order_id: part.order.id, amount_fen: part.fen },
      })),
    )
    .execute()
  await kit.recorder.record(tx, {
    ...{ type: 'payment.opened', subject: id, holder: OPERATOR },
    pub: {
      ...{ payment: id, code: paymentCode(id), fen: String(fen), provider: way },
      expiresAt: expiresAt.toISOString(),
      orders: parts.map(part => ({ order: part.order.id, fen: String(part.fen) })),
    },
    hidden: { payer: payerId },
    refs: parts.flatMap(({ order }) => (order.last_leaf ? [order.last_leaf] : [])),
  })
}

async function payFromWallet(
  tx: Writer,
  kit: Kit,
  id: string,
  payerId: string,
  parts: readonly Part[],
): Promise<Result<null, 'payment.over_wallet'>> {
  const fen = parts.reduce((sum, part) => sum + part.fen, 0)
  await openAccounts(tx, [
    { account: wallet(payerId), unit: 'fen', kind: 'ceiling' },
    ...parts.map(({ order }) => ({ account: escrow(order.id), unit: 'fen', kind: 'ceiling' as const })),
  ])
  const [posted] = await post(tx, [
    {
      ...{ id: idFrom('entry', 'wallet', id), kind: 'payment.wallet', subject: id },
      postings: [
        { account: wallet(payerId), amount: -fen },
        ...parts.map(part => ({ account: escrow(part.order.id), amount: part.fen })),
      ],
    },
  ])
  if (posted!.outcome === 'refused')
    return refuse('payment.over_wallet', { leftFen: Number(posted!.params.available ?? 0) })
  await tx.query(`update payment set state = 'paid', paid_at = $3 where programme_id = $1 and id = $2`, [
    tx.programme,
    id,
    tx.at,
  ])
  const { leafHash } = await kit.recorder.record(tx, {
    ...{ type: 'payment.taken', subject: id, holder: OPERATOR },
    pub: { payment: id, provider: 'wallet', fen: String(fen), outcome: 'matched' },
  })
  for (const { order } of parts) await markPaidUp(tx, kit, order, [leafHash])
  return ok(null)
}
