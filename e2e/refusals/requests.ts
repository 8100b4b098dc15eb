import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import { bulletinRequests } from './bulletins.ts'
import { catalogueRequests } from './catalogue.ts'
import { claimRequests } from './claims.ts'
import { deliveryRequests } from './delivery.ts'
import { erasureRequests } from './erasures.ts'
import { ledgerRequests } from './ledger.ts'
import { listRequests } from './lists.ts'
import { lotRequests } from './lots.ts'
import { metricRequests } from './metrics.ts'
import { processRequests } from './processes.ts'
import { proxyRequests } from './proxy.ts'
import { purchaseRequests } from './purchases.ts'
import { receiptRequests } from './receipts.ts'
import { registerRequests } from './registers.ts'
import { adminRequests } from './requests-admin.ts'
import { reviewRequests } from './reviews.ts'
import { sheetRequests } from './sheets.ts'
import {
  completedOrder,
  credited,
  declared,
  everything,
  freshYear,
  itemOf,
  newLink,
  orderAt,
  paidBatch,
  proposed,
  ruledYear,
  strayCredit,
} from './side.ts'
import { signingRequests } from './signing.ts'
import type { Standing } from './stage.ts'

/** One request about a thing of a side, valid in all else. */
export interface Shot {
  readonly path: string
  readonly body?: object
  /** What an answer that shows the thing holds. */
  readonly shows?: string
  /** It uses nothing up: whoever asks next may ask the same. */
  readonly again?: boolean
}

/** `fresh` makes a thing that the request may use up; what stands ready is enough for a request that is refused. */
export type Prepare = (of: Standing, fresh: Whole | undefined) => Shot | Promise<Shot>

let count = 0
const next = (): string => String(++count)

const plain =
  (path: string): Prepare =>
  () => ({ path })

/** A step on an order in the state that the step needs. */
const step =
  (name: string, state: 'in_approval' | 'approved' | 'shipped' | 'accepted', body: object): Prepare =>
  async (of, fresh) => {
    const order = fresh ? await orderAt(fresh, of, state) : of.orders[state]
    return { path: `/orders/${order}/${name}`, body, shows: order }
  }

