import { type Route, route } from '@silian/kernel/http/route.ts'
import { ok } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { SearchCache } from './cache.ts'
import { shopPage, shopQuery, suggestions, suggestQuery } from './contract.ts'
import { findOffers } from './find.ts'
import { suggest } from './suggest.ts'

export const searchRoutes = (kit: Kit): Route[] => {
  const cache = new SearchCache()
  return [
    route({
      method: 'GET',
      path: '/shop/offers',
      action: 'offer.browse',
      summary: '商城搜索与列表 What the shop has, found by words or listed',
      query: shopQuery,
      answer: shopPage,
      shared: true,
      handle: ({ scope, principal, query }) =>
        cache.page(principal, query, () =>
          kit.app.look(scope, tx => findOffers(tx, principal, query, cache)),
        ),
    }),
    route({
      method: 'GET',
      path: '/shop/suggest',
      action: 'offer.browse',
      summary: '搜索联想 What somebody who types this may mean',
      query: suggestQuery,
      answer: suggestions,
      handle: async ({ scope, query: { q } }) =>
        ok({ items: await kit.app.look(scope, tx => suggest(tx, q)) }),
    }),
  ]
}
