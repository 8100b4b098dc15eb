import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { maskName } from '@silian/kernel/personal/masks.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { addDays, startOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import type { Benefit, Settlement } from './contract.ts'

const parties = {
  programme: 'o.programme_id',
  organisations: ['o.buyer_id', 'o.seller_id'],
  areaPath: 'd.area_path',
}
/** A citizen's order has no declaration. */
const from = `from "order" o
  left join declaration d on d.programme_id = o.programme_id and d.id = o.declaration_id`

interface SettlementRow {
  readonly order_id: string
  readonly number: string
  readonly buyer_name: string
  readonly seller_name: string
  readonly settled_at: Date
  readonly total_fen: number
  readonly cooperative_fen: number
  readonly households_fen: number
  readonly households: number
}

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  /** First and last day of settlement. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Settled orders one is a party to, newest first. */
export async function listSettlements(tx: Reader, reach: Reach, query: Query): Promise<Page<Settlement>> {
  const { sql, values } = reachPredicate(reach, parties, 5)
  const rows = await tx.query<SettlementRow>(
    `select s.*, o.number, coalesce(b.name_zh, '') as buyer_name, c.name_zh as seller_name ${from}
     join settlement s on s.programme_id = o.programme_id and s.order_id = o.id
     left join organisation b on b.programme_id = o.programme_id and b.id = o.buyer_id
     join organisation c on c.programme_id = o.programme_id and c.id = o.seller_id
     where ($3::timestamptz is null or s.settled_at >= $3) and ($4::timestamptz is null or s.settled_at < $4)
       and (s.settled_at, s.order_id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid) and ${sql}
     order by s.settled_at desc, s.order_id desc limit $2`,
    [
      query.after ?? newestUpTo(query.to),
      query.limit + 1,
      query.from ? startOf(query.from) : null,
      query.to ? startOf(addDays(query.to, 1)) : null,
      ...values,
    ],
  )
  return pageFrom(
    rows,
    query.limit,
    row => `${row.settled_at.toISOString()}|${row.order_id}`,
    row => ({
      orderId: row.order_id,
      orderNumber: row.number,
      buyerName: row.buyer_name,
      sellerName: row.seller_name,
      settledAt: row.settled_at.toISOString(),
      totalFen: row.total_fen,
      cooperativeFen: row.cooperative_fen,
      householdsFen: row.households_fen,
      households: row.households,
    }),
  )
}

interface PartRow {
  readonly household_id: string
  readonly head: Buffer | null
  readonly village: string
  readonly mechanism: Benefit['parts'][number]['mechanism']
  readonly fen: number
  readonly paid_at: Date | null
  readonly confirmed_at: Date | null
}

/** Which households an order reached, by which mechanism, how much and paid when: masked for everyone (4.2, gap 1). */
export async function readBenefit(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  orderId: string,
): Promise<Result<Benefit, 'order.not_found'>> {
  const { sql, values } = reachPredicate(reach, parties, 2)
  const [order] = await tx.query<
    { id: string; total_fen: number; s: SettlementRow | null } & Partial<SettlementRow>
  >(
    `select o.id, coalesce(s.total_fen, o.total_fen - o.off_fen) as total_fen, s.cooperative_fen, s.households_fen, s.settled_at ${from}
     left join settlement s on s.programme_id = o.programme_id and s.order_id = o.id where o.id = $1 and ${sql}`,
    [orderId, ...values],
  )
  if (!order) return refuse('order.not_found')
  return ok({
    orderId,
    totalFen: order.total_fen,
    cooperativeFen: order.cooperative_fen ?? 0,
    householdsFen: order.households_fen ?? 0,
    settledAt: order.settled_at?.toISOString() ?? null,
    parts: await readParts(tx, kit, orderId),
  })
}

async function readParts(tx: Reader, kit: Kit, orderId: string): Promise<Benefit['parts']> {
  const rows = await tx.query<PartRow>(
    `select p.household_id, m.name as head, a.name_zh as village, p.mechanism, p.fen, i.paid_at, i.confirmed_at
     from settlement_part p
     join household h on h.programme_id = p.programme_id and h.id = p.household_id
     join area a on a.code = left(h.village_code, 6)
     left join household_member m on m.programme_id = p.programme_id and m.household_id = p.household_id and m.no = 1
     left join payout_item i on i.programme_id = p.programme_id and i.batch_id = p.payout_id
       and i.household_id = coalesce(p.passed_to, p.household_id)
     where p.programme_id = $1 and p.order_id = $2 order by p.fen desc, p.link_id`,
    [tx.programme, orderId],
  )
  const names = await kit.vault.openMany(
    tx,
    rows.map(row => ({ subject: row.household_id, field: 'household_member.name', sealed: row.head })),
  )
  return rows.map((row, i) => ({
    household: names[i] ? maskName(names[i]) : '—',
    village: row.village,
    mechanism: row.mechanism,
    fen: row.fen,
    paidAt: row.paid_at?.toISOString() ?? null,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
  }))
}
