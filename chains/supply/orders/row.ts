import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import type { NewFact } from '@silian/kernel/fact/record.ts'
import { Refused } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import type { OrderFacts } from './rules.ts'
import type { OrderLineTable, OrderTable } from './tables.ts'

export type OrderRow = Selectable<OrderTable>
export type LineRow = Selectable<OrderLineTable> & { readonly unit: 'g' | 'piece'; readonly class: string }

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

/** The same of many, in one sorted order, so that two lists at once wait; in the order of their ids. */
export async function lockOrders(tx: Writer, ids: readonly string[]): Promise<OrderRow[]> {
  const rows = await tx.query<OrderRow>(
    'select * from "order" where programme_id = $1 and id = any($2::uuid[]) order by id for update',
    [tx.programme, ids],
  )
  if (rows.length < new Set(ids).size) throw new Refused('order.not_found')
  return rows
}

/** What is left of its lines, without what was taken off; a line of which nothing is left is not among them. */
export const linesOf = (tx: Writer, orderId: string): Promise<LineRow[]> =>
  tx.query<LineRow>(
    `select l.programme_id, l.order_id, l.no, l.offer_id, l.offer_version, l.product_id, l.lot_id,
       l.pieces - coalesce(f.pieces, 0) as pieces, l.quantity - coalesce(f.quantity, 0) as quantity,
       l.price_fen, l.amount_fen - coalesce(f.amount_fen, 0) as amount_fen, l.county_code, l.recognised, p.unit, p.class
     from order_line l join product p on p.programme_id = l.programme_id and p.id = l.product_id
     left join (select line_no, sum(pieces)::bigint as pieces, sum(quantity)::bigint as quantity,
         sum(amount_fen)::bigint as amount_fen
       from order_off where programme_id = $1 and order_id = $2 group by line_no) f on f.line_no = l.no
     where l.programme_id = $1 and l.order_id = $2 and l.pieces > coalesce(f.pieces, 0) order by l.no`,
    [tx.programme, orderId],
    'order-lines',
  )

/** What an order comes to by now. */
export const dueFen = ({ total_fen, off_fen }: Pick<OrderRow, 'total_fen' | 'off_fen'>): number =>
  total_fen - off_fen

/** Whose word the buyer's is: a citizen has no key of ours, and is never named. */
export const wordOf = ({ buyer_kind, buyer_id }: OrderRow): string =>
  buyer_kind === 'citizen' ? OPERATOR : buyer_id

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
    holder: said.holder === order.buyer_id ? wordOf(order) : said.holder,
    subject: order.id,
    pub: { order: order.id, ...said.pub },
    refs: [...(order.last_leaf ? [order.last_leaf] : []), ...(said.refs ?? [])],
  })
  return leafHash
}
