import type { Permit, Reach } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { type Call, type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import type { CustomerKit } from '../customers/routes.ts'
import { mayWrite } from '../customers/turns.ts'
import { shipOrder, shipOrders } from '../delivery/ship.ts'
import type { Checkout } from './checkout.ts'
import {
  acceptance,
  approval,
  cancellation,
  done,
  evaluation,
  newOrder,
  orderDetail,
  orderPage,
  orderQuery,
  placed,
  shipment,
  shipments,
  shipped,
} from './contract.ts'
import type { Ask } from './place.ts'
import { findSide, listOrders, type Reaches, readOrder } from './reads.ts'
import type { Side } from './rules.ts'
import { acceptOrder, cancelOrder, decideOrder, evaluateOrder } from './service.ts'

const params = z.object({ order: id })
type Done = z.infer<typeof done>

/** Which action of the permission table stands behind each thing a party may do next. */
const actions = {
  approve: 'order.approve',
  cancel: 'order.cancel',
  ship: 'order.ship',
  accept: 'order.accept',
  evaluate: 'order.evaluate',
  pay: 'payment.open',
} as const

export const orderRoutes = (kit: CustomerKit & { readonly checkout: Checkout }, permit: Permit): Route[] => [
  route({
    method: 'GET',
    path: '/orders',
    action: 'order.read',
    summary: '订单列表 Orders one is a party to',
    query: orderQuery,
    answer: orderPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listOrders(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/orders',
    action: 'order.place',
    often: true,
    summary: '下单 Place one order a seller, or none',
    body: newOrder,
    answer: placed,
    handle: async ({ scope, principal, reach, body: input, asked, command: once }) => {
      const may = mayWrite(kit, principal, asked)
      if (!may.ok) return may
      return kit.checkout.place(
        scope.programme,
        { actor: scope.actor, ...buyersOf(principal, reach), input },
        once,
      )
    },
  }),
  route({
    method: 'GET',
    path: '/orders/{order}',
    action: 'order.read',
    summary: '订单详情 One order with its trail',
    params,
    answer: orderDetail,
    handle: ({ scope, reach, principal, params: { order } }) =>
      kit.app.read(scope, tx => readOrder(tx, reach, order, reachesOf(permit, principal))),
  }),
  route({
    method: 'POST',
    path: '/shipments',
    action: 'order.ship',
    summary: '批量发货 Hand several orders to carriers, all or none',
    body: shipments,
    answer: shipped,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const found = await findSide(
          tx,
          reach,
          body.parcels.map(parcel => parcel.orderId),
          'seller',
        )
        if (!found.ok) return found
        return shipOrders(tx, kit, body.parcels)
      }),
  }),
  step(
    kit,
    'approval',
    'order.approve',
    '审批 Approve or refuse an order',
    approval,
    'buyer',
    (tx, order, body) => decideOrder(tx, kit, order, body),
  ),
  step(
    kit,
    'cancellation',
    'order.cancel',
    '取消 Cancel before shipping and payment',
    cancellation,
    'buyer',
    (tx, order, body) => cancelOrder(tx, kit, order, body.reason),
  ),
  step(
    kit,
    'shipment',
    'order.ship',
    '发货 Hand the goods to a carrier',
    shipment,
    'seller',
    (tx, order, body) => shipOrder(tx, kit, order, body),
  ),
  step(
    kit,
    'acceptance',
    'order.accept',
    '验收 Accept goods and invoice',
    acceptance,
    'buyer',
    (tx, order, body) => acceptOrder(tx, kit, order, body),
  ),
  step(
    kit,
    'evaluation',
    'order.evaluate',
    '评价 Evaluate accepted goods',
    evaluation,
    'buyer',
    (tx, order, body) => evaluateOrder(tx, kit, order, body),
  ),
]

/** For whom the caller may buy. */
const buyersOf = (principal: Principal, reach: Reach): Pick<Ask, 'units' | 'customers' | 'guestOf'> => ({
  units: reach.everything ? 'all' : reach.organisationIds,
  customers: principal.kind === 'customer' ? [principal.id, ...reach.personIds] : [],
  guestOf: principal.guestOf,
})

/** A step of one side on one order: whoever does not stand on that side does not find the order. */
function step<B extends z.ZodType>(
  kit: Kit,
  name: string,
  action: string,
  summary: string,
  body: B,
  side: Side,
  work: (tx: Writer, order: string, body: z.output<B>) => Promise<Result<Done>>,
): Route {
  return route({
    method: 'POST',
    path: `/orders/{order}/${name}`,
    action,
    summary,
    params,
    body,
    answer: done,
    handle: (call: Call<typeof params, undefined, B>) =>
      command(kit.app, call.scope, call.command, async tx => {
        const found = await findSide(tx, call.reach, [call.params.order], side)
        return found.ok ? work(tx, call.params.order, call.body as z.output<B>) : found
      }),
  })
}

function reachesOf(permit: Permit, principal: Principal): Reaches {
  const entries = Object.entries(actions).flatMap(([may, action]): [string, Reach][] => {
    const reach = permit(principal, action)
    return reach.ok ? [[may, reach.value]] : []
  })
  return Object.fromEntries(entries) as Reaches
}
