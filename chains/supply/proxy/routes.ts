import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { CustomerKit } from '../customers/routes.ts'
import { done } from '../orders/contract.ts'
import { askProvider } from '../payments/ask.ts'
import { myPayment } from '../payments/contract.ts'
import { closeTrades } from '../payments/jobs.ts'
import { openMyPayment } from '../payments/pay.ts'
import { readMyPayment } from '../payments/reads.ts'
import {
  newProxyOrder,
  proxyDetail,
  proxyPage,
  proxyPayment,
  proxyPlaced,
  proxyQuery,
  visit,
} from './contract.ts'
import { listProxies, readProxy } from './reads.ts'
import { pointOf } from './rules.ts'
import { findProxy, placeProxy, visitHome } from './service.ts'

const params = z.object({ order: id })

export const proxyRoutes = (kit: CustomerKit): Route[] => [
  route({
    method: 'GET',
    path: '/proxy-orders',
    action: 'proxy.read',
    summary: '代购订单 What a service point ordered for others',
    query: proxyQuery,
    answer: proxyPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listProxies(tx, kit, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/proxy-orders',
    action: 'proxy.place',
    summary: '代购下单 Order for somebody who cannot',
    body: newProxyOrder,
    answer: proxyPlaced,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const point = pointOf(reach.organisationIds, body.pointId)
        return point.ok ? placeProxy(tx, kit, point.value, body) : point
      }),
  }),
  route({
    method: 'GET',
    path: '/proxy-orders/{order}',
    action: 'proxy.read',
    summary: '代购详情 One of them, with whom and where it goes; the look is recorded',
    params,
    answer: proxyDetail,
    handle: ({ scope, reach, params: { order }, requestId }) =>
      kit.app.write(scope, tx => readProxy(tx, kit, reach, order, requestId)),
  }),
  route({
    method: 'POST',
    path: '/proxy-orders/{order}/payment',
    action: 'proxy.place',
    summary: '代购付款 Pay for it, by a square that anybody scans',
    params,
    body: proxyPayment,
    answer: myPayment,
    handle: async ({ scope, reach, params: { order }, body, command: once, asked }) => {
      const opened = await command(kit.app, scope, { ...once, keepDays: 365 }, async tx => {
        const found = await findProxy(tx, reach, order)
        if (!found.ok) return found
        const { customer } = found.value
        const made = await openMyPayment(tx, kit, [customer], { orderIds: [order], way: body.way })
        if (!made.ok) return made
        await closeTrades(tx, made.value.givenUp)
        return ok({ id: made.value.id, customer })
      })
      if (!opened.ok) return opened
      const { id: payment, customer } = opened.value
      await askProvider(kit, scope, payment, {
        ...{ publicUrl: kit.shop.publicUrl, payerAddress: asked.address },
      })
      const own = { ...reach, organisationIds: [], personIds: [customer] }
      return kit.app.read(scope, tx => readMyPayment(tx, own, payment))
    },
  }),
  route({
    method: 'POST',
    path: '/proxy-orders/{order}/visit',
    action: 'proxy.visit',
    summary: '送货上门签收 Brought home and signed for: the signature is the acceptance',
    params,
    body: visit,
    answer: done,
    handle: ({ scope, reach, params: { order }, body, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const found = await findProxy(tx, reach, order)
        return found.ok ? visitHome(tx, kit, order, body) : found
      }),
  }),
]
