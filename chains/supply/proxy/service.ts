import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { normalPhone } from '@silian/kernel/personal/blind-index.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { newCustomer } from '../customers/service.ts'
import type { Placed } from '../orders/contract.ts'
import { placeOrders } from '../orders/place.ts'
import { readNow } from '../orders/place-reads.ts'
import { acceptOrder } from '../orders/service.ts'
import type { newProxyOrder, visit } from './contract.ts'

/**
 * A service point orders for somebody: the customer is made anew, as a guest is, so that the point reads what it
 * ordered and nothing else of that phone. Refuses what placing does.
 */
export async function placeProxy(
  tx: Writer,
  kit: Kit,
  pointId: string,
  input: z.output<typeof newProxyOrder>,
  ids: { readonly customer?: string; readonly order?: string } = {},
): Promise<Result<Placed>> {
  const { phone, name } = input.customer
  const customer = await newCustomer(tx, kit, normalPhone(phone), {
    name,
    ...(ids.customer && { id: ids.customer }),
  })
  const cart = {
    ...(ids.order && { id: ids.order }),
    ...{ buyer: 'citizen' as const, delivery: input.home, walletFen: 0 },
    ...{ lines: input.lines, note: input.note },
  }
  const ask = { actor: tx.actor, units: [], customers: [customer], channel: 'point' as const, input: cart }
  const [placed] = await placeOrders(tx, kit, [ask], await readNow(tx, [ask]))
  if (!placed!.ok) return placed!
  const orders = placed!.value.orders.map(order => order.id)
  // behind the orders themselves, which are written with the commit
  tx.lastly(() => ({
    text: `insert into proxy_order (programme_id, order_id, point_id, customer_id, placed_by, placed_at)
       select $1, o, $3, $4, $5, $6 from unnest($2::uuid[]) o`,
    values: [tx.programme, orders, pointId, customer, tx.actor, tx.at],
    name: 'proxy-order-keep',
  }))
  return placed!
}

/** The customer of a point's own proxy order. Refuses `order.not_found`. */
export async function findProxy(
  tx: Reader,
  reach: Reach,
  order: string,
): Promise<Result<{ customer: string }, 'order.not_found'>> {
  const { sql, values } = reachPredicate(reach, { organisations: ['point_id'] }, 2)
  const [row] = await tx.query<{ customer: string }>(
    `select customer_id as customer from proxy_order where order_id = $1 and ${sql}`,
    [order, ...values],
  )
  return row ? ok(row) : refuse('order.not_found')
}

/**
 * It was brought home and signed for: the signature is the acceptance. Refuses `order.wrong_state` unless it was sent,
 * `file.not_found`.
 */
export async function visitHome(
  tx: Writer,
  kit: Kit,
  order: string,
  { signature, file }: z.output<typeof visit>,
): ReturnType<typeof acceptOrder> {
  const accepted = await acceptOrder(tx, kit, order, { photos: [file] })
  if (accepted.ok)
    await tx.query(
      `update proxy_order set visited_at = $3, visited_by = $4, signature = $5
       where programme_id = $1 and order_id = $2`,
      [tx.programme, order, tx.at, tx.actor, signature],
    )
  return accepted
}
