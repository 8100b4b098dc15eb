import type { Writer } from '@silian/kernel/database/database.ts'
import type { SignedRecorded } from '@silian/kernel/fact/signed.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { lockAccounts, openAccounts } from '@silian/kernel/ledger/accounts.ts'
import type { Entry } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { BANK, budgetHold, escrow, SUSPENSE } from '../orders/accounts.ts'
import { completeIfReady } from '../orders/completion.ts'
import { dueFen, factsOf, lockOrders, type OrderRow, record, wordOf } from '../orders/row.ts'
import { isPayable, paymentCode } from '../orders/rules.ts'
import { budget, spent } from '../quota/accounts.ts'
import { credited } from './contract.ts'
import type { PaymentRow } from './tables.ts'

/** Days a payment code is good for; money that comes later goes to suspense. */
export const PAYMENT_DAYS = 30

export type PaymentRefusal =
  | 'payment.several_buyers'
  | 'payment.not_payable'
  | 'payment.already_open'
  | 'payment.exists'

/**
 * Opens one payment for one or several orders of one buyer (合并货款认领) and gives the code for the transfer. Money
 * that was there before its code is taken at once.
 */
export async function openPayment(
  tx: Writer,
  kit: Kit,
  input: { id?: string | undefined; orderIds: readonly string[]; holder?: string },
): Promise<Result<{ id: string }, PaymentRefusal>> {
  await takeTurns(tx)
  const orders = await lockOrders(tx, input.orderIds)
  const buyers = new Set(orders.map(order => order.buyer_id))
  if (buyers.size > 1) return refuse('payment.several_buyers')
  const closed = orders.find(order => order.buyer_kind !== 'unit' || !isPayable(factsOf(order)))
  if (closed) return refuse('payment.not_payable', { order: closed.number })
  const [open] = await openFor(tx, input.orderIds)
  if (open) return refuse('payment.already_open', { code: open.code })
  const payment = await insertPayment(tx, input.id ?? newId(), orders)
  await kit.recorder.record(tx, {
    type: 'payment.opened',
    subject: payment.id,
    holder: input.holder ?? payment.buyer_id,
    pub: {
      payment: payment.id,
      code: payment.code,
      fen: String(payment.amount_fen),
      expiresAt: payment.expires_at.toISOString(),
      orders: orders.map(o => ({ order: o.id, fen: String(dueFen(o)) })),
    },
    refs: orders.flatMap(order => (order.last_leaf ? [order.last_leaf] : [])),
  })
  const early = await tx.query<CreditRow>(
    `select * from bank_credit where programme_id = $1 and code = $2 and state = 'unmatched' order by fact_id`,
    [tx.programme, payment.code],
  )
  for (const credit of early) await allot(tx, kit, credit)
  return ok({ id: payment.id })
}

/**
 * Money and the code it was meant for may come at the same moment: without turns neither would see the other, and the
 * money would lie unmatched for ever. The account that takes what nobody can allot is the turnstile.
 */
export const takeTurns = (tx: Writer): Promise<object[]> => lockAccounts(tx, [SUSPENSE])

const openFor = (tx: Writer, orderIds: readonly string[]): Promise<{ code: string }[]> =>
  tx.query(
    `select p.code from payment p join payment_allocation a on a.programme_id = p.programme_id and a.payment_id = p.id
     where p.programme_id = $1 and a.order_id = any($2::uuid[]) and p.state = 'open' and p.expires_at > $3 limit 1`,
    [tx.programme, orderIds, tx.at],
  )

async function insertPayment(tx: Writer, id: string, orders: readonly OrderRow[]): Promise<PaymentRow> {
  const payment: PaymentRow = {
    programme_id: tx.programme,
    id,
    code: paymentCode(id),
    buyer_id: orders[0]!.buyer_id,
    state: 'open',
    amount_fen: orders.reduce((sum, order) => sum + dueFen(order), 0),
    created_at: tx.at,
    expires_at: new Date(tx.at.getTime() + PAYMENT_DAYS * 86_400_000),
    paid_at: null,
    ...{ provider: 'bank', pay_url: null, provider_ref: null },
  }
  const written = await tx.db
    .insertInto('payment')
    .values(payment)
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (written.length === 0) throw new Refused('payment.exists', { payment: id })
  await tx.db
    .insertInto('payment_allocation')
    .values(
      orders.map(order => ({
        programme_id: tx.programme,
        payment_id: id,
        order_id: order.id,
        amount_fen: dueFen(order),
      })),
    )
    .execute()
  return payment
}

