import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import { takeOff } from '../delivery/off.ts'
import { keptOf, type LineNow, progressOf } from '../delivery/progress.ts'
import { checkPieces, type Part, partOf, type Taken } from '../delivery/rules.ts'
import { keepPhotos } from '../orders/photos.ts'
import { lockOrder, type OrderRow, wordOf } from '../orders/row.ts'
import {
  type ClaimKind,
  type ClaimMove,
  type ClaimSide,
  type ClaimState,
  checkAsked,
  checkClaim,
  dueAfter,
  isClosed,
  kinds,
  type OrderSeen,
  onDue,
} from './rules.ts'
import type { ClaimTable } from './tables.ts'

export type ClaimRow = Selectable<ClaimTable>

export interface NewClaim {
  readonly id?: string | undefined
  readonly kind: ClaimKind
  readonly lines: readonly Part[]
  readonly reason: string
  readonly photos: readonly string[]
}

interface Done {
  readonly id: string
  readonly state: ClaimState
}

/**
 * The receiver asks for the money of some pieces. Refuses what `checkAsked` does, `order.line_not_found`,
 * `order.too_many_pieces` {no, left} (what is claimed already is not claimed again), `claim.exists`, `file.not_found`.
 */
export async function openClaim(
  tx: Writer,
  kit: Kit,
  orderId: string,
  input: NewClaim,
): Promise<Result<Done>> {
  const order = await lockOrder(tx, orderId)
  const now = await progressOf(tx, orderId)
  const may = await checkOpening(tx, order, now, input)
  if (!may.ok) return may
  const id = input.id ?? newId(tx.at.getTime())
  const there = await tx.query('select 1 from claim where programme_id = $1 and id = $2', [tx.programme, id])
  if (there.length > 0) return refuse('claim.exists', { claim: id })
  const photos = await keepPhotos(tx, input.photos, { type: 'claim', id })
  if (!photos.ok) return photos
  const lines = input.lines.map(part => {
    const line = now.find(one => one.no === part.no)!
    return { ...partOf(line, line.off, part.pieces), unit: line.unit }
  })
  const row = await insert(tx, order, id, input, lines)
  await tell(tx, kit, row, 'claim.asked', wordOf(order), {
    pub: {
      kind: row.kind,
      fen: String(row.amount_fen),
      lines: lines.map(({ no, pieces, amountFen }) => ({ no, pieces, fen: String(amountFen) })),
    },
    hidden: { reason: input.reason, photos: JSON.stringify(photos.value) },
  })
  return ok({ id, state: 'asked' })
}

async function checkOpening(
  tx: Writer,
  order: OrderRow,
  now: readonly LineNow[],
  { kind, lines, photos }: NewClaim,
): Promise<Result<unknown>> {
  const claimed = await claimedOf(tx, order.id)
  const free = checkPieces(now, lines, line => keptOf(line as LineNow) - (claimed.get(line.no) ?? 0))
  if (!free.ok) return free
  const asked = now.filter(({ no }) => lines.some(line => line.no === no))
  const sturdy = await sturdyAmong(tx, asked)
  const fresh = asked.find(({ no }) => !sturdy.has(no))?.no
  return checkAsked(kind, seenOf(order), { photos: photos.length, fresh, at: tx.at })
}

export type SeenRow = Pick<OrderRow, 'state' | 'delivered_at' | 'accepted_at' | 'shipped_at'>

/** An order's row as the rules of claims see it. */
export const seenOf = (row: SeenRow): OrderSeen => ({
  ...{ state: row.state, deliveredAt: row.delivered_at },
  ...{ acceptedAt: row.accepted_at, shippedAt: row.shipped_at },
})

/** Pieces of each line that wait in a claim. */
export async function claimedOf(
  tx: Pick<Writer, 'query' | 'programme'>,
  orderId: string,
): Promise<Map<number, number>> {
  const rows = await tx.query<{ no: number; pieces: number }>(
    `select l.line_no as no, sum(l.pieces)::bigint as pieces from claim_line l
     join claim c on c.programme_id = l.programme_id and c.id = l.claim_id
     where l.programme_id = $1 and c.order_id = $2 and c.closed_at is null group by l.line_no`,
    [tx.programme, orderId],
    'claimed-pieces',
  )
  return new Map(rows.map(row => [row.no, row.pieces]))
}

/** Lines whose class, or the nearest one above it that is known, does not spoil; what is unknown does. */
export async function sturdyAmong(
  tx: Pick<Writer, 'query'>,
  lines: readonly { readonly no: number; readonly class: string }[],
): Promise<ReadonlySet<number>> {
  const rows = await tx.query<{ class: string; fresh: boolean }>(
    `select distinct on (g.class) g.class, c.fresh from unnest($1::text[]) g(class)
     join produce_class c on c.path = g.class or starts_with(g.class, c.path || '/')
     order by g.class, c.level desc`,
    [[...new Set(lines.map(line => line.class))]],
    'fresh-classes',
  )
  const sturdy = new Set(rows.filter(row => !row.fresh).map(row => row.class))
  return new Set(lines.filter(line => sturdy.has(line.class)).map(line => line.no))
}

