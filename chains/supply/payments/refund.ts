import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import type { Posting } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { wallet } from '../customers/accounts.ts'
import { thereOf } from '../customers/buyers.ts'
import { escrow } from '../orders/accounts.ts'
import { lockOrder, type OrderRow, record } from '../orders/row.ts'
import { budget, spent } from '../quota/accounts.ts'
import { claimOn, returning } from './accounts.ts'
import type { ProviderName } from './providers/provider.ts'
import type { RefundSource } from './refund-contract.ts'
import { askLater } from './refund-job.ts'
import { splitRefund } from './refund-rules.ts'

export type RefundReason = 'short' | 'return' | 'quality' | 'missing' | 'cancelled' | 'expired'

/** Money of an order that is to go back to those who paid it. */
export interface RefundAsked {
  /** Of the act: under the same id money goes back once. Made if left out. */
  readonly id?: string
  readonly orderId: string
  readonly lines: readonly { readonly no: number; readonly pieces: number; readonly fen: number }[] | 'all'
  readonly reason: RefundReason
}

/** A source that paid for the order. */
interface Source {
  readonly no: number
  readonly source: RefundSource
  readonly fen: number
  readonly backFen: number
  readonly paymentId: string | null
  /** Of a wallet. */
  readonly account: string | null
  /** It was another's wallet, who is gone. */
  readonly to?: 'buyer'
}

export interface RefundPart {
  readonly id: string
  readonly no: number
  readonly source: RefundSource
  readonly fen: number
  readonly to?: 'buyer'
}

/**
 * Orders money back to each source that paid, in exact parts: out of escrow while the order is not settled, else
 * advanced for its seller, who owes it from then on. Wallets have it at once, providers are asked after the commit, a
 * budget is free at once and its money waits for the bank. Refuses `refund.too_much {leftFen}`, `refund.nothing`.
 */
export async function refundOrder(
  tx: Writer,
  kit: Kit,
  { id = newId(), orderId, lines, reason }: RefundAsked,
): Promise<Result<{ id: string; fen: number; parts: RefundPart[] }, 'refund.too_much' | 'refund.nothing'>> {
  const order = await lockOrder(tx, orderId)
  const sources = await sourcesOf(tx, order)
  const left = sources.reduce((sum, source) => sum + source.fen - source.backFen, 0)
  const fen = lines === 'all' ? left : lines.reduce((sum, line) => sum + line.fen, 0)
  if (fen === 0) return refuse('refund.nothing')
  const split = splitRefund(fen, sources)
  if (!split) return refuse('refund.too_much', { leftFen: left })
  const parts = sources.flatMap(source => {
    const part = split.get(source.no)!
    return part > 0 ? [{ ...source, id: idFrom('refund', id, String(source.no)), fen: part }] : []
  })
  await insertReturn(tx, { id, orderId, reason, fen })
  await postRefund(tx, order, id, fen, parts)
  await insertRefunds(tx, { returnId: id, orderId }, parts)
  const told = parts.map(({ id: refund, no, source, fen: part, to }) => ({
    ...{ id: refund, no, source, fen: part },
    ...(to && { to }),
  }))
  const leaf = await record(tx, kit, order, {
    ...{ type: 'refund.ordered', holder: OPERATOR },
    pub: {
      ...{ refund: id, reason, seller: order.seller_id, fen: String(fen) },
      from: order.completed_at ? 'seller' : 'escrow',
      parts: told.map(part => ({ ...part, fen: String(part.fen) })),
    },
  })
  await tx.query(
    `update "order" set refunded_fen = refunded_fen + $3, last_leaf = $4 where programme_id = $1 and id = $2`,
    [tx.programme, orderId, fen, leaf],
  )
  await askLater(tx, parts)
  return ok({ id, fen, parts: told })
}

/** Wallet first, then payments in the order they came; a unit's budget has one source. */
async function sourcesOf(tx: Writer, order: OrderRow): Promise<Source[]> {
  const rows = await tx.query<{
    source: string
    fen: number
    payment_id: string | null
    payer: string
  }>(
    `select 'wallet' as source, t.amount_fen as fen, null::uuid as payment_id, $4::uuid as payer, null::timestamptz as at
       from tender t where t.programme_id = $1 and t.order_id = $2 and t.kind = 'wallet' and $3
     union all
     select p.provider, a.amount_fen, p.id, p.buyer_id, p.paid_at from payment_allocation a
       join payment p on p.programme_id = $1 and p.id = a.payment_id and p.state = 'paid'
      where a.programme_id = $1 and a.order_id = $2
     order by 5 nulls first, 3`,
    [tx.programme, order.id, order.paid_at !== null, order.buyer_id],
    'refund-sources',
  )
  const back = await tx.query<{ tender_no: number; fen: number }>(
    `select tender_no, sum(amount_fen)::bigint as fen from refund
      where programme_id = $1 and order_id = $2 group by tender_no`,
    [tx.programme, order.id],
    'refunded-so-far',
  )
  const backOf = new Map(back.map(row => [row.tender_no, row.fen]))
  const purses = rows.some(({ source }) => source === 'wallet')
    ? await thereOf(
        tx,
        rows.flatMap(({ source, payer }) => (source === 'wallet' ? [payer] : [])),
        order.buyer_id,
      )
    : new Set<string>()
  return rows.map((row, i) => ({
    ...{ no: i + 1, fen: row.fen, paymentId: row.payment_id, backFen: backOf.get(i + 1) ?? 0 },
    ...wayOf(order, row, purses),
  }))
}

