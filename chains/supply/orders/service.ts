import type { Writer } from '@silian/kernel/database/database.ts'
import type { NewFact } from '@silian/kernel/fact/record.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import type { Entry, NewHold, Posting, Release } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { budget, QUOTA_SOURCE, quota } from '../quota/accounts.ts'
import { countedFen } from '../quota/rules.ts'
import { budgetHold, consumed, type Phase, stockHold, transit } from './accounts.ts'
import { checkMove, isComplete, isEvaluable, type Move, type OrderFacts } from './rules.ts'
import type { OrderLineTable, OrderTable } from './tables.ts'

export type OrderRow = Selectable<OrderTable>
export type LineRow = Selectable<OrderLineTable> & { readonly unit: 'g' | 'piece' }
export type MoveRefusal = 'order.wrong_state' | 'order.paid' | 'order.own_approval' | 'order.expired'

interface Done {
  readonly id: string
  readonly state: OrderRow['state']
  readonly completedAt: string | null
}

export const factsOf = (row: OrderRow): OrderFacts => ({
  state: row.state,
  paidAt: row.paid_at,
  acceptedAt: row.accepted_at,
  evaluatedAt: row.evaluated_at,
})

/** The order, locked until the transaction ends. Whether the asking party may see it was settled before. */
export async function lockOrder(tx: Writer, id: string): Promise<OrderRow> {
  const row = await tx.db
    .selectFrom('order')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refused('order.not_found')
  return row
}

export const linesOf = (tx: Writer, orderId: string): Promise<LineRow[]> =>
  tx.query<LineRow>(
    `select l.programme_id, l.order_id, l.no, l.offer_id, l.offer_version, l.product_id, l.lot_id, l.pieces, l.quantity,
       l.price_fen, l.amount_fen, l.county_code, l.recognised, p.unit
     from order_line l join product p on p.programme_id = l.programme_id and p.id = l.product_id
     where l.programme_id = $1 and l.order_id = $2 order by l.no`,
    [tx.programme, orderId],
    'order-lines',
  )

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
    { id: budgetHold(order.id, 'approved'), account: budget(order.declaration_id), amount: order.total_fen },
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
  { hold: budgetHold(order.id, phase), amount: order.total_fen },
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
  return move(tx, kit, order, 'cancel', {}, { reason })
}

/** A transfer that still comes for a cancelled order goes to suspense. */
const closePayments = (tx: Writer, orderId: string): Promise<object[]> =>
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

/** The seller hands the goods to a carrier: they leave the lot's stock. */
export async function shipOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  parcel: { carrier: string; waybill: string },
): Promise<Result<Done, MoveRefusal>> {
  const order = await lockOrder(tx, id)
  const to = checkMove(factsOf(order), 'ship')
  if (!to.ok) return to
  const lines = await linesOf(tx, id)
  await postAll(tx, [
    {
      id: idFrom('entry', 'ship', id),
      kind: 'order.shipped',
      subject: id,
      releases: lines.map(line => ({ hold: stockHold(id, line.no, 'approved'), amount: line.quantity })),
      postings: goods(
        lines,
        line => lotStock(line.lot_id),
        unit => transit(id, unit),
      ),
    },
  ])
  return move(tx, kit, order, 'ship', { shipped_at: tx.at, ...parcel }, parcel)
}

/** Goods and invoice are in order (验货验票). */
export async function acceptOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  { invoiceNumber }: { invoiceNumber: string },
): Promise<Result<Done, MoveRefusal>> {
  const order = await lockOrder(tx, id)
  const to = checkMove(factsOf(order), 'accept')
  if (!to.ok) return to
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
    { accepted_at: tx.at, invoice_number: invoiceNumber },
    { invoice: invoiceNumber },
  )
}

/** Moves every line's goods; lines of one account are added up, because an entry names an account once. */
function goods(
  lines: readonly LineRow[],
  from: (line: LineRow) => string,
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
  { score, text }: { score: number; text: string },
): Promise<Result<Done, 'order.not_evaluable'>> {
  const order = await lockOrder(tx, id)
  if (!isEvaluable(factsOf(order))) return refuse('order.not_evaluable', { state: order.state })
  const said = { type: 'order.evaluated', holder: order.buyer_id, pub: { score }, hidden: { text } }
  return settle(tx, kit, order, said, { evaluated_at: tx.at, score, evaluation: text })
}

