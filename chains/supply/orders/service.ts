import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import type { Entry, NewHold, Posting, Release } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { budget } from '../quota/accounts.ts'
import { keepReviews } from '../reviews/service.ts'
import { budgetHold, consumed, type Phase, stockHold, transit } from './accounts.ts'
import { completeIfReady } from './completion.ts'
import { keepPhotos } from './photos.ts'
import { dueFen, factsOf, type LineRow, linesOf, lockOrder, type OrderRow, record, type Said } from './row.ts'
import { checkMove, isEvaluable, type Move } from './rules.ts'

export type MoveRefusal = 'order.wrong_state' | 'order.paid' | 'order.own_approval' | 'order.expired'

export interface Done {
  readonly id: string
  readonly state: OrderRow['state']
  readonly completedAt: string | null
}

/** Approves or refuses an order. Nobody approves what they placed themselves. */
export async function decideOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  { approve, note }: { approve: boolean; note: string },
): Promise<Result<Done, MoveRefusal>> {
  const order = await lockOrder(tx, id)
  const to = checkMove(factsOf(order), approve ? 'approve' : 'refuse')
  if (!to.ok) return to
  if (approve && order.placed_by === tx.actor) return refuse('order.own_approval')
  const lines = await linesOf(tx, id)
  try {
    await postAll(tx, [approve ? approvalEntry(order, lines) : voidEntry(order, lines, 'asked')])
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'ledger.hold_expired')
      return refuse('order.expired')
    throw error
  }
  return move(
    tx,
    kit,
    order,
    approve ? 'approve' : 'refuse',
    { approved_at: approve ? tx.at : null },
    { note },
  )
}

/** Holds that would have expired give way to holds that last until the goods go and the money comes. */
function approvalEntry(order: OrderRow, lines: readonly LineRow[]): Entry {
  const holds: NewHold[] = [
    { id: budgetHold(order.id, 'approved'), account: budget(order.declaration_id!), amount: dueFen(order) },
    ...lines.map(line => ({
      id: stockHold(order.id, line.no, 'approved'),
      account: lotStock(line.lot_id),
      amount: line.quantity,
    })),
  ]
  return {
    id: idFrom('entry', 'approve', order.id),
    kind: 'order.approved',
    subject: order.id,
    postings: [],
    holds,
    releases: releasesOf(order, lines, 'asked'),
  }
}

const releasesOf = (order: OrderRow, lines: readonly LineRow[], phase: Phase): Release[] => [
  { hold: budgetHold(order.id, phase), amount: dueFen(order) },
  ...lines.map(line => ({ hold: stockHold(order.id, line.no, phase), amount: line.quantity })),
]

const voidEntry = (order: OrderRow, lines: readonly LineRow[], phase: Phase): Entry => ({
  id: idFrom('entry', 'void', order.id),
  kind: 'order.closed',
  subject: order.id,
  postings: [],
  releases: releasesOf(order, lines, phase),
})

/** Cancels an order that has neither been shipped nor paid; goods and budget are free again. */
export async function cancelOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  reason: string,
): Promise<Result<Done, MoveRefusal>> {
  const order = await lockOrder(tx, id)
  const to = checkMove(factsOf(order), 'cancel')
  if (!to.ok) return to
  const lines = await linesOf(tx, id)
  try {
    await postAll(tx, [voidEntry(order, lines, order.state === 'in_approval' ? 'asked' : 'approved')])
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'ledger.hold_expired')
      return refuse('order.expired')
    throw error
  }
  await closePayments(tx, id)
  await unpack(tx, id)
  return move(tx, kit, order, 'cancel', {}, { reason })
}

/** A transfer that still comes for a cancelled order goes to suspense. */
export const closePayments = (tx: Writer, orderId: string): Promise<object[]> =>
  tx.query(
    `update payment p set state = 'expired' from payment_allocation a
     where a.programme_id = $1 and a.order_id = $2 and p.programme_id = $1 and p.id = a.payment_id and p.state = 'open'`,
    [tx.programme, orderId],
  )

/** Sets free what nobody approved in time; run by the clock, whichever process gets there first. */
export async function expireOrder(tx: Writer, kit: Kit, id: string): Promise<void> {
  const order = await lockOrder(tx, id)
  if (order.state !== 'in_approval') return
  const lines = await linesOf(tx, id)
  const open = await tx.query<{ id: string; remaining: number }>(
    `select id, remaining from ledger_hold where programme_id = $1 and id = any($2::uuid[]) and state = 'open' and expires_at > $3`,
    [tx.programme, releasesOf(order, lines, 'asked').map(r => r.hold), tx.at],
  )
  // the ledger's own sweeper has usually been there first
  if (open.length > 0)
    await postAll(tx, [
      { ...voidEntry(order, lines, 'asked'), releases: open.map(h => ({ hold: h.id, amount: h.remaining })) },
    ])
  await record(tx, kit, order, { type: 'order.expired', holder: order.buyer_id })
  await tx.db
    .updateTable('order')
    .set({ state: 'expired' })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .execute()
}

