import { uuidArray } from '@silian/kernel/database/array.ts'
import type { Writer } from '@silian/kernel/database/database.ts'

/** A customer as one stands when orders are placed. */
export interface BuyerNow {
  readonly id: string
  /** Orders that wait for their payment; of a guest those of the phone's other guests too. */
  readonly unpaid: number
}

/** Of a phone's guests so many are looked at, those of now first: a number costs nothing, so sessions have turns besides. */
const GUESTS = 20

/**
 * The customers who are not erased, locked in one order before anything else of a batch: none of them is erased, and no
 * address of theirs is written by another, until it has ended.
 */
export async function readBuyers(tx: Writer, ids: readonly string[]): Promise<Map<string, BuyerNow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<BuyerNow>(
    `with buyer as materialized (
       select id, phone_index, proven_at from customer
        where programme_id = $1 and id = any($2) and closed_at is null order by id for no key update)
     select b.id, n.unpaid from buyer b cross join lateral (
       select count(*)::int as unpaid from "order" o
        where o.programme_id = $1 and o.state = 'awaiting_payment' and o.pay_by > $3 and o.buyer_id in (
          select b.id union
          (select g.id from customer g
            where b.proven_at is null and g.programme_id = $1 and g.phone_index = b.phone_index and g.proven_at is null
            order by g.id desc limit ${GUESTS}))) n`,
    [tx.programme, uuidArray([...new Set(ids)]), tx.at],
    'order-buyers',
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** Those of these customers who are there; none of them is erased until the transaction has ended. */
export async function thereOf(tx: Writer, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select id from customer where programme_id = $1 and id = any($2) and closed_at is null order by id for key share`,
    [tx.programme, uuidArray([...new Set(ids)])],
    'customers-there',
  )
  return new Set(rows.map(({ id }) => id))
}
