import type * as figures from '@silian/chains/assurance/figures/contract.ts'
import type * as payouts from '@silian/chains/assurance/payouts/contract.ts'
import type * as settlement from '@silian/chains/assurance/settlement/contract.ts'
import type * as links from '@silian/chains/production/links/contract.ts'
import type * as catalogue from '@silian/chains/supply/catalogue/contract.ts'
import type * as claims from '@silian/chains/supply/claims/contract.ts'
import type * as delivery from '@silian/chains/supply/delivery/contract.ts'
import type * as orders from '@silian/chains/supply/orders/contract.ts'
import type * as payments from '@silian/chains/supply/payments/contract.ts'
import type * as refunding from '@silian/chains/supply/payments/refund-contract.ts'
import type * as reconciling from '@silian/chains/supply/payments/statement-contract.ts'
import type * as proxy from '@silian/chains/supply/proxy/contract.ts'
import type * as quota from '@silian/chains/supply/quota/contract.ts'
import type * as searching from '@silian/chains/supply/search/contract.ts'
import type * as lots from '@silian/chains/value/lots/contract.ts'
import type * as prices from '@silian/chains/value/prices/contract.ts'
import type * as products from '@silian/chains/value/products/contract.ts'
import type * as facts from '@silian/kernel/fact/contract.ts'
import type { Receipts } from '@silian/kernel/log/receipt-contract.ts'
import type * as platform from '@silian/server/platform/contract.ts'
import type { Home, Me, SignInBody } from './access.ts'
import { command, get, type In, type Out, post, type Route } from './route.ts'
import { sharedRoutes } from './shared-routes.ts'

