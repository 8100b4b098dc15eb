import { wholeNames } from '@silian/kernel/access/areas.ts'
import { recordAccess } from '@silian/kernel/access/audit.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { maskName, maskPhone } from '@silian/kernel/personal/masks.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { addressesOf } from '../customers/addresses.ts'
import { NAME, PHONE } from '../customers/service.ts'
import { readLines } from '../orders/reads.ts'
import type { OrderState } from '../orders/rules.ts'
import type { ProxyDetail, ProxyOrder } from './contract.ts'

interface Row {
  readonly id: string
  readonly number: string
  readonly state: OrderState
  readonly total_fen: number
  readonly placed_at: Date
  readonly paid_at: Date | null
  readonly delivered_at: Date | null
  readonly visited_at: Date | null
  readonly signature: 'drawn' | 'paper' | null
  readonly customer_id: string
  readonly address_id: string | null
  readonly name: Buffer | null
  readonly phone: Buffer
}

const select = `select o.id, o.number, o.state, o.total_fen, x.placed_at, o.paid_at, o.delivered_at, x.visited_at, x.signature,
    x.customer_id, o.address_id, c.name, c.phone
  from proxy_order x
  join "order" o on o.programme_id = x.programme_id and o.id = x.order_id
  join customer c on c.programme_id = x.programme_id and c.id = x.customer_id`
const parties = { programme: 'x.programme_id', organisations: ['x.point_id'] }

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  /** Still to be paid, sent or brought. */
  readonly waiting?: 'true' | undefined
}

/** What a point ordered for others, the newest first; names and phones are masked. */
export async function listProxies(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  query: Query,
): Promise<Page<ProxyOrder>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `${select} where (x.placed_at, x.order_id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
       and ($2::text is null or x.visited_at is null and o.state not in ('cancelled', 'expired')) and ${sql}
     order by x.placed_at desc, x.order_id desc limit $3`,
    [query.after ?? newestUpTo(undefined), query.waiting ?? null, query.limit + 1, ...values],
  )
  const shown = await proxiesOf(tx, kit, rows)
  const key = (row: Row) => `${row.placed_at.toISOString()}|${row.id}`
  return pageFrom(rows, query.limit, key, row => shown.get(row.id)!)
}

async function proxiesOf(tx: Reader, kit: Kit, rows: readonly Row[]): Promise<Map<string, ProxyOrder>> {
  const opened = await kit.vault.openMany(
    tx,
    rows.flatMap(({ customer_id: subject, name, phone }) => [
      { subject, field: NAME, sealed: name },
      { subject, field: PHONE, sealed: phone },
    ]),
  )
  return new Map(rows.map((row, n) => [row.id, proxyOf(row, opened[2 * n]!, opened[2 * n + 1]!)]))
}

function proxyOf(row: Row, name: string | null, phone: string | null): ProxyOrder {
  return {
    ...{
      id: row.id,
      number: row.number,
      state: row.state,
      totalFen: row.total_fen,
      signature: row.signature,
    },
    placedAt: row.placed_at.toISOString(),
    paidAt: row.paid_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    visitedAt: row.visited_at?.toISOString() ?? null,
    name: name && maskName(name),
    phone: phone === null ? '' : maskPhone(phone),
  }
}

/** One of them with whom and where it goes, whole; the look is recorded. Refuses `order.not_found`. */
export async function readProxy(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  requestId: string,
): Promise<Result<ProxyDetail, 'order.not_found'>> {
  const { sql, values } = reachPredicate(reach, parties, 2)
  const [row] = await tx.query<Row>(`${select} where x.order_id = $1 and ${sql}`, [id, ...values])
  if (!row) return refuse('order.not_found')
  await recordAccess(tx, {
    ...{ action: 'proxy.read', subjectType: 'order', subjectIds: [id], requestId, purpose: 'delivery' },
    fields: ['recipient', 'phone', 'address'],
  })
  const lines = await readLines(tx, [id])
  const shown = await proxiesOf(tx, kit, [row])
  return ok({
    ...shown.get(id)!,
    home: await homeOf(tx, kit, row.address_id),
    lines: lines.get(id) ?? [],
  })
}

async function homeOf(tx: Reader, kit: Kit, id: string | null): Promise<ProxyDetail['home']> {
  const found = (await addressesOf(tx, kit, id ? [id] : [])).get(id ?? '')
  if (!found) return { name: '', phone: '', area: '', address: '' }
  const { name, phone, areaCode, address } = found
  return { name, phone, area: (await wholeNames(tx, [areaCode])).get(areaCode) ?? '', address }
}
