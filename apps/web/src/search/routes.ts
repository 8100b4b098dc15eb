import type * as search from '@silian/kernel/search/contract.ts'
import { get, type In, type Out, post } from '../api/route.ts'

export const searchRoutes = {
  search: get<{ query: In<typeof search.searchParams>; answer: search.Found }>()('/p/:programme/search'),
  identity: post<{ body: In<typeof search.identityBody>; answer: Out<typeof search.found> }>()(
    '/p/:programme/search/identity',
  ),
}
