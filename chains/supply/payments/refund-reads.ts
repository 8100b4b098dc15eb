import type { Reach } from '@silian/kernel/access/permit.ts'
import { type Predicate, reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { startOf } from '@silian/kernel/time/shanghai.ts'
import type { z } from 'zod'
import { idOfTrade, tradeNoOf } from './providers/provider.ts'
import type { Refund, RefundQuery, refundRow } from './refund-contract.ts'
import type { RefundRow } from './tables.ts'

const refundOf = (row: RefundRow): Refund => ({
  id: row.id,
  source: row.source,
  amountFen: row.amount_fen,
  state: row.state,
  orderedAt: row.ordered_at.toISOString(),
  doneAt: row.done_at?.toISOString() ?? null,
})

/** What went back of an order, by source, in the order it was told to. */
export async function refundsOf(tx: Reader, orderId: string): Promise<Refund[]> {
  const rows = await tx.query<RefundRow>(
    `select * from refund where programme_id = $1 and order_id = $2 order by ordered_at, tender_no, id`,
    [tx.programme, orderId],
  )
  return rows.map(refundOf)
}

type Listed = RefundRow & { readonly number: string | null; readonly reason: string | null }

/** By the beginning of an order's number, a number of ours to the provider, or another's number of it. */
function soughtBy(text: string | undefined, first: number): Predicate {
  if (text === undefined) return { sql: 'true', values: [] }
  const ours = idOfTrade(text.toLowerCase())
  if (ours)
    return { sql: `(r.id = $${first}::uuid or r.provider_nos @> array[$${first}::uuid])`, values: [ours] }
  const begin = text.normalize('NFKC').toUpperCase()
  return {
    sql: `(r.reference = $${first} or r.order_id in (select id from "order" where programme_id = r.programme_id
       and number collate "C" >= $${first + 1} and number collate "C" < $${first + 2}))`,
    values: [text, begin, `${begin}~`],
  }
}

/** All refunds, the newest first; `waiting`: not done yet; `bank`: of these, what a person is to tell the bank's number of. */
export async function listRefunds(
  tx: Reader,
  reach: Reach,
  query: RefundQuery,
): Promise<Page<z.infer<typeof refundRow>>> {
  const sought = soughtBy(query.text, 7)
  const { sql, values } = reachPredicate(reach, { programme: 'r.programme_id' }, 7 + sought.values.length)
  const rows = await tx.query<Listed>(
    `select r.*, o.number, t.reason from refund r
       left join "order" o on o.programme_id = r.programme_id and o.id = r.order_id
       left join order_return t on t.programme_id = r.programme_id and t.id = r.return_id
      where (r.ordered_at, r.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
        and ($2::text is null or r.state <> 'done')
        and ($4::text is null or r.source in ('budget', 'bank') and r.state = 'ordered')
        and ($5::text is null or r.state = $5) and ($6::timestamptz is null or r.ordered_at >= $6)
        and ${sought.sql} and ${sql} order by r.ordered_at desc, r.id desc limit $3`,
    [
      ...[query.after ?? newestUpTo(query.to), query.waiting ?? null, query.limit + 1, query.bank ?? null],
      ...[query.state ?? null, query.from === undefined ? null : startOf(query.from)],
      ...[...sought.values, ...values],
    ],
  )
  return pageFrom(rows, query.limit, row => `${row.ordered_at.toISOString()}|${row.id}`, listedOf)
}

const listedOf = (row: Listed): z.infer<typeof refundRow> => ({
  ...refundOf(row),
  ...{ orderId: row.order_id, orderNumber: row.number, paymentId: row.payment_id },
  ...{ reason: row.reason ?? 'unfit', failure: row.failure, reference: row.reference },
  refundNo: row.source === 'wechat' || row.source === 'alipay' ? tradeNoOf(row.provider_no ?? row.id) : null,
})
