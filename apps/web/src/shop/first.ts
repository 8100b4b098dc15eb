import type { QueryClient } from '@tanstack/react-query'
import { monthOf } from '../i18n/format.ts'
import { classesOf, flagshipsOf, harvestOf, offerOf, offersOf, pavilionsOf } from './queries.ts'

const page = /^\/s\/([^/]+)(?:\/goods\/([\w-]+))?\/?$/

/** What the first page asks for, home or goods, all at once. True where it is such a page and all of it came. */
export async function fetchFirst(client: QueryClient, path: string): Promise<boolean> {
  const [, programme, offer] = page.exec(path) ?? []
  if (programme === undefined) return false
  await (offer === undefined ? fetchHome(client, programme) : fetchGoods(client, programme, offer))
  return client
    .getQueryCache()
    .getAll()
    .every(({ state }) => state.status === 'success')
}

const fetchHome = (client: QueryClient, programme: string): Promise<unknown> =>
  Promise.all([
    client.prefetchQuery(offersOf(programme, { limit: 12 })),
    client.prefetchQuery(harvestOf(programme, { month: Number(monthOf(new Date()).slice(5)) })),
    client.prefetchQuery(flagshipsOf(programme)),
    client.prefetchQuery(pavilionsOf(programme)),
  ])

const fetchGoods = (client: QueryClient, programme: string, offer: string): Promise<unknown> =>
  Promise.all([client.prefetchQuery(offerOf(programme, offer)), client.prefetchQuery(classesOf(programme))])
