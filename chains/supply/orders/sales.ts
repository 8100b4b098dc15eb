import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'

const DAYS = 30

export interface Sale {
  readonly productId: string
  readonly nameZh: string
  readonly nameEn: string
  readonly pieces: number
  readonly fen: number
  readonly orders: number
}

/** What sold in the last thirty days, the most pieces first; orders that came to nothing do not count. */
export async function ownSales(tx: Reader, reach: Reach): Promise<Sale[]> {
  const parties = { programme: 'o.programme_id', organisations: ['o.seller_id'] }
  const { sql, values } = reachPredicate(reach, parties, 2)
  return tx.query<Sale>(
    `select p.id as "productId", p.name_zh as "nameZh", p.name_en as "nameEn", sum(l.pieces)::bigint as pieces,
       sum(l.amount_fen)::bigint as fen, count(distinct o.id)::int as orders
     from "order" o
     join order_line l on l.programme_id = o.programme_id and l.order_id = o.id
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     where o.placed_at >= $1 and o.state not in ('refused', 'cancelled', 'expired') and ${sql}
     group by p.id, p.name_zh, p.name_en order by 4 desc, 1 limit 100`,
    [new Date(tx.at.getTime() - DAYS * 86_400_000), ...values],
  )
}