interface Acceptance {
  /** None of citizens. */
  readonly invoiceNumber?: string
  readonly photos?: readonly string[]
  /** Nobody said anything in the time there was for it. */
  readonly by?: 'silence'
}

/** Goods and invoice are in order (验货验票); photographs are files that whoever accepts has uploaded. */
export async function acceptOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  { invoiceNumber, photos = [], by }: Acceptance,
): Promise<Result<Done, MoveRefusal | 'file.not_found'>> {
  const order = await lockOrder(tx, id)
  const to = checkMove(factsOf(order), 'accept')
  if (!to.ok) return to
  const digests = await keepPhotos(tx, photos, { type: 'order', id })
  if (!digests.ok) return digests
  const lines = await linesOf(tx, id)
  await postAll(tx, [
    {
      id: idFrom('entry', 'accept', id),
      kind: 'order.accepted',
      subject: id,
      postings: goods(lines, line => transit(id, line.unit), consumed),
    },
  ])
  return move(
    tx,
    kit,
    order,
    'accept',
    { accepted_at: tx.at, invoice_number: invoiceNumber ?? null },
    {
      ...(invoiceNumber !== undefined && { invoice: invoiceNumber }),
      ...(photos.length > 0 && { photos: JSON.stringify(digests.value) }),
    },
    by ? { by } : {},
  )
}

/** Moves every line's goods; lines of one account are added up, because an entry names an account once. */
export function goods<L extends Pick<LineRow, 'quantity' | 'unit'>>(
  lines: readonly L[],
  from: (line: L) => string,
  to: (unit: string) => string,
): Posting[] {
  const sums = new Map<string, number>()
  const add = (account: string, amount: number) => sums.set(account, (sums.get(account) ?? 0) + amount)
  for (const line of lines) {
    add(from(line), -line.quantity)
    add(to(line.unit), line.quantity)
  }
  return [...sums].map(([account, amount]) => ({ account, amount }))
}

export async function evaluateOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  { score, text, photos = [] }: { score: number; text: string; photos?: readonly string[] },
): Promise<Result<Done, 'order.not_evaluable' | 'file.not_found'>> {
  const order = await lockOrder(tx, id)
  if (!isEvaluable(factsOf(order))) return refuse('order.not_evaluable', { state: order.state })
  const digests = await keepReviews(tx, kit, order, { score, text, photos })
  if (!digests.ok) return digests
  const hidden = { text, ...(photos.length > 0 && { photos: JSON.stringify(digests.value) }) }
  const said = { type: 'order.evaluated', holder: order.buyer_id, pub: { score }, hidden }
  return settle(tx, kit, order, said, { evaluated_at: tx.at, score, evaluation: text })
}

/** Parcels of a cancelled order that still stand with the seller stay there. */
export const unpack = (tx: Writer, orderId: string): Promise<object[]> =>
  tx.query(
    `update parcel set state = 'cancelled' where programme_id = $1 and order_id = $2 and state = 'packed'`,
    [tx.programme, orderId],
  )

async function move(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  by: Move,
  set: Partial<OrderRow>,
  hidden: Record<string, string>,
  pub: Said['pub'] = {},
): Promise<Result<Done, never>> {
  const to = checkMove(factsOf(order), by)
  if (!to.ok) throw new Error('the move was checked before')
  return settle(
    tx,
    kit,
    order,
    { type: `order.${to.value}`, holder: order.buyer_id, hidden, pub },
    { ...set, state: to.value },
  )
}

/** Records a fact, changes the row, and completes the order if that was the last thing it lacked. */
export async function settle(
  tx: Writer,
  kit: Kit,
  before: OrderRow,
  said: Said,
  set: Partial<OrderRow>,
): Promise<Result<Done, never>> {
  const order = { ...before, ...set }
  const last = await record(tx, kit, order, said)
  const { completedAt, leaf } = await completeIfReady(tx, kit, { ...order, last_leaf: last })
  await tx.db
    .updateTable('order')
    .set({ ...set, last_leaf: leaf ?? last, completed_at: completedAt })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', order.id)
    .execute()
  return ok({ id: order.id, state: order.state, completedAt: completedAt?.toISOString() ?? null })
}
