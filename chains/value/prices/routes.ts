import { type Route, route } from '@silian/kernel/http/route.ts'
import { ok } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { quotationPage, quotationQuery } from './contract.ts'
import { listQuotations } from './reads.ts'

export const priceRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/market-prices',
    action: 'price.read',
    summary: '市场参考价 The latest quotations of wholesale markets',
    query: quotationQuery,
    answer: quotationPage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listQuotations(tx, query))),
  }),
]