export interface CreditRow {
  readonly fact_id: string
  readonly reference: string
  readonly code: string
  readonly amount_fen: number
}

export type CreditRefusal = 'payment.malformed' | 'payment.reference_conflict'

/**
 * Takes the bank's word that money came in. The fact was verified and recorded in this transaction; the same
 * movement of one bank under another fact is refused. What cannot be allotted waits in suspense for a person.
 */
export async function receiveCredit(
  tx: Writer,
  kit: Kit,
  fact: SignedRecorded,
): Promise<Result<'matched' | 'unmatched' | 'suspense', CreditRefusal>> {
  const parsed = credited.safeParse(fact.entry.pub)
  if (!parsed.success)
    return refuse('payment.malformed', { fields: parsed.error.issues.map(issue => issue.path.join('.')) })
  const { reference, code, fen, bookedAt } = parsed.data
  await takeTurns(tx)
  const inserted = await tx.query(
    `insert into bank_credit (programme_id, fact_id, bank_id, reference, code, amount_fen, booked_at, received_at, state)
     select $1, $2, k.holder::uuid, $3, $4, $5, $6, $7, 'unmatched' from signing_key k
     where k.programme_id = $1 and k.key_id = $8 on conflict do nothing returning 1`,
    [tx.programme, fact.id, reference, code, Number(fen), bookedAt, tx.at, fact.entry.actor],
  )
  if (inserted.length === 0) return conflict(tx, fact, reference)
  return ok(
    await allot(tx, kit, { fact_id: fact.id, reference, code, amount_fen: Number(fen) }, fact.leafHash),
  )
}

async function conflict(
  tx: Writer,
  fact: SignedRecorded,
  reference: string,
): Promise<Result<never, 'payment.reference_conflict'>> {
  const same = await tx.query('select 1 from bank_credit where programme_id = $1 and fact_id = $2', [
    tx.programme,
    fact.id,
  ])
  if (same.length > 0) throw new HeardMeanwhile()
  return refuse('payment.reference_conflict', { reference })
}

/** The same message came twice at once: done again from the start, the second finds what the first left. */
class HeardMeanwhile extends Error {
  override readonly name = 'HeardMeanwhile'
  readonly code = '40001'
}

async function allot(
  tx: Writer,
  kit: Kit,
  credit: CreditRow,
  factLeaf?: Buffer,
): Promise<'matched' | 'unmatched' | 'suspense'> {
  const [found] = await tx.query<{ id: string }>(
    'select id from payment where programme_id = $1 and code = $2',
    [tx.programme, credit.code],
  )
  if (!found) return 'unmatched'
  const leaf = factLeaf ?? (await leafOf(tx, credit.fact_id))
  const { payment, orders } = await lockPayment(tx, found.id)
  const reason = reasonAgainst(payment, orders, credit, tx.at)
  if (reason) await toSuspense(tx, kit, credit, payment, { reason, leaf, holder: wordOf(orders[0]!) })
  else await take(tx, kit, credit, payment, orders, [leaf])
  return reason ? 'suspense' : 'matched'
}

/** Orders before the payment, as everywhere: the one lock order of this capability. */
export async function lockPayment(
  tx: Writer,
  id: string,
): Promise<{ payment: PaymentRow; orders: OrderRow[] }> {
  const allocations = await tx.query<{ order_id: string }>(
    'select order_id from payment_allocation where programme_id = $1 and payment_id = $2',
    [tx.programme, id],
  )
  const orders = await lockOrders(
    tx,
    allocations.map(a => a.order_id),
  )
  const payment = await tx.db
    .selectFrom('payment')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { payment, orders }
}