/** For each operation of the expectations: how it is asked. */
export const requests: Readonly<Record<string, Prepare>> = {
  ...registerRequests,
  ...sheetRequests,
  'GET /households/{household}/statement': of => ({
    path: `/households/${of.household}/statement`,
    shows: of.household,
  }),
  'GET /links': of => ({ path: `/links?limit=200&household=${of.household}`, shows: of.link }),
  'POST /links': of => ({ path: '/links', body: newLink(of) }),
  'GET /link-proposals': of => ({ path: '/link-proposals?limit=200', shows: of.proposal }),
  'POST /link-proposals/{link}/answer': async (of, fresh) => {
    const link = fresh ? await proposed(fresh, of) : of.proposal
    return { path: `/link-proposals/${link}/answer`, body: { given: false }, shows: link }
  },

  'GET /products': of => ({ path: `/products?limit=200&county=${of.county}`, shows: of.product }),
  'GET /products/{product}': of => ({ path: `/products/${of.product}`, shows: of.product }),
  'POST /products': of => ({
    path: '/products',
    body: {
      key: `product-${next()}`,
      nameZh: '示范柑橘',
      nameEn: 'Orange',
      class: 'fruit/citrus/orange',
      countyCode: of.county,
      cooperativeId: of.coop,
      unit: 'g',
      source: 'invented',
    },
  }),
  ...lotRequests,

  'GET /market-prices': plain('/market-prices'),

  ...catalogueRequests,
  'GET /offers': of => ({ path: `/offers?limit=200&county=${of.county}`, shows: of.offer }),
  'GET /offers/{offer}': of => ({ path: `/offers/${of.offer}`, shows: of.offer }),
  'GET /own-offers': of => ({ path: '/own-offers?limit=200', shows: of.offer }),
  'POST /offers': of => ({ path: '/offers', body: newOffer(of) }),
  'POST /offers/{offer}': async (of, fresh) => {
    const offer = fresh ? await listed(fresh, of) : of.offer
    return { path: `/offers/${offer}`, body: { version: 1, priceFen: 8100 }, shows: offer }
  },

  'GET /quota-rules': plain('/quota-rules'),
  'POST /quota-rules': (of, fresh) => ({
    path: '/quota-rules',
    body: {
      year: fresh ? freshYear() : 2026,
      areaCode: of.district,
      base: 'canteen_food',
      ratioBp: 1500,
      channels: ['platform'],
      recognisedOnly: true,
      source: 'P10',
    },
  }),
  'GET /canteens': of => ({ path: '/canteens', shows: of.canteen }),
  'POST /canteens': of => ({
    path: '/canteens',
    body: { nameZh: '示范食堂', nameEn: 'Canteen', areaCode: of.district, unitIds: [of.unit] },
  }),
  'POST /canteens/{canteen}/contractor': of => ({
    path: `/canteens/${of.canteen}/contractor`,
    body: { contractorId: Number(next()) % 2 === 0 ? of.coop : null },
    shows: of.canteen,
  }),
  'GET /declaration-years': plain('/declaration-years?year=2025'),
  'GET /missing-declarations': of => ({ path: '/missing-declarations?year=2019&limit=200', shows: of.unit }),
  'GET /declarations': of => ({ path: '/declarations?limit=200', shows: of.declaration }),
  'POST /declarations': async (of, fresh) => ({
    path: '/declarations',
    body: {
      unitId: of.unit,
      canteenId: of.canteen,
      year: fresh ? await ruledYear(fresh, of) : 2026,
      kind: 'own',
      baseFen: 100_000,
      reservedFen: 15_000,
    },
  }),
  'POST /declarations/{declaration}/decision': async (of, fresh) => {
    const declaration = fresh ? await declared(fresh, of) : of.declared
    return { path: `/declarations/${declaration}/decision`, body: { approve: true }, shows: declaration }
  },

  'GET /orders': of => ({ path: '/orders?limit=200', shows: of.orders.completed }),
  'GET /orders/{order}': of => ({ path: `/orders/${of.orders.completed}`, shows: of.orders.completed }),
  'GET /orders/{order}/benefit': of => ({
    path: `/orders/${of.orders.completed}/benefit`,
    shows: of.orders.completed,
  }),
  'POST /orders': of => ({
    path: '/orders',
    body: {
      declarationId: of.declaration,
      lines: [{ offerId: of.offer, offerVersion: 1, pieces: 1 }],
    },
  }),
  'POST /orders/{order}/approval': step('approval', 'in_approval', { approve: true }),
  'POST /orders/{order}/cancellation': step('cancellation', 'in_approval', { reason: 'no need' }),
  'POST /orders/{order}/shipment': step('shipment', 'approved', { carrier: '示范物流', waybill: 'W2' }),
  ...deliveryRequests,
  ...claimRequests,
  ...purchaseRequests,
  ...reviewRequests,
  ...proxyRequests,
  'POST /shipments': async (of, fresh) => {
    const orderId = fresh ? await orderAt(fresh, of, 'approved') : of.orders.approved
    const parcels = [{ orderId, carrier: '示范物流', waybill: `W-${next()}` }]
    return { path: '/shipments', body: { parcels }, shows: orderId }
  },
  'POST /orders/{order}/acceptance': step('acceptance', 'shipped', { goodsOk: true, invoiceNumber: 'INV-2' }),
  'POST /orders/{order}/evaluation': step('evaluation', 'accepted', { score: 5 }),
  'POST /payments': async (of, fresh) => {
    const order = fresh ? await orderAt(fresh, of, 'approved') : of.orders.approved
    return { path: '/payments', body: { orderIds: [order] }, shows: order }
  },
  'GET /payments/{payment}': of => ({ path: `/payments/${of.payment}`, shows: of.payment }),
  'GET /bank-credits': of => ({ path: '/bank-credits?limit=200', shows: of.credit.id }),
  'POST /bank-credits/{credit}/allotment': async (of, fresh) => {
    const { id, code } = fresh ? await strayCredit(fresh, of, of.bank) : of.credit
    return {
      path: `/bank-credits/${id}/allotment`,
      body: { code, note: 'the payer wrote nothing' },
      shows: id,
    }
  },
  'POST /bank/messages': of => ({
    path: '/bank/messages',
    body: { entry: credited(of.signer).toString('base64') },
  }),

  'GET /settlements': of => ({ path: '/settlements?limit=200', shows: of.orders.completed }),
  'GET /payout-batches': of => ({ path: '/payout-batches?limit=200', shows: of.batch }),
  'GET /payout-disputes': of => ({ path: '/payout-disputes?limit=200', shows: of.dispute }),
  'POST /payout-batches': async (of, fresh) => {
    if (fresh) await completedOrder(fresh, of, of.bank)
    return { path: '/payout-batches', body: { countyCode: of.county } }
  },
  'GET /payout-items': of => ({ path: '/payout-items?limit=200', shows: of.item }),
  'POST /payout-items/{item}/confirmation': async (of, fresh) => {
    if (fresh) await completedOrder(fresh, of, of.bank)
    const item = fresh ? await itemOf(fresh, of, await paidBatch(fresh, of, of.bank)) : of.item
    return { path: `/payout-items/${item}/confirmation`, body: {}, shows: item }
  },
  'GET /figures': plain('/figures'),
  'GET /cited': plain('/cited'),
  'POST /figures': () => ({ path: '/figures', body: { metric: 'completed_purchases', period: '2025-09' } }),

  ...listRequests,
  ...ledgerRequests,
  ...erasureRequests,
  ...metricRequests,
  ...bulletinRequests,
  ...processRequests,

  'GET /home': plain('/home'),
  'GET /areas': plain('/areas'),
  'GET /organisations': of => ({ path: '/organisations?limit=200', shows: of.coop }),
  'GET /changes': of => ({ path: '/changes?limit=1000&types=product.created', shows: of.product }),
  'GET /facts/{fact}': of => ({ path: `/facts/${of.fact}`, shows: of.fact }),
  'GET /late-facts': plain('/late-facts?limit=200'),
  ...receiptRequests,
  ...signingRequests,
  ...adminRequests,
}

const newOffer = (of: Standing) => ({
  productId: of.product,
  lotId: of.lot,
  specZh: '礼盒',
  specEn: 'Box',
  perPiece: 1000,
  priceFen: 2000,
  shipDays: 7 as const,
})

async function listed(kit: Whole, of: Standing): Promise<string> {
  const offer = { ...newOffer(of), id: newId() }
  const { id } = await of.world.write(tx => listOffer(tx, kit, everything(of.world.programme), offer))
  return id
}
