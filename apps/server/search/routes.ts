import { registers } from '@silian/chains/declared.ts'
import { Turns } from '@silian/kernel/access/turns.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { found, identityBody, searchParams } from '@silian/kernel/search/contract.ts'
import { search } from '@silian/kernel/search/find.ts'
import { searchSealed } from '@silian/kernel/search/registers.ts'
import type { Whole } from '../compose.ts'
import { sought } from './kinds.ts'

/** Searches refuse `search.too_many {seconds}` to an address that asks more often than the shop's may. */
export const searchRoutes = (kit: Whole, turns = new Turns(kit.searchLimit)): Route[] => [
  route({
    method: 'GET',
    path: '/search',
    action: 'search.ask',
    summary: '搜索 By name, number, pinyin or initials, among what the caller may read',
    query: searchParams,
    answer: found,
    handle: async ({ scope, principal, query, asked }) => {
      const seconds = turns.take(asked.address)
      if (seconds > 0) return refuse('search.too_many', { seconds })
      return ok(
        await kit.app.read(scope, tx => search(tx, sought, { permit: kit.permit, principal }, query.q)),
      )
    },
  }),
  route({
    // the number itself is in no address and in no command's memory; that it was looked for is kept
    method: 'POST',
    path: '/search/identity',
    action: 'search.identity',
    summary: '按身份证号或手机号查找 Whom a whole number belongs to, for a stated purpose',
    keyless: true,
    body: identityBody,
    answer: found,
    handle: ({ scope, principal, body, requestId }) =>
      kit.app.write(scope, tx =>
        searchSealed(tx, kit, registers, { permit: kit.permit, principal }, { ...body, requestId }),
      ),
  }),
]