export function reasonAgainst(
  payment: PaymentRow,
  orders: readonly OrderRow[],
  credit: CreditRow,
  at: Date,
): string | undefined {
  if (payment.state === 'paid') return 'already_paid'
  if (payment.state === 'expired' || payment.expires_at <= at) return 'expired'
  if (payment.amount_fen !== credit.amount_fen) return 'amount_differs'
  return orders.every(order => isPayable(factsOf(order))) ? undefined : 'order_closed'
}

async function toSuspense(
  tx: Writer,
  kit: Kit,
  credit: CreditRow,
  payment: PaymentRow,
  { reason, leaf, holder }: { reason: string; leaf: Buffer; holder: string },
): Promise<void> {
  // the money has come, whether we like it or not
  await postAll(tx, [
    {
      id: idFrom('entry', 'suspense', credit.fact_id),
      kind: 'payment.suspended',
      subject: credit.fact_id,
      observed: true,
      postings: [
        { account: BANK, amount: -credit.amount_fen },
        { account: SUSPENSE, amount: credit.amount_fen },
      ],
    },
  ])
  await kit.recorder.record(tx, {
    type: 'payment.suspended',
    subject: payment.id,
    holder,
    refs: [leaf],
    pub: { payment: payment.id, fen: String(credit.amount_fen), reason },
  })
  await settleCredit(tx, credit, payment, 'suspense', reason)
}

const settleCredit = (
  tx: Writer,
  credit: CreditRow,
  payment: PaymentRow,
  state: string,
  reason: string | null,
): Promise<object[]> =>
  tx.query(
    'update bank_credit set state = $3, reason = $4, payment_id = $5 where programme_id = $1 and fact_id = $2',
    [tx.programme, credit.fact_id, state, reason, payment.id],
  )

/** Takes money for a payment: from the bank, or from suspense where it had come before. */
export async function take(
  tx: Writer,
  kit: Kit,
  credit: CreditRow,
  payment: PaymentRow,
  orders: readonly OrderRow[],
  leaves: readonly Buffer[],
  source: string = BANK,
): Promise<void> {
  await openAccounts(
    tx,
    orders.map(order => ({ account: escrow(order.id), unit: 'fen', kind: 'ceiling' })),
  )
  await postAll(
    tx,
    orders.map(order => paidEntry(order, source)),
  )
  await settleCredit(tx, credit, payment, 'matched', null)
  await tx.query(`update payment set state = 'paid', paid_at = $3 where programme_id = $1 and id = $2`, [
    tx.programme,
    payment.id,
    tx.at,
  ])
  for (const order of orders) await markPaid(tx, kit, order, payment, leaves)
}

/** The money into escrow for the order, the budget from held to spent. */
const paidEntry = (order: OrderRow, source: string): Entry => ({
  id: idFrom('entry', 'paid', order.id),
  kind: 'order.paid',
  subject: order.id,
  releases: [{ hold: budgetHold(order.id, 'approved'), amount: dueFen(order) }],
  postings: [
    { account: source, amount: -dueFen(order) },
    { account: escrow(order.id), amount: dueFen(order) },
    { account: budget(order.declaration_id!), amount: -dueFen(order) },
    { account: spent(order.declaration_id!), amount: dueFen(order) },
  ],
})

async function markPaid(
  tx: Writer,
  kit: Kit,
  before: OrderRow,
  payment: PaymentRow,
  leaves: readonly Buffer[],
): Promise<void> {
  const order = { ...before, paid_at: tx.at }
  const last = await record(tx, kit, order, {
    type: 'order.paid',
    holder: order.buyer_id,
    pub: { payment: payment.id, fen: String(dueFen(order)) },
    refs: leaves,
  })
  const { completedAt, leaf } = await completeIfReady(tx, kit, { ...order, last_leaf: last })
  await tx.db
    .updateTable('order')
    .set({ paid_at: tx.at, completed_at: completedAt, last_leaf: leaf ?? last })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', order.id)
    .execute()
}

export async function leafOf(tx: Writer, factId: string): Promise<Buffer> {
  const [row] = await tx.query<{ leaf_hash: Buffer }>(
    'select leaf_hash from fact where programme_id = $1 and id = $2',
    [tx.programme, factId],
  )
  return row!.leaf_hash
}
