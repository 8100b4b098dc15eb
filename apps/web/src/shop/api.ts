import type * as claims from '@silian/chains/supply/claims/contract.ts'
import type * as complaints from '@silian/chains/supply/complaints/contract.ts'
import type * as customers from '@silian/chains/supply/customers/contract.ts'
import type * as orders from '@silian/chains/supply/orders/contract.ts'
import type * as payments from '@silian/chains/supply/payments/contract.ts'
import type * as purchases from '@silian/chains/supply/purchases/contract.ts'
import type * as search from '@silian/chains/supply/search/contract.ts'
import type { Erasure } from '@silian/kernel/retention/contract.ts'
import type * as platform from '@silian/server/platform/contract.ts'
import { command, get, type In, type Out, post } from '../api/route.ts'
import { type AnswerOf, type OptionsOf, send } from '../api/send.ts'
import { sharedRoutes } from '../api/shared-routes.ts'

/** Every route the shop uses, below `/api/v1`. */
const routes = {
  ...sharedRoutes,

  areas: get<{ query: In<typeof platform.areaQuery>; answer: Out<typeof platform.areas> }>()(
    '/p/:programme/areas',
  ),
  suggest: get<{ query: In<typeof search.suggestQuery>; answer: Out<typeof search.suggestions> }>()(
    '/p/:programme/shop/suggest',
  ),
  reviews: get<{ query: In<typeof claims.reviewQuery>; answer: Out<typeof claims.reviewPage> }>()(
    '/p/:programme/products/:product/evaluations',
  ),

  session: get<{ answer: Out<typeof customers.shopSession> }>()('/p/:programme/shop/session'),
  begin: post<{ body: In<typeof customers.newSession>; answer: unknown }>()('/p/:programme/shop/session'),
  askCode: post<{ body: In<typeof customers.codeAsked>; answer: Out<typeof customers.codeSent> }>()(
    '/p/:programme/shop/session/code',
  ),
  proveCode: post<{ body: In<typeof customers.codeProof>; answer: unknown }>()(
    '/p/:programme/shop/session/proof',
  ),
  end: post<{ body: object; answer: unknown }>()('/p/:programme/shop/session/end'),
  addresses: get<{ answer: Out<typeof customers.addresses> }>()('/p/:programme/my/addresses'),
  keepAddress: command<{ body: In<typeof customers.newAddress>; answer: { id: string } }>()(
    '/p/:programme/my/addresses',
  ),
  removeAddress: command<{ body: object; answer: unknown }>()('/p/:programme/my/addresses/:address/removal'),

  erase: command<{ body: object; answer: Out<typeof customers.erasureAsked> }>()('/p/:programme/my/erasure'),
  erasure: get<{ answer: Erasure }>()('/p/:programme/shop/erasures/:erasure'),

  place: command<{ body: In<typeof orders.citizenOrder>; answer: Out<typeof orders.placed> }>()(
    '/p/:programme/orders',
  ),
  purchases: get<{
    query: In<typeof purchases.purchaseQuery>
    answer: Out<typeof purchases.purchasePage>
  }>()('/p/:programme/my/orders'),
  purchase: get<{ answer: Out<typeof purchases.purchaseDetail> }>()('/p/:programme/my/orders/:order'),
  cancel: command<{ body: In<typeof orders.cancellation>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/my/orders/:order/cancellation',
  ),
  receive: command<{ body: In<typeof purchases.receipt>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/my/orders/:order/acceptance',
  ),
  evaluate: command<{ body: In<typeof orders.evaluation>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/my/orders/:order/evaluation',
  ),
  complain: command<{
    body: In<typeof complaints.newComplaint>
    answer: Out<typeof complaints.complaintDone>
  }>()('/p/:programme/my/orders/:order/complaint'),
  replyToComplaint: command<{
    body: In<typeof complaints.complaintReply>
    answer: Out<typeof complaints.complaintDone>
  }>()('/p/:programme/my/orders/:order/complaint-reply'),
  pay: command<{ body: In<typeof payments.newMyPayment>; answer: Out<typeof payments.myPayment> }>()(
    '/p/:programme/my/payments',
  ),
  payment: get<{ answer: Out<typeof payments.myPayment> }>()('/p/:programme/my/payments/:payment'),
  askProvider: post<{ body: object; answer: Out<typeof payments.myPayment> }>()(
    '/p/:programme/my/payments/:payment/asking',
  ),
  payWays: get<{ answer: Out<typeof payments.payWays> }>()('/p/:programme/shop/pay-ways'),
}

type Routes = typeof routes
type RouteName = keyof Routes
export type ShopAnswer<N extends RouteName> = AnswerOf<Routes[N]>

/** Calls one of them by its name. */
export const shopCall = <N extends RouteName>(
  name: N,
  options: OptionsOf<Routes[N]>,
): Promise<AnswerOf<Routes[N]>> => send(routes[name] as Routes[N], options)