/** Every route the pages use, below `/api/v1`. */
export const routes = {
  ...sharedRoutes,

  signIn: post<{ body: SignInBody; answer: unknown }>()('/sign-in'),
  signOut: post<{ answer: unknown }>()('/sign-out'),
  me: get<{ answer: Me }>()('/me'),
  totals: get<{ query: { metric: string; month: string }; answer: Out<typeof platform.totals> }>()('/totals'),
  home: get<{ answer: Home }>()('/p/:programme/home'),

  organisations: get<{
    query: In<typeof platform.organisationQuery>
    answer: Out<typeof platform.organisationPage>
  }>()('/p/:programme/organisations'),

  pavilionMonth: get<{
    query: In<typeof catalogue.pavilionMonthQuery>
    answer: Out<typeof catalogue.pavilionMonth>
  }>()('/p/:programme/pavilions/:pavilion/month'),
  offers: get<{ query: In<typeof catalogue.offerQuery>; answer: Out<typeof catalogue.offerPage> }>()(
    '/p/:programme/offers',
  ),

  lateFacts: get<{ query: In<typeof facts.lateFactQuery>; answer: Out<typeof facts.lateFacts> }>()(
    '/p/:programme/late-facts',
  ),

  declarations: get<{
    query: In<typeof quota.declarationQuery>
    answer: Out<typeof quota.declarationPage>
  }>()('/p/:programme/declarations'),
  quotaRules: get<{ answer: Out<typeof quota.rules> }>()('/p/:programme/quota-rules'),
  canteens: get<{ answer: Out<typeof quota.canteens> }>()('/p/:programme/canteens'),
  contractCanteen: command<{ body: In<typeof quota.contracting>; answer: unknown }>()(
    '/p/:programme/canteens/:canteen/contractor',
  ),
  declarationYear: get<{ query: In<typeof quota.yearQuery>; answer: Out<typeof quota.yearSummary> }>()(
    '/p/:programme/declaration-years',
  ),
  missingDeclarations: get<{
    query: In<typeof quota.missingQuery>
    answer: Out<typeof quota.missingPage>
  }>()('/p/:programme/missing-declarations'),
  declare: command<{ body: In<typeof quota.newDeclaration>; answer: { id: string } }>()(
    '/p/:programme/declarations',
  ),
  decideDeclaration: command<{ body: In<typeof quota.decision>; answer: unknown }>()(
    '/p/:programme/declarations/:declaration/decision',
  ),

  orders: get<{ query: In<typeof orders.orderQuery>; answer: Out<typeof orders.orderPage> }>()(
    '/p/:programme/orders',
  ),
  placeOrder: command<{ body: In<typeof orders.newOrder>; answer: Out<typeof orders.placed> }>()(
    '/p/:programme/orders',
  ),
  order: get<{ answer: Out<typeof orders.orderDetail> }>()('/p/:programme/orders/:order'),
  approve: command<{ body: In<typeof orders.approval>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/orders/:order/approval',
  ),
  cancel: command<{ body: In<typeof orders.cancellation>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/orders/:order/cancellation',
  ),
  ship: command<{ body: In<typeof orders.shipment>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/orders/:order/shipment',
  ),
  shipMany: command<{ body: In<typeof orders.shipments>; answer: Out<typeof orders.shipped> }>()(
    '/p/:programme/shipments',
  ),
  accept: command<{ body: In<typeof orders.acceptance>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/orders/:order/acceptance',
  ),
  evaluate: command<{ body: In<typeof orders.evaluation>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/orders/:order/evaluation',
  ),
  benefit: get<{ answer: Out<typeof settlement.benefit> }>()('/p/:programme/orders/:order/benefit'),

  pay: command<{ body: In<typeof payments.newPayment>; answer: Out<typeof payments.payment> }>()(
    '/p/:programme/payments',
  ),
  payment: get<{ answer: Out<typeof payments.payment> }>()('/p/:programme/payments/:payment'),

  credits: get<{ query: In<typeof payments.creditQuery>; answer: Out<typeof payments.creditPage> }>()(
    '/p/:programme/bank-credits',
  ),
  allotCredit: command<{ body: In<typeof payments.allotment>; answer: { id: string } }>()(
    '/p/:programme/bank-credits/:credit/allotment',
  ),
  differences: get<{
    query: In<typeof reconciling.differenceQuery>
    answer: Out<typeof reconciling.differencePage>
  }>()('/p/:programme/provider-differences'),
  settleDifference: command<{ body: In<typeof reconciling.settlementNote>; answer: { id: string } }>()(
    '/p/:programme/provider-differences/:difference/settlement',
  ),
  refunds: get<{ query: In<typeof refunding.refundQuery>; answer: Out<typeof refunding.refundPage> }>()(
    '/p/:programme/refunds',
  ),
  decideRefund: command<{ body: In<typeof refunding.refundDecision>; answer: { id: string } }>()(
    '/p/:programme/refunds/:refund/decision',
  ),
  unfit: get<{ answer: Out<typeof reconciling.unfitPage> }>()('/p/:programme/provider-receipts/unfit'),
  held: get<{ answer: Out<typeof reconciling.heldMoney> }>()(
    '/p/:programme/provider-receipts/:provider/:reference/trade',
  ),
  sendBack: command<{ body: object; answer: { id: string } }>()(
    '/p/:programme/provider-receipts/:provider/:reference/return',
  ),
  disbelieved: get<{ answer: Out<typeof reconciling.disbelievedPage> }>()('/p/:programme/provider-messages'),
  statements: get<{ answer: Out<typeof reconciling.statements> }>()('/p/:programme/provider-statements'),
  fetchStatement: post<{
    body: In<typeof reconciling.statementAsked>
    answer: { lines: number; found: number }
  }>()('/p/:programme/provider-statements'),
  disputes: get<{ query: In<typeof payouts.batchQuery>; answer: Out<typeof payouts.disputePage> }>()(
    '/p/:programme/payout-disputes',
  ),
  statement: get<{ answer: Out<typeof payouts.statement> }>()(
    '/p/:programme/households/:household/statement',
  ),

  settlements: get<{
    query: In<typeof settlement.settlementQuery>
    answer: Out<typeof settlement.settlementPage>
  }>()('/p/:programme/settlements'),
  orderReceipts: get<{ answer: Receipts }>()('/p/:programme/orders/:thing/receipts'),
  payoutReceipts: get<{ answer: Receipts }>()('/p/:programme/payout-items/:thing/receipts'),
  figureReceipts: get<{ answer: Receipts }>()('/p/:programme/figures/:thing/receipts'),
  signer: get<{ answer: platform.Signer }>()('/p/:programme/signers/:key'),
  payoutBatches: get<{ query: In<typeof payouts.batchQuery>; answer: Out<typeof payouts.batchPage> }>()(
    '/p/:programme/payout-batches',
  ),
  newPayoutBatch: command<{ body: In<typeof payouts.newBatch>; answer: { id: string } }>()(
    '/p/:programme/payout-batches',
  ),
  payoutItems: get<{ query: In<typeof payouts.itemQuery>; answer: Out<typeof payouts.itemPage> }>()(
    '/p/:programme/payout-items',
  ),
  confirmPayout: command<{ body: object; answer: { id: string; factId: string } }>()(
    '/p/:programme/payout-items/:item/confirmation',
  ),

  proposals: get<{ query: In<typeof links.proposalQuery>; answer: Out<typeof links.proposalPage> }>()(
    '/p/:programme/link-proposals',
  ),
  proposeLink: command<{ body: In<typeof links.newProposal>; answer: { id: string } }>()(
    '/p/:programme/links',
  ),
  answerProposal: command<{ body: In<typeof links.consent>; answer: { id: string } }>()(
    '/p/:programme/link-proposals/:link/answer',
  ),

  products: get<{ query: In<typeof products.productQuery>; answer: Out<typeof products.productPage> }>()(
    '/p/:programme/products',
  ),
  product: get<{ answer: Out<typeof products.productDetail> }>()('/p/:programme/products/:product'),
  changeMedia: command<{ body: In<typeof products.mediaChange>; answer: { id: string } }>()(
    '/p/:programme/product-media/:media',
  ),
  newProduct: command<{ body: In<typeof products.newProduct>; answer: { id: string } }>()(
    '/p/:programme/products',
  ),
  parcels: get<{ query: In<typeof delivery.parcelQuery>; answer: Out<typeof delivery.parcelPage> }>()(
    '/p/:programme/parcels',
  ),
  pack: command<{ body: In<typeof delivery.newParcels>; answer: Out<typeof delivery.parcelsMade> }>()(
    '/p/:programme/parcels',
  ),
  unpack: command<{ body: object; answer: { id: string } }>()('/p/:programme/parcels/:parcel/cancellation'),
  dispatch: command<{ body: In<typeof delivery.dispatch>; answer: Out<typeof orders.shipped> }>()(
    '/p/:programme/dispatches',
  ),
  sheets: get<{ query: { parcels: string }; answer: Out<typeof delivery.parcelSheets> }>()(
    '/p/:programme/parcel-sheets',
  ),
  receivers: get<{ query: { orders: string }; answer: Out<typeof delivery.receivers> }>()(
    '/p/:programme/receivers',
  ),
  fallShort: command<{ body: In<typeof delivery.shortage>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/orders/:order/shortage',
  ),
  sales: get<{ answer: Out<typeof delivery.sales> }>()('/p/:programme/own-sales'),
  shopAsked: get<{ answer: Out<typeof searching.shopAsked> }>()('/p/:programme/shop/asked'),
  answerClaim: command<{ body: In<typeof claims.claimAnswer>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/answer',
  ),
  decideClaim: command<{ body: In<typeof claims.decision>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/decision',
  ),
  receiveClaim: command<{ body: In<typeof claims.receivedBack>; answer: Out<typeof claims.claimDone> }>()(
    '/p/:programme/claims/:claim/receipt',
  ),
  reviews: get<{ query: In<typeof claims.reviewQuery>; answer: Out<typeof claims.ownReviewPage> }>()(
    '/p/:programme/reviews',
  ),
  hideReview: command<{ body: In<typeof claims.reviewHiding>; answer: { id: string } }>()(
    '/p/:programme/reviews/:review/hiding',
  ),
  proxyOrders: get<{ query: In<typeof proxy.proxyQuery>; answer: Out<typeof proxy.proxyPage> }>()(
    '/p/:programme/proxy-orders',
  ),
  proxyOrder: get<{ answer: Out<typeof proxy.proxyDetail> }>()('/p/:programme/proxy-orders/:order'),
  placeProxy: command<{ body: In<typeof proxy.newProxyOrder>; answer: Out<typeof proxy.proxyPlaced> }>()(
    '/p/:programme/proxy-orders',
  ),
  payProxy: command<{ body: In<typeof proxy.proxyPayment>; answer: Out<typeof payments.myPayment> }>()(
    '/p/:programme/proxy-orders/:order/payment',
  ),
  visitHome: command<{ body: In<typeof proxy.visit>; answer: Out<typeof orders.done> }>()(
    '/p/:programme/proxy-orders/:order/visit',
  ),
  lots: get<{ query: In<typeof lots.lotQuery>; answer: Out<typeof lots.lotPage> }>()('/p/:programme/lots'),
  lotPlaces: get<{ answer: Out<typeof lots.lotPlaces> }>()('/p/:programme/lots/places'),
  moveLot: command<{ body: In<typeof lots.lotMove>; answer: { id: string; placeId: string } }>()(
    '/p/:programme/lots/:lot/move',
  ),
  newLot: command<{ body: In<typeof lots.newLot>; answer: { id: string } }>()('/p/:programme/lots'),
  ownOffers: get<{
    query: In<typeof catalogue.ownOfferQuery>
    answer: Out<typeof catalogue.ownOfferPage>
  }>()('/p/:programme/own-offers'),
  newOffer: command<{ body: In<typeof catalogue.newOffer>; answer: { id: string; version: number } }>()(
    '/p/:programme/offers',
  ),
  changeOffer: command<{
    body: In<typeof catalogue.offerChange>
    answer: { id: string; version: number }
  }>()('/p/:programme/offers/:offer'),
  prices: get<{ query: In<typeof prices.quotationQuery>; answer: Out<typeof prices.quotationPage> }>()(
    '/p/:programme/market-prices',
  ),

  links: get<{ query: In<typeof links.linkQuery>; answer: Out<typeof links.linkPage> }>()(
    '/p/:programme/links',
  ),

  figures: get<{ answer: Out<typeof figures.figures> }>()('/p/:programme/figures'),
  publishFigure: post<{ body: In<typeof figures.publishFigure>; answer: { factId: string } }>()(
    '/p/:programme/figures',
  ),
  cited: get<{ answer: Out<typeof figures.citedAnswer> }>()('/p/:programme/cited'),
} satisfies Record<string, Route>

export type Routes = typeof routes
export type RouteName = keyof Routes
