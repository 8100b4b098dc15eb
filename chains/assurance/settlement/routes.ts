import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { benefit, settlementPage, settlementQuery } from './contract.ts'
import { listSettlements, readBenefit } from './reads.ts'

export const settlementRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/settlements',
    action: 'settlement.read',
    summary: '结算 Settled orders one is a party to',
    query: settlementQuery,
    answer: settlementPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listSettlements(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/orders/{order}/benefit',
    action: 'order.read',
    summary: '带贫去向 Which households an order reached, masked',
    params: z.object({ order: id }),
    answer: benefit,
    handle: ({ scope, reach, params }) =>
      kit.app.read(scope, tx => readBenefit(tx, kit, reach, params.order)),
  }),
]
