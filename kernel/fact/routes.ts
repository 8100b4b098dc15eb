import type { Database } from '../database/database.ts'
import { type Route, route } from '../http/route.ts'
import { ok } from '../result/result.ts'
import { lateFactQuery, lateFacts } from './contract.ts'
import { listLate } from './late-reads.ts'

export const lateRoutes = ({ app }: { readonly app: Database }): Route[] => [
  route({
    method: 'GET',
    path: '/late-facts',
    action: 'fact.late',
    summary: '迟报事实 Claims that were recorded later than their kind allows',
    query: lateFactQuery,
    answer: lateFacts,
    handle: async ({ scope, query }) => ok(await app.read(scope, tx => listLate(tx, query))),
  }),
]
