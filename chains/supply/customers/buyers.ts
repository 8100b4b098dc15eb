import { uuidArray } from '@silian/kernel/database/array.ts'
import type { Writer } from '@silian/kernel/database/database.ts'

/** A customer who orders, and by whom what waits for a payment is counted; null where it is not. */
interface BuyerAsked {
  readonly id: string
  readonly heldBy: string | null
}

/** A customer as one stands when orders are placed. */
export interface BuyerNow {
  readonly id: string
  readonly isProven: boolean
  /** Orders that wait for their payment, of whoever they are counted by. */
  readonly unpaid: number
  readonly unpaidFen: number
}

/**
 * The customers who are not erased, locked in one order before anything else of a batch: none of them is erased, and no
 * address of theirs is written by another, until it has ended.
 */
export async function readBuyers(tx: Writer, asked: readonly BuyerAsked[]): Promise<Map<string, BuyerNow>> {
  if (asked.length === 0) return new Map()
  const heldBy = new Map(asked.map(each => [each.id, each.heldBy]))
  const rows = await tx.query<BuyerNow>(
    `with buyer as materialized (
       select c.id, c.proven_at, a.held_by from unnest($2::uuid[], $3::uuid[]) a (id, held_by)
         join customer c on c.programme_id = $1 and c.id = a.id
        where c.closed_at is null order by c.id for no key update of c)
     select b.id, b.proven_at is not null as "isProven", n.unpaid, n.fen as "unpaidFen" from buyer b cross join lateral (
       select count(*)::int as unpaid, coalesce(sum(o.total_fen), 0)::bigint as fen from "order" o
        where o.programme_id = $1 and o.state = 'awaiting_payment' and o.pay_by > $4 and o.held_by = b.held_by) n`,
    [tx.programme, uuidArray([...heldBy.keys()]), uuidArray([...heldBy.values()]), tx.at],
    'order-buyers',
  )
  return new Map(rows.map(row => [row.id, row]))
}

/**
 * Those of these customers who are there; none of them is erased until the transaction has ended. `kept` is asked for
 * without a lock: the buyer of an order that is locked, which an erasure waits for while it has the buyer.
 */
export async function thereOf(tx: Writer, ids: readonly string[], kept?: string): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `with locked as materialized (
       select id from customer where programme_id = $1 and id = any($2) and closed_at is null order by id for key share)
     select id from locked union all select id from customer where programme_id = $1 and id = $3 and closed_at is null`,
    [tx.programme, uuidArray([...new Set(ids)].filter(id => id !== kept)), kept ?? null],
    'customers-there',
  )
  return new Set(rows.map(({ id }) => id))
}
