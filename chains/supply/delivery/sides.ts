import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'

const sides = {
  buyer: { organisations: ['o.buyer_id'], persons: ['o.buyer_id'] },
  seller: { organisations: ['o.seller_id'] },
} as const

/** Refuses `order.not_found` unless the order is there and the caller stands on that side of it, unit or citizen. */
export async function standsAt(
  tx: Reader,
  reach: Reach,
  side: keyof typeof sides,
  id: string,
): Promise<Result<null, 'order.not_found'>> {
  const { sql, values } = reachPredicate(reach, { programme: 'o.programme_id', ...sides[side] }, 2)
  const rows = await tx.query(`select 1 from "order" o where o.id = $1 and ${sql}`, [id, ...values])
  return rows.length > 0 ? ok(null) : refuse('order.not_found')
}
