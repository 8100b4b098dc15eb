import type { Role } from '@silian/kernel/access/roles.ts'
import { bulletinExpectations } from './bulletins.ts'
import { catalogueExpectations } from './catalogue.ts'
import { claimExpectations } from './claims.ts'
import { deliveryExpectations } from './delivery.ts'
import { erasureExpectations } from './erasures.ts'
import { adminExpectations } from './expectations-admin.ts'
import { ledgerExpectations } from './ledger.ts'
import { listExpectations } from './lists.ts'
import { metricExpectations } from './metrics.ts'
import { processExpectations } from './processes.ts'
import { proxyExpectations } from './proxy.ts'
import { purchaseExpectations } from './purchases.ts'
import { receiptExpectations } from './receipts.ts'
import { registerExpectations } from './registers.ts'
import { reviewExpectations } from './reviews.ts'
import { sheetExpectations } from './sheets.ts'
import { signingExpectations } from './signing.ts'

/**
 * Who may ask what, and what the others are told: the reviewed table. Written by hand from domain 5.1 (area ×
 * organisation × purpose), never from apps/server/permissions.ts, so that either catches a slip in the other.
 *
 * Each operation is asked by 16 roles, by the public, and by a machine (`client`: a key of the co-op with the role of
 * its clerk, cut to the scopes `offer.*`, `order.read` and `order.ship`), about four things (of the last three who makes
 * a difference there, and one of the others in turn: `casesOf`):
 *
 * | the thing asked for             | `open` | in `all` | in `own`      | any other role         | public               |
 * | ------------------------------- | ------ | -------- | ------------- | ---------------------- | -------------------- |
 * | own                             | 200    | 200      | 200           | 403 `action.forbidden` | 401 `sign_in.required` |
 * | another's in the programme      | 200    | 200      | `another`     | 403 `action.forbidden` | 401 `sign_in.required` |
 * | another programme's, under ours | `alien` (the same as `another` where nothing else is said) | | | 403 | 401 |
 * | another programme's, under its  | 200    | 403      | 403           | 403                    | 401                  |
 *
 * A machine's key is of one programme: under another's address it is `credential.forged` (401), whatever is asked.
 * Without `another` the operation is a list: it answers 200, and does not show what is another's.
 */
export interface Expectation {
  readonly route: string
  readonly action: string
  /** Everyone, signed in or not; a machine only within its scopes. */
  readonly open?: 'everyone' | 'everyone but client'
  /** Their own: of their organisation, or of their area. */
  readonly own?: readonly Who[]
  /** Everything of the programme. */
  readonly all?: readonly Who[]
  /** They may ask, and nothing of either side is theirs: told as of another's. */
  readonly none?: readonly Who[]
  /** What those in `own` are told of another's: that it is not there. */
  readonly another?: Told
  /** What is told of another programme's, where that differs. */
  readonly alien?: Told | '409 form.invalid'
  /** What even those who may ask are told here: it is for one person alone, and that is none of them. */
  readonly always?: Told
  /** Things the operation can be asked about beside one's own; `area` codes belong to no programme. */
  readonly about: 'organisation' | 'area' | 'nothing'
}

export type Who = Role | 'client'
type Told = `${404 | 401} ${string}`

/** The order in which people stand in the roles below. */
const offices = ['finance_officer', 'task_force', 'auditor'] as const
const unit = ['buyer', 'approver', 'accountant', 'canteen_acceptor'] as const
const village = ['village_cadre', 'county_officer'] as const
const both = [...unit, 'coop_clerk', 'client', 'district_officer'] as const

const O = 'organisation'
const A = 'area'
const N = 'nothing'

