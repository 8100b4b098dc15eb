import type * as catalogue from '@silian/chains/supply/catalogue/contract.ts'
import type * as claims from '@silian/chains/supply/claims/contract.ts'
import type * as complaints from '@silian/chains/supply/complaints/contract.ts'
import type * as customers from '@silian/chains/supply/customers/contract.ts'
import type * as delivery from '@silian/chains/supply/delivery/contract.ts'
import type * as orders from '@silian/chains/supply/orders/contract.ts'
import type * as payments from '@silian/chains/supply/payments/contract.ts'
import type * as purchases from '@silian/chains/supply/purchases/contract.ts'
import type * as search from '@silian/chains/supply/search/contract.ts'
import type * as products from '@silian/chains/value/products/contract.ts'
import type * as platform from '@silian/server/platform/contract.ts'
import type { PublicProgramme } from '../api/access.ts'
import { type AnswerOf, type OptionsOf, send } from '../api/call.ts'
import { command, get, type In, type Out, post } from '../api/routes.ts'

/** Every route the shop uses, below `/api/v1`. */
const routes = {
  programmes: get<{ answer: PublicProgramme[] }>()('/programmes'),

  areas: get<{ query: In<typeof platform.areaQuery>; answer: Out<typeof platform.areas> }>()(
    '/p/:programme/areas',
  ),
  pavilions: get<{ answer: Out<typeof catalogue.pavilions> }>()('/p/:programme/pavilions'),
  found: get<{ query: In<typeof search.shopQuery>; answer: Out<typeof search.shopPage> }>()(
    '/p/:programme/shop/offers',
  ),
  suggest: get<{ query: In<typeof search.suggestQuery>; answer: Out<typeof search.suggestions> }>()(
    '/p/:programme/shop/suggest',
  ),
  offer: get<{ answer: Out<typeof catalogue.offerDetail> }>()('/p/:programme/offers/:offer'),
  flagships: get<{ query: In<typeof catalogue.flagshipQuery>; answer: Out<typeof catalogue.flagships> }>()(
    '/p/:programme/county-flagships',
  ),
  classes: get<{ answer: Out<typeof products.produceClasses> }>()('/p/:programme/produce-classes'),
  harvest: get<{ query: In<typeof products.harvestQuery>; answer: Out<typeof products.harvestCalendar> }>()(
    '/p/:programme/harvest-calendar',
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

  parcels: get<{ answer: Out<typeof delivery.orderParcels> }>()('/p/:programme/orders/:order/parcels'),
  claimable: get<{ answer: Out<typeof claims.claimable> }>()('/p/:programme/orders/:order/claimable'),
  claims: get<{ query: In<typeof claims.claimQuery>; answer: Out<typeof claims.claimPage> }>()(
    '/p/:programme/claims',
  ),
  sendBack: command<{ body: In<typeof claims.sentBack>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/sending',
  ),
  objectToClaim: command<{ body: In<typeof claims.objection>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/objection',
  ),
  withdrawClaim: command<{ body: object; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/withdrawal',
  ),
  claim: command<{ body: In<typeof claims.newClaim>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/orders/:order/claims',
  ),
}

type Routes = typeof routes
type RouteName = keyof Routes
export type ShopAnswer<N extends RouteName> = AnswerOf<Routes[N]>

/** Calls one of them by its name. */
export const shopCall = <N extends RouteName>(
  name: N,
  options: OptionsOf<Routes[N]>,
): Promise<AnswerOf<Routes[N]>> => send(routes[name] as Routes[N], options)
