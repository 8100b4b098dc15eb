import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { type Call, type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { cancellation, done, evaluation } from '../orders/contract.ts'
import { acceptOrder, type Done, evaluateOrder } from '../orders/service.ts'
import { takeWallet } from '../payments/paid.ts'
import { purchaseDetail, purchasePage, purchaseQuery, receipt } from './contract.ts'
import { listPurchases, readPurchase } from './reads.ts'
import { cancelPurchase, findOwn } from './service.ts'

const params = z.object({ order: id })

export const purchaseRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/my/orders',
    action: 'my.orders',
    summary: '我的订单 Own orders',
    query: purchaseQuery,
    answer: purchasePage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listPurchases(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/my/orders/{order}',
    action: 'my.orders',
    summary: '订单详情 One of one’s own orders',
    params,
    answer: purchaseDetail,
    handle: ({ scope, reach, params: { order } }) =>
      kit.app.read(scope, tx => readPurchase(tx, kit, reach, order)),
  }),
  step(kit, 'wallet-payment', '钱包付清 Its wallet pays all of it', z.object({}), async (tx, order) => {
    const taken = await takeWallet(tx, kit, order)
    return taken.ok ? ok({ id: order, state: 'approved' as const, completedAt: null }) : taken
  }),
  step(kit, 'cancellation', '取消 Cancel before it is sent', cancellation, (tx, order, { reason }) =>
    cancelPurchase(tx, kit, order, reason),
  ),
  step(kit, 'acceptance', '确认收货 The goods came and are in order', receipt, (tx, order, { photos }) =>
    acceptOrder(tx, kit, order, { photos }),
  ),
  step(kit, 'evaluation', '评价 Evaluate what came', evaluation, (tx, order, body) =>
    evaluateOrder(tx, kit, order, body),
  ),
]

function step<B extends z.ZodType>(
  kit: Kit,
  name: string,
  summary: string,
  body: B,
  work: (tx: Writer, order: string, body: z.output<B>) => Promise<Result<Done>>,
): Route {
  return route({
    method: 'POST',
    path: `/my/orders/{order}/${name}`,
    action: 'my.orders',
    summary,
    params,
    body,
    answer: done,
    handle: (call: Call<typeof params, undefined, B>) =>
      command(kit.app, call.scope, call.command, async tx => {
        const found = await findOwn(tx, call.reach, call.params.order)
        return found.ok ? work(tx, call.params.order, call.body as z.output<B>) : found
      }),
  })
}