export const expectations: readonly Expectation[] = [
  // 生产链: households are seen where they live, and by the auditor; their names in clear only where they live
  ...registerExpectations,
  ...sheetExpectations,
  ...processExpectations,
  {
    route: 'GET /households/{household}/statement',
    action: 'household.statement',
    own: village,
    all: ['auditor'],
    another: '404 household.not_found',
    about: O,
  },
  {
    route: 'GET /links',
    action: 'link.read',
    own: [...village, 'coop_clerk'],
    all: ['auditor'],
    about: O,
  },
  {
    route: 'POST /links',
    action: 'link.propose',
    own: ['coop_clerk'],
    another: '404 organisation.not_found',
    about: O,
  },
  {
    route: 'GET /link-proposals',
    action: 'link.read',
    own: [...village, 'coop_clerk'],
    all: ['auditor'],
    about: O,
  },
  {
    route: 'POST /link-proposals/{link}/answer',
    action: 'link.consent',
    own: ['village_cadre'],
    another: '404 link.not_found',
    about: O,
  },

  // 价值链: the co-op makes, the county recognises
  {
    route: 'GET /products',
    action: 'product.read',
    own: ['coop_clerk', 'county_officer'],
    all: ['task_force', 'auditor'],
    about: O,
  },
  {
    route: 'GET /products/{product}',
    action: 'product.read',
    own: ['coop_clerk', 'county_officer'],
    all: ['task_force', 'auditor'],
    another: '404 product.not_found',
    about: O,
  },
  {
    route: 'POST /products',
    action: 'product.create',
    own: ['coop_clerk'],
    another: '404 organisation.not_found',
    about: O,
  },
  {
    route: 'GET /lots',
    action: 'lot.read',
    own: ['coop_clerk', 'county_officer'],
    all: ['auditor'],
    about: O,
  },
  {
    route: 'GET /lots/places',
    action: 'lot.read',
    own: ['coop_clerk', 'county_officer'],
    all: ['auditor'],
    about: O,
  },
  {
    route: 'POST /lots',
    action: 'lot.harvest',
    own: ['coop_clerk'],
    another: '404 product.not_found',
    about: O,
  },
  {
    route: 'POST /lots/{lot}/move',
    action: 'lot.move',
    own: ['coop_clerk'],
    another: '404 lot.not_found',
    about: O,
  },

  {
    // quotations of markets belong to no programme
    route: 'GET /market-prices',
    action: 'price.read',
    all: ['coop_clerk', 'county_officer', ...offices],
    about: N,
  },

  // 供应链: the shop window is everyone's
  ...catalogueExpectations,
  { route: 'GET /offers', action: 'offer.browse', open: 'everyone', about: O },
  {
    route: 'GET /offers/{offer}',
    action: 'offer.browse',
    open: 'everyone',
    alien: '404 offer.not_found',
    about: O,
  },
  { route: 'GET /own-offers', action: 'offer.list', own: ['coop_clerk', 'client'], about: O },
  {
    route: 'POST /offers',
    action: 'offer.list',
    own: ['coop_clerk', 'client'],
    another: '404 product.not_found',
    about: O,
  },
  {
    route: 'POST /offers/{offer}',
    action: 'offer.list',
    own: ['coop_clerk', 'client'],
    another: '404 offer.not_found',
    about: O,
  },

  // the reserved share: finance makes the rule, units declare, their district or finance decides
  { route: 'GET /quota-rules', action: 'quota.read', open: 'everyone but client', about: N },
  { route: 'POST /quota-rules', action: 'quota.rule', all: ['finance_officer'], about: A },
  {
    route: 'GET /canteens',
    action: 'canteen.read',
    own: ['buyer', 'district_officer'],
    all: offices,
    about: O,
  },
  {
    route: 'POST /canteens',
    action: 'canteen.register',
    own: ['district_officer'],
    all: ['finance_officer'],
    another: '404 area.not_found',
    alien: '404 organisation.not_found',
    about: O,
  },
  {
    // the unit that declares for a canteen lets its contractor order
    route: 'POST /canteens/{canteen}/contractor',
    action: 'canteen.contract',
    own: ['buyer'],
    another: '404 canteen.not_found',
    about: O,
  },
  {
    route: 'GET /declaration-years',
    action: 'declaration.check',
    own: ['district_officer'],
    all: offices,
    about: N,
  },
  {
    route: 'GET /missing-declarations',
    action: 'declaration.check',
    own: ['district_officer'],
    all: offices,
    about: O,
  },
  {
    route: 'GET /declarations',
    action: 'declaration.read',
    own: [...unit, 'district_officer'],
    all: offices,
    about: O,
  },
  {
    route: 'POST /declarations',
    action: 'declaration.declare',
    own: ['buyer'],
    another: '404 organisation.not_found',
    about: O,
  },
  {
    route: 'POST /declarations/{declaration}/decision',
    action: 'declaration.decide',
    own: ['district_officer'],
    all: ['finance_officer'],
    another: '404 declaration.not_found',
    about: O,
  },

  // an order is seen from both its sides; each step belongs to one role of one side
  { route: 'GET /orders', action: 'order.read', own: both, all: offices, about: O },
  {
    route: 'GET /orders/{order}',
    action: 'order.read',
    own: both,
    all: offices,
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'GET /orders/{order}/benefit',
    action: 'order.read',
    own: both,
    all: offices,
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'POST /orders',
    action: 'order.place',
    own: ['buyer'],
    // a citizen's account has no declaration, and shops with a phone
    none: ['citizen'],
    another: '404 declaration.not_found',
    about: O,
  },
  {
    route: 'POST /orders/{order}/approval',
    action: 'order.approve',
    own: ['approver'],
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'POST /orders/{order}/cancellation',
    action: 'order.cancel',
    own: ['buyer', 'approver'],
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'POST /orders/{order}/shipment',
    action: 'order.ship',
    own: ['coop_clerk', 'client'],
    another: '404 order.not_found',
    about: O,
  },
  ...deliveryExpectations,
  ...claimExpectations,
  ...purchaseExpectations,
  ...reviewExpectations,
  ...proxyExpectations,
  {
    route: 'POST /shipments',
    action: 'order.ship',
    own: ['coop_clerk', 'client'],
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'POST /orders/{order}/acceptance',
    action: 'order.accept',
    own: ['canteen_acceptor'],
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'POST /orders/{order}/evaluation',
    action: 'order.evaluate',
    own: ['canteen_acceptor', 'buyer'],
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'POST /payments',
    action: 'payment.open',
    own: ['accountant'],
    another: '404 order.not_found',
    about: O,
  },
  {
    route: 'GET /payments/{payment}',
    action: 'payment.read',
    own: ['accountant', 'buyer'],
    all: ['finance_officer', 'auditor'],
    another: '404 payment.not_found',
    about: O,
  },
  { route: 'GET /bank-credits', action: 'credit.read', all: ['finance_officer', 'auditor'], about: O },
  {
    route: 'POST /bank-credits/{credit}/allotment',
    action: 'credit.allot',
    all: ['finance_officer'],
    alien: '404 credit.not_found',
    about: O,
  },
  {
    // the message is its own proof: `own` is one under the bank's key, another's under a key that is no bank's
    route: 'POST /bank/messages',
    action: 'bank.message',
    open: 'everyone but client',
    another: '401 fact.forged',
    about: O,
  },

  // 保障链: where the money went
  {
    route: 'GET /settlements',
    action: 'settlement.read',
    own: ['coop_clerk', 'buyer', 'accountant'],
    all: offices,
    about: O,
  },
  {
    route: 'GET /payout-batches',
    action: 'payout.read',
    own: ['county_officer'],
    all: ['finance_officer', 'bank_officer', 'auditor'],
    about: O,
  },
  {
    route: 'GET /payout-disputes',
    action: 'payout.disputes',
    all: ['finance_officer', 'auditor'],
    about: O,
  },
  { route: 'POST /payout-batches', action: 'payout.send', all: ['finance_officer'], about: A },
  {
    route: 'GET /payout-items',
    action: 'payout.items',
    own: village,
    all: ['finance_officer', 'auditor'],
    about: O,
  },
  {
    route: 'POST /payout-items/{item}/confirmation',
    action: 'payout.confirm',
    own: ['village_cadre'],
    another: '404 payout.not_found',
    about: O,
  },
  { route: 'GET /figures', action: 'figure.read', open: 'everyone but client', about: N },
  { route: 'GET /cited', action: 'figure.read', open: 'everyone but client', about: N },
  { route: 'POST /figures', action: 'figure.publish', all: ['task_force'], about: N },
  ...metricExpectations,
  ...bulletinExpectations,
  ...ledgerExpectations,
  ...erasureExpectations,

  // 平台: what everyone may look up and check, and the trail of who looked at whom
  { route: 'GET /home', action: 'home.read', open: 'everyone but client', about: N },
  { route: 'GET /areas', action: 'organisation.read', open: 'everyone but client', about: N },
  { route: 'GET /organisations', action: 'organisation.read', open: 'everyone but client', about: O },
  { route: 'GET /changes', action: 'change.read', open: 'everyone but client', about: O },
  {
    route: 'GET /facts/{fact}',
    action: 'change.read',
    open: 'everyone but client',
    alien: '404 fact.not_found',
    about: O,
  },
  {
    route: 'GET /late-facts',
    action: 'fact.late',
    all: ['task_force', 'finance_officer', 'auditor'],
    about: N,
  },
  ...receiptExpectations,
  ...signingExpectations,
  ...adminExpectations,
  ...listExpectations,
]

/** Operations outside a programme's address: open to all, each with a test of its own in public-operations.ts. */
export const publicOperations: readonly string[] = [
  'GET /',
  'GET /api/v1/programmes',
  'GET /api/v1/totals',
  'GET /api/v1/me',
  'POST /api/v1/sign-in',
  'POST /api/v1/sign-out',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /log/:programme/checkpoint',
  'GET /log/:programme/vkey',
  'GET /log/:programme/tile/*',
]
