import type * as catalogue from '@silian/chains/supply/catalogue/contract.ts'
import type * as claims from '@silian/chains/supply/claims/contract.ts'
import type * as delivery from '@silian/chains/supply/delivery/contract.ts'
import type * as search from '@silian/chains/supply/search/contract.ts'
import type * as products from '@silian/chains/value/products/contract.ts'
import type { PublicProgramme } from './access.ts'
import { command, get, type In, type Out } from './route.ts'

/** What both the desks and the citizens' shop ask, below `/api/v1`. */
export const sharedRoutes = {
  programmes: get<{ answer: PublicProgramme[] }>()('/programmes'),
  pavilions: get<{ answer: Out<typeof catalogue.pavilions> }>()('/p/:programme/pavilions'),
  flagships: get<{ query: In<typeof catalogue.flagshipQuery>; answer: Out<typeof catalogue.flagships> }>()(
    '/p/:programme/county-flagships',
  ),
  produceClasses: get<{ answer: Out<typeof products.produceClasses> }>()('/p/:programme/produce-classes'),
  harvestCalendar: get<{
    query: In<typeof products.harvestQuery>
    answer: Out<typeof products.harvestCalendar>
  }>()('/p/:programme/harvest-calendar'),
  offer: get<{ answer: Out<typeof catalogue.offerDetail> }>()('/p/:programme/offers/:offer'),
  found: get<{ query: In<typeof search.shopQuery>; answer: Out<typeof search.shopPage> }>()(
    '/p/:programme/shop/offers',
  ),
  orderParcels: get<{ answer: Out<typeof delivery.orderParcels> }>()('/p/:programme/orders/:order/parcels'),
  claimable: get<{ answer: Out<typeof claims.claimable> }>()('/p/:programme/orders/:order/claimable'),
  claims: get<{ query: In<typeof claims.claimQuery>; answer: Out<typeof claims.claimPage> }>()(
    '/p/:programme/claims',
  ),
  newClaim: command<{ body: In<typeof claims.newClaim>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/orders/:order/claims',
  ),
  objectClaim: command<{ body: In<typeof claims.objection>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/objection',
  ),
  sendClaim: command<{ body: In<typeof claims.sentBack>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/sending',
  ),
  withdrawClaim: command<{ body: object; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/withdrawal',
  ),
}