async function insert(
  tx: Writer,
  order: OrderRow,
  id: string,
  { kind, reason }: NewClaim,
  lines: readonly Taken[],
): Promise<ClaimRow> {
  const row = await tx.db
    .insertInto('claim')
    .values({
      ...{ programme_id: tx.programme, id, order_id: order.id, seller_id: order.seller_id },
      ...{ buyer_id: order.buyer_id, kind, state: 'asked', reason, opened_by: tx.actor, opened_at: tx.at },
      amount_fen: lines.reduce((sum, line) => sum + line.amountFen, 0),
      due_at: dueAfter('asked', tx.at),
      ...{ answer: null, objection: null, decision: null, closed_at: null },
      ...{ return_carrier: null, return_waybill: null },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('claim_line')
    .values(
      lines.map(line => ({
        ...{ programme_id: tx.programme, claim_id: id, order_id: order.id, line_no: line.no },
        ...{ pieces: line.pieces, amount_fen: line.amountFen },
      })),
    )
    .execute()
  return row
}

/** The order before its claim, as everywhere: one lock order. Refuses (thrown) `claim.not_found`. */
async function lockClaim(tx: Writer, id: string): Promise<{ claim: ClaimRow; order: OrderRow }> {
  const [found] = await tx.query<{ order_id: string }>(
    'select order_id from claim where programme_id = $1 and id = $2',
    [tx.programme, id],
  )
  if (!found) throw new Refused('claim.not_found')
  const order = await lockOrder(tx, found.order_id)
  const claim = await tx.db
    .selectFrom('claim')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { claim, order }
}

export const factsOf = (row: Pick<ClaimRow, 'state' | 'kind' | 'decision' | 'closed_at'>) => ({
  ...{ state: row.state, kind: row.kind, isFinal: row.decision !== null || row.closed_at !== null },
})

interface Moved {
  readonly by: ClaimSide
  /** What is written down with it. */
  readonly set?: Partial<ClaimRow>
  readonly photos?: readonly string[]
  /** In people's words. */
  readonly note?: string
  readonly restock?: boolean
}

/**
 * One move of a claim. An agreed one of goods that do not come back is refunded at once, one whose goods have come back
 * with their receipt. Refuses `claim.wrong_state`, `file.not_found` and what taking off does.
 */
export async function moveClaim(
  tx: Writer,
  kit: Kit,
  id: string,
  move: ClaimMove,
  moved: Moved,
): Promise<Result<Done>> {
  const { claim, order } = await lockClaim(tx, id)
  const to = checkClaim(factsOf(claim), move, moved.by)
  if (!to.ok) return to
  const photos = await keepPhotos(tx, moved.photos ?? [], { type: 'claim', id })
  if (!photos.ok) return photos
  const state = to.value
  const next = await write(tx, { ...claim, ...moved.set, state })
  await tell(tx, kit, next, `claim.${told[move]}`, holderOf(order, moved.by), {
    pub: { by: moved.by },
    hidden: { ...(moved.note !== undefined && { note: moved.note }) },
  })
  const isAtOnce = state === 'agreed' && !kinds[claim.kind].goodsBack
  if (!isAtOnce && state !== 'refunded') return ok({ id, state })
  const paid = await payBack(tx, kit, next, order, moved)
  return paid.ok && isAtOnce
    ? ok({ id, state: (await write(tx, { ...next, state: 'refunded' })).state })
    : paid
}

const told: Readonly<Record<ClaimMove, string>> = {
  agree: 'agreed',
  refuse: 'refused',
  object: 'objected',
  uphold: 'upheld',
  dismiss: 'dismissed',
  send: 'sent_back',
  receive: 'received',
  refund: 'refunded',
  withdraw: 'withdrawn',
}

const holderOf = (order: OrderRow, by: ClaimSide): string =>
  by === 'seller' ? order.seller_id : by === 'buyer' ? wordOf(order) : OPERATOR

async function write(tx: Writer, claim: ClaimRow): Promise<ClaimRow> {
  const over = isClosed(factsOf(claim))
  const set = {
    ...{ state: claim.state, answer: claim.answer, objection: claim.objection, decision: claim.decision },
    ...{ return_carrier: claim.return_carrier, return_waybill: claim.return_waybill },
    ...{ due_at: over ? null : dueAfter(claim.state, tx.at), closed_at: over ? tx.at : null },
  }
  await tx.db
    .updateTable('claim')
    .set(set)
    .where('programme_id', '=', tx.programme)
    .where('id', '=', claim.id)
    .execute()
  return { ...claim, ...set }
}

async function payBack(
  tx: Writer,
  kit: Kit,
  claim: ClaimRow,
  order: OrderRow,
  { by, restock = false }: Moved,
): Promise<Result<Done>> {
  const lines = await tx.query<Part>(
    'select line_no as no, pieces from claim_line where programme_id = $1 and claim_id = $2 order by line_no',
    [tx.programme, claim.id],
  )
  const off = { id: claim.id, cause: claim.kind, lines, restock, holder: holderOf(order, by) }
  const taken = await takeOff(tx, kit, order, off)
  return taken.ok ? ok({ id: claim.id, state: 'refunded' }) : taken
}

interface Told {
  readonly pub: Readonly<Record<string, string | readonly Readonly<Record<string, string | number>>[]>>
  readonly hidden: Readonly<Record<string, string>>
}

const tell = (tx: Writer, kit: Kit, claim: ClaimRow, type: string, holder: string, { pub, hidden }: Told) =>
  kit.recorder.record(tx, {
    ...{ type, subject: claim.id, holder, hidden },
    pub: { claim: claim.id, order: claim.order_id, seller: claim.seller_id, ...pub },
  })

/** What a claim's time brings; one that moved on meanwhile is left alone. */
export async function passClaim(tx: Writer, kit: Kit, id: string): Promise<void> {
  const { claim } = await lockClaim(tx, id)
  if (claim.closed_at || !claim.due_at || claim.due_at > tx.at) return
  const next = onDue[claim.state]
  if (next === 'close')
    await tx.query('update claim set closed_at = $3, due_at = null where programme_id = $1 and id = $2', [
      ...[tx.programme, id, tx.at],
    ])
  else if (next) {
    const done = await moveClaim(tx, kit, id, next, { by: 'silence' })
    if (!done.ok) throw new Refused(done.code, done.params)
  }
}
