import type * as customers from '@silian/chains/supply/customers/contract.ts'
import type * as retention from '@silian/kernel/retention/contract.ts'
import { command, get, type In, type Out, post } from '../../api/route.ts'

/** What the pages of erasures ask for, below `/api/v1`. */
export const erasureRoutes = {
  list: get<{ query: In<typeof retention.erasureQuery>; answer: Out<typeof retention.erasures> }>()(
    '/p/:programme/erasures',
  ),
  one: get<{ answer: retention.Erasure }>()('/p/:programme/erasures/:erasure'),
  reveal: post<{ body: In<typeof retention.retainedLook>; answer: retention.RetainedShown }>()(
    '/p/:programme/erasures/:erasure/reveal',
  ),
  customer: command<{
    body: In<typeof customers.customerErasure>
    answer: Out<typeof customers.erasuresAsked>
  }>()('/p/:programme/customer-erasures'),
} as const
