import type * as figures from '@silian/chains/assurance/figures/contract.ts'
import type * as payouts from '@silian/chains/assurance/payouts/contract.ts'
import type * as settlement from '@silian/chains/assurance/settlement/contract.ts'
import type * as households from '@silian/chains/production/households/contract.ts'
import type * as links from '@silian/chains/production/links/contract.ts'
import type * as catalogue from '@silian/chains/supply/catalogue/contract.ts'
import type * as orders from '@silian/chains/supply/orders/contract.ts'
import type * as payments from '@silian/chains/supply/payments/contract.ts'
import type * as quota from '@silian/chains/supply/quota/contract.ts'
import type { z } from 'zod'
import type { Home, Me, PublicProgramme, SignInBody } from './access.ts'

/** What a route takes and gives. Types only: zod itself stays out of the bundle, the server does the checking. */
interface Shape {
  query?: unknown
  body?: unknown
  answer: unknown
}

/** `command` routes need an idempotency key. */
export interface Route<P extends string = string, S extends Shape = Shape, C extends boolean = boolean> {
  readonly method: 'GET' | 'POST'
  readonly path: P
  readonly command: C
  readonly shape?: S
}

type In<T extends z.ZodType> = z.input<T>
type Out<T extends z.ZodType> = z.output<T>

const get =
  <S extends Shape>() =>
  <const P extends string>(path: P): Route<P, S, false> => ({ method: 'GET', path, command: false })

const post =
  <S extends Shape>() =>
  <const P extends string>(path: P): Route<P, S, false> => ({ method: 'POST', path, command: false })

const command =
  <S extends Shape>() =>
  <const P extends string>(path: P): Route<P, S, true> => ({ method: 'POST', path, command: true })

/** Every route the pages use, below `/api/v1`. */
export const routes = {
  signIn: post<{ body: SignInBody; answer: unknown }>()('/sign-in'),
  signOut: post<{ answer: unknown }>()('/sign-out'),
  me: get<{ answer: Me }>()('/me'),
  programmes: get<{ answer: PublicProgramme[] }>()('/programmes'),
  home: get<{ answer: Home }>()('/p/:programme/home'),

  pavilions: get<{ answer: Out<typeof catalogue.pavilions> }>()('/p/:programme/pavilions'),
  offers: get<{ query: In<typeof catalogue.offerQuery>; answer: Out<typeof catalogue.offerPage> }>()(
    '/p/:programme/offers',
  ),
  offer: get<{ answer: Out<typeof catalogue.offerDetail> }>()('/p/:programme/offers/:offer'),

  declarations: get<{
    query: In<typeof quota.declarationQuery>
    answer: Out<typeof quota.declarationPage>
  }>()('/p/:programme/declarations'),
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

  settlements: get<{
    query: In<typeof settlement.settlementQuery>
    answer: Out<typeof settlement.settlementPage>
  }>()('/p/:programme/settlements'),
  payoutBatches: get<{ query: In<typeof payouts.batchQuery>; answer: Out<typeof payouts.batchPage> }>()(
    '/p/:programme/payout-batches',
  ),
  newPayoutBatch: command<{ body: In<typeof payouts.newBatch>; answer: { id: string } }>()(
    '/p/:programme/payout-batches',
  ),
  payoutItems: get<{ query: In<typeof payouts.itemQuery>; answer: Out<typeof payouts.itemPage> }>()(
    '/p/:programme/payout-items',
  ),
  confirmPayout: command<{ body: object; answer: { id: string } }>()(
    '/p/:programme/payout-items/:item/confirmation',
  ),

  households: get<{
    query: In<typeof households.householdQuery>
    answer: Out<typeof households.householdPage>
  }>()('/p/:programme/households'),
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