async function move(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  by: Move,
  set: Partial<OrderRow>,
  hidden: Record<string, string>,
): Promise<Result<Done, never>> {
  const to = checkMove(factsOf(order), by)
  if (!to.ok) throw new Error('the move was checked before')
  const holder = by === 'ship' ? order.seller_id : order.buyer_id
  return settle(tx, kit, order, { type: `order.${to.value}`, holder, hidden }, { ...set, state: to.value })
}

/** Records a fact, changes the row, and completes the order if that was the last thing it lacked. */
async function settle(
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

/** What one fact of an order says. Words that people typed may name somebody, so they are hidden. */
export interface Said {
  readonly type: string
  readonly holder: string
  readonly pub?: NewFact['pub']
  readonly hidden?: Record<string, string>
  readonly refs?: readonly Buffer[]
}

/** Each fact of an order rests on the one before it. */
export async function record(tx: Writer, kit: Kit, order: OrderRow, said: Said): Promise<Buffer> {
  const { leafHash } = await kit.recorder.record(tx, {
    ...said,
    subject: order.id,
    pub: { order: order.id, ...said.pub },
    refs: [...(order.last_leaf ? [order.last_leaf] : []), ...(said.refs ?? [])],
  })
  return leafHash
}

/**
 * Accepted, paid and evaluated, in any order: the order counts from now on (P22). The caller holds the order's lock,
 * so that of two last steps at once exactly one completes it.
 */
export async function completeIfReady(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
): Promise<{ completedAt: Date | null; leaf: Buffer | null }> {
  if (order.completed_at || !isComplete(factsOf(order)))
    return { completedAt: order.completed_at, leaf: null }
  const lines = await linesOf(tx, order.id)
  const terms = await quotaTerms(tx, order)
  const counted = countedFen(
    terms.rule,
    lines.map(line => ({
      amountFen: line.amount_fen,
      countyCode: line.county_code,
      recognised: line.recognised,
    })),
  )
  if (counted > 0)
    await postAll(tx, [
      {
        id: idFrom('entry', 'complete', order.id),
        kind: 'order.completed',
        subject: order.id,
        postings: [
          { account: QUOTA_SOURCE, amount: -counted },
          { account: quota(order.declaration_id), amount: counted, undertaking: terms.target },
        ],
      },
    ])
  const leaf = await record(tx, kit, order, {
    type: 'order.completed',
    holder: order.buyer_id,
    pub: {
      number: order.number,
      buyer: order.buyer_id,
      buyerKind: terms.buyerKind,
      seller: order.seller_id,
      declaration: order.declaration_id,
      fen: String(order.total_fen),
      countedFen: String(counted),
      lines: lines.map(line => ({
        no: line.no,
        product: line.product_id,
        lot: line.lot_id,
        county: line.county_code,
        pieces: line.pieces,
        unit: line.unit,
        quantity: String(line.quantity),
        fen: String(line.amount_fen),
        recognised: line.recognised,
      })),
    },
  })
  return { completedAt: tx.at, leaf }
}

interface Terms {
  readonly rule: { readonly recognisedOnly: boolean; readonly productAreas: string[] }
  readonly target: string
  readonly buyerKind: string
}

async function quotaTerms(tx: Writer, order: OrderRow): Promise<Terms> {
  const [row] = await tx.query<{
    recognised_only: boolean
    product_areas: string[]
    target_id: string
    type: string
  }>(
    `select r.recognised_only, r.product_areas, d.target_id, u.type
     from declaration d
     join quota_rule r on r.programme_id = d.programme_id and r.id = d.rule_id
     join organisation u on u.programme_id = d.programme_id and u.id = d.unit_id
     where d.programme_id = $1 and d.id = $2`,
    [tx.programme, order.declaration_id],
    'order-quota-terms',
  )
  return {
    rule: { recognisedOnly: row!.recognised_only, productAreas: row!.product_areas },
    target: row!.target_id,
    buyerKind: row!.type,
  }
}