/**
 * Of a wallet whose holder was erased the buyer has it, for whom it was paid; where both are gone it waits for a person
 * and the bank.
 */
function wayOf(
  order: OrderRow,
  { source, payer }: { source: string; payer: string },
  purses: ReadonlySet<string>,
): Pick<Source, 'source' | 'account' | 'to'> {
  if (source === 'wallet') {
    const holder = [payer, order.buyer_id].find(each => purses.has(each))
    if (!holder) return { source: 'bank', account: null }
    return { source, account: wallet(holder), ...(holder !== payer && { to: 'buyer' as const }) }
  }
  const isUnits = source === 'bank' && order.buyer_kind === 'unit'
  return { source: (isUnits ? 'budget' : source) as RefundSource, account: null }
}

const insertReturn = (
  tx: Writer,
  { id, orderId, reason, fen }: { id: string; orderId: string; reason: string; fen: number },
): Promise<object[]> =>
  tx.query(
    `insert into order_return (programme_id, id, order_id, reason, amount_fen, returned_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [tx.programme, id, orderId, reason, fen, tx.at],
  )

async function postRefund(
  tx: Writer,
  order: OrderRow,
  id: string,
  fen: number,
  parts: readonly Source[],
): Promise<void> {
  const from = order.completed_at ? claimOn(order.seller_id) : escrow(order.id)
  if (order.completed_at) await openAccounts(tx, [{ account: from, unit: 'fen', kind: 'free' }])
  // a guest has had none so far
  await openAccounts(
    tx,
    parts.flatMap(({ account }) => (account ? [{ account, unit: 'fen', kind: 'ceiling' as const }] : [])),
  )
  const sums = new Map<string, number>([[from, -fen]])
  for (const { account, amount } of parts.flatMap(part => wayBack(order, part)))
    sums.set(account, (sums.get(account) ?? 0) + amount)
  await postAll(tx, [
    {
      ...{ id: idFrom('entry', 'refund', id), kind: 'refund.ordered', subject: order.id },
      postings: [...sums].map(([account, amount]) => ({ account, amount })),
    },
  ])
}

function wayBack(order: OrderRow, { source, fen, account }: Source): Posting[] {
  if (source === 'wallet') return [{ account: account!, amount: fen }]
  if (source !== 'budget') return [{ account: returning(source), amount: fen }]
  return [
    { account: returning('bank'), amount: fen },
    { account: spent(order.declaration_id!), amount: -fen },
    { account: budget(order.declaration_id!), amount: fen },
  ]
}

async function insertRefunds(
  tx: Writer,
  { returnId, orderId }: { returnId: string | null; orderId: string | null },
  parts: readonly { id: string; no: number; source: RefundSource; fen: number; paymentId: string | null }[],
): Promise<void> {
  await tx.db
    .insertInto('refund')
    .values(
      parts.map(part => ({
        ...{ programme_id: tx.programme, id: part.id, return_id: returnId, order_id: orderId },
        ...{ payment_id: part.paymentId, source: part.source, tender_no: part.no, amount_fen: part.fen },
        ...{ state: part.source === 'wallet' ? ('done' as const) : ('ordered' as const), ordered_at: tx.at },
        ...{
          asked_at: null,
          done_at: part.source === 'wallet' ? tx.at : null,
          reference: null,
          failure: null,
        },
      })),
    )
    .execute()
}

interface UnfitMoney {
  readonly paymentId: string
  readonly source: ProviderName
  readonly fen: number
  readonly reason: string
  /** Of the fact that the money came. */
  readonly leaf: Buffer
}

/** Money of a payment that could not take it goes back whole; it lies with what returns already. */
export async function orderRefund(
  tx: Writer,
  kit: Kit,
  { paymentId, source, fen, reason, leaf }: UnfitMoney,
): Promise<string> {
  const id = newId(tx.at.getTime())
  await insertRefunds(tx, { returnId: null, orderId: null }, [{ id, no: 0, source, fen, paymentId }])
  await kit.recorder.record(tx, {
    ...{ type: 'refund.ordered', subject: paymentId, holder: OPERATOR, refs: [leaf] },
    pub: {
      ...{ refund: id, payment: paymentId, reason, fen: String(fen), from: 'payment' },
      parts: [{ id, no: 0, source, fen: String(fen) }],
    },
  })
  await askLater(tx, [{ id, source }])
  return id
}
