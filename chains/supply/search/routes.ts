import { Turns } from '@silian/kernel/access/turns.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { type AskedWords, isAskedAnew } from './asked.ts'
import { askedWords } from './asked-reads.ts'
import { SearchCache } from './cache.ts'
import { shopAsked, shopPage, shopQuery, suggestions, suggestQuery } from './contract.ts'
import { findOffers } from './find.ts'
import { suggest } from './suggest.ts'

export interface SearchKit extends Kit {
  readonly searchLimit: number
  readonly asked: AskedWords
}

/** Searches refuse `search.too_many {seconds}` to an address that asks more than `searchLimit` times a minute; 0 is no limit. */
export const searchRoutes = (kit: SearchKit): Route[] => {
  const cache = new SearchCache(kit.app)
  const turns = new Turns(kit.searchLimit)
  const mayAsk = (address: string): Result<null, 'search.too_many'> => {
    const seconds = turns.take(address)
    return seconds === 0 ? ok(null) : refuse('search.too_many', { seconds })
  }
  return [
    route({
      method: 'GET',
      path: '/shop/offers',
      action: 'offer.browse',
      summary: '商城搜索与列表 What the shop has, found by words or listed',
      query: shopQuery,
      answer: shopPage,
      shared: true,
      handle: async ({ scope, principal, query, asked }) => {
        const may = query.q === undefined ? ok(null) : mayAsk(asked.address)
        if (!may.ok) return may
        const page = await kit.app.look(scope, tx => findOffers(tx, principal, query, cache))
        if (page.ok && isAskedAnew(query))
          kit.asked.note(scope.programme, query.q!, page.value.loose ? 0 : (page.value.facets?.total ?? 0))
        return page
      },
    }),
    route({
      method: 'GET',
      path: '/shop/suggest',
      action: 'offer.browse',
      summary: '搜索联想 What somebody who types this may mean',
      query: suggestQuery,
      answer: suggestions,
      handle: async ({ scope, query: { q }, asked }) => {
        const may = mayAsk(asked.address)
        return may.ok ? ok({ items: await kit.app.look(scope, tx => suggest(tx, q)) }) : may
      },
    }),
    route({
      method: 'GET',
      path: '/shop/asked',
      action: 'offer.asked',
      summary: '近30天搜索词 What the shop was searched for in the last thirty days, the unmet first',
      answer: shopAsked,
      handle: async ({ scope, reach }) => ok(await kit.app.read(scope, tx => askedWords(tx, reach))),
    }),
  ]
}
