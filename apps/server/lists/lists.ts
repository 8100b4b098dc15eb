import { itemQuery, type PayoutItem } from '@silian/chains/assurance/payouts/contract.ts'
import { listItems } from '@silian/chains/assurance/payouts/reads.ts'
import { type Settlement, settlementQuery } from '@silian/chains/assurance/settlement/contract.ts'
import { listSettlements } from '@silian/chains/assurance/settlement/reads.ts'
import { type Link, linkQuery } from '@silian/chains/production/links/contract.ts'
import { listLinks } from '@silian/chains/production/links/reads.ts'
import { type OwnOffer, ownOfferQuery } from '@silian/chains/supply/catalogue/contract.ts'
import { listOwnOffers } from '@silian/chains/supply/catalogue/reads.ts'
import { type Order, orderQuery } from '@silian/chains/supply/orders/contract.ts'
import { listOrders } from '@silian/chains/supply/orders/reads.ts'
import { type Credit, creditQuery } from '@silian/chains/supply/payments/contract.ts'
import { listCredits } from '@silian/chains/supply/payments/reads.ts'
import { type RefundListed, refundQuery } from '@silian/chains/supply/payments/refund-contract.ts'
import { listRefunds } from '@silian/chains/supply/payments/refund-reads.ts'
import { type Declaration, declarationQuery } from '@silian/chains/supply/quota/contract.ts'
import { listDeclarations } from '@silian/chains/supply/quota/declared.ts'
import { type Lot, lotQuery } from '@silian/chains/value/lots/contract.ts'
import { listLots } from '@silian/chains/value/lots/reads.ts'
import { type Quotation, quotationQuery } from '@silian/chains/value/prices/contract.ts'
import { listQuotations } from '@silian/chains/value/prices/reads.ts'
import { type Product, productQuery } from '@silian/chains/value/products/contract.ts'
import { listProducts } from '@silian/chains/value/products/reads.ts'
import { type AnyList, column, defineList } from './define.ts'

/** Every list of the desks that can be taken out; registers and metrics take out their own. */
export const lists: readonly AnyList[] = [
  defineList({
    name: 'orders',
    action: 'order.read',
    query: orderQuery,
    read: ({ tx, reach, query }) => listOrders(tx, reach, query),
    columns: {
      number: column('text', (row: Order) => row.number),
      buyer: column('buyer', (row: Order) => row.buyerName),
      seller: column('text', (row: Order) => row.sellerName),
      total: column('fen', (row: Order) => row.totalFen),
      state: column('word', (row: Order) => row.state),
      placed: column('instant', (row: Order) => row.placedAt),
      shipBy: column('date', (row: Order) => row.shipBy),
      shipped: column('instant', (row: Order) => row.shippedAt),
      accepted: column('instant', (row: Order) => row.acceptedAt),
      paid: column('instant', (row: Order) => row.paidAt),
      evaluated: column('instant', (row: Order) => row.evaluatedAt),
      completed: column('instant', (row: Order) => row.completedAt),
    },
  }),
  defineList({
    name: 'declarations',
    action: 'declaration.read',
    query: declarationQuery,
    read: ({ tx, reach, query }) => listDeclarations(tx, reach, query),
    columns: {
      unit: column('text', (row: Declaration) => row.unitName),
      year: column('number', (row: Declaration) => row.year),
      kind: column('word', (row: Declaration) => row.kind),
      canteen: column('text', (row: Declaration) => row.canteenName),
      contractor: column('text', (row: Declaration) => row.contractorName),
      base: column('fen', (row: Declaration) => row.baseFen),
      reserved: column('fen', (row: Declaration) => row.reservedFen),
      ratio: column('percent', (row: Declaration) => row.ratioBp),
      lastYear: column('fen', (row: Declaration) => row.lastYearFen),
      state: column('word', (row: Declaration) => row.state),
      inApproval: column('fen', (row: Declaration) => row.inApprovalFen),
      ordered: column('fen', (row: Declaration) => row.orderedFen),
      completed: column('fen', (row: Declaration) => row.completedFen),
      expected: column('fen', (row: Declaration) => row.expectedFen),
      behind: column('yes', (row: Declaration) => row.behind),
      note: column('text', (row: Declaration) => row.note),
    },
  }),
  defineList({
    name: 'settlements',
    action: 'settlement.read',
    query: settlementQuery,
    read: ({ tx, reach, query }) => listSettlements(tx, reach, query),
    columns: {
      number: column('text', (row: Settlement) => row.orderNumber),
      buyer: column('buyer', (row: Settlement) => row.buyerName),
      seller: column('text', (row: Settlement) => row.sellerName),
      settled: column('instant', (row: Settlement) => row.settledAt),
      total: column('fen', (row: Settlement) => row.totalFen),
      toHouseholds: column('fen', (row: Settlement) => row.householdsFen),
      toCooperative: column('fen', (row: Settlement) => row.cooperativeFen),
      households: column('whole', (row: Settlement) => row.households),
    },
  }),
  defineList({
    name: 'products',
    action: 'product.read',
    query: productQuery,
    read: ({ tx, reach, query }) => listProducts(tx, reach, query),
    columns: {
      key: column('text', (row: Product) => row.key),
      nameZh: column('text', (row: Product) => row.nameZh),
      nameEn: column('text', (row: Product) => row.nameEn),
      class: column('text', (row: Product) => row.class),
      county: column('text', (row: Product) => row.countyName),
      seller: column('text', (row: Product) => row.cooperativeName),
      unit: column('word', (row: Product) => row.unit),
      recognisedFrom: column('date', (row: Product) => row.recognised?.from ?? null),
      recognisedTo: column('date', (row: Product) => row.recognised?.to ?? null),
    },
  }),
  defineList({
    name: 'lots',
    action: 'lot.read',
    query: lotQuery,
    read: ({ tx, reach, query }) => listLots(tx, reach, query),
    columns: {
      code: column('text', (row: Lot) => row.code),
      harvested: column('date', (row: Lot) => row.harvestedOn),
      place: column('text', (row: Lot) => row.placeName),
      quantity: column('whole', (row: Lot) => row.quantity),
      stored: column('whole', (row: Lot) => row.stored),
      available: column('whole', (row: Lot) => row.available),
      households: column('whole', (row: Lot) => row.households),
    },
  }),
  defineList({
    name: 'own-offers',
    action: 'offer.list',
    query: ownOfferQuery,
    read: ({ tx, reach, query }) => listOwnOffers(tx, reach, query),
    columns: {
      nameZh: column('text', (row: OwnOffer) => row.nameZh),
      spec: column('text', (row: OwnOffer) => row.specZh),
      lot: column('text', (row: OwnOffer) => row.lotCode),
      price: column('fen', (row: OwnOffer) => row.priceFen),
      pieces: column('whole', (row: OwnOffer) => row.available),
      shipDays: column('whole', (row: OwnOffer) => row.shipDays),
      state: column('word', (row: OwnOffer) => row.state),
      recognised: column('yes', (row: OwnOffer) => row.recognised),
    },
  }),
  defineList({
    name: 'links',
    action: 'link.read',
    query: linkQuery,
    read: ({ tx, reach, query }) => listLinks(tx, reach, query),
    columns: {
      household: column('text', (row: Link) => row.householdCode),
      seller: column('text', (row: Link) => row.cooperativeName),
      mechanism: column('word', (row: Link) => row.formula.mechanism),
      startsOn: column('date', (row: Link) => row.startsOn),
      endsOn: column('date', (row: Link) => row.endsOn),
      state: column('word', (row: Link) => row.state),
      credited: column('fen', (row: Link) => row.doneFen),
    },
  }),
  defineList({
    name: 'bank-credits',
    action: 'credit.read',
    query: creditQuery,
    read: ({ tx, reach, query }) => listCredits(tx, reach, query),
    columns: {
      booked: column('instant', (row: Credit) => row.bookedAt),
      bank: column('text', (row: Credit) => row.bankName),
      reference: column('text', (row: Credit) => row.reference),
      code: column('text', (row: Credit) => row.code),
      total: column('fen', (row: Credit) => row.amountFen),
      state: column('word', (row: Credit) => row.state),
      reason: column('word', (row: Credit) => row.reason),
      buyer: column('text', (row: Credit) => row.buyerName),
    },
  }),
  defineList({
    name: 'refunds',
    action: 'refund.read',
    query: refundQuery,
    read: ({ tx, reach, query }) => listRefunds(tx, reach, query),
    columns: {
      told: column('instant', (row: RefundListed) => row.orderedAt),
      number: column('text', (row: RefundListed) => row.orderNumber),
      source: column('word', (row: RefundListed) => row.source),
      total: column('fen', (row: RefundListed) => row.amountFen),
      state: column('word', (row: RefundListed) => row.state),
      done: column('instant', (row: RefundListed) => row.doneAt),
      reference: column('text', (row: RefundListed) => row.reference),
      refundNo: column('text', (row: RefundListed) => row.refundNo),
      reason: column('word', (row: RefundListed) => row.reason),
      failure: column('text', (row: RefundListed) => row.failure),
    },
  }),
  defineList({
    name: 'payout-items',
    action: 'payout.items',
    query: itemQuery,
    read: ({ tx, kit, reach, query }) => listItems(tx, kit, reach, query),
    columns: {
      household: column('text', (row: PayoutItem) => row.householdCode),
      head: column('text', (row: PayoutItem) => row.headName),
      village: column('text', (row: PayoutItem) => row.villageName),
      total: column('fen', (row: PayoutItem) => row.amountFen),
      paid: column('instant', (row: PayoutItem) => row.paidAt),
      confirmed: column('instant', (row: PayoutItem) => row.confirmedAt),
    },
  }),
  defineList({
    name: 'market-prices',
    action: 'price.read',
    query: quotationQuery,
    read: ({ tx, query }) => listQuotations(tx, query),
    columns: {
      market: column('word', (row: Quotation) => row.market),
      item: column('text', (row: Quotation) => row.item),
      spec: column('text', (row: Quotation) => row.spec),
      on: column('date', (row: Quotation) => row.on),
      low: column('fen', (row: Quotation) => row.lowFen),
      mean: column('fen', (row: Quotation) => row.meanFen),
      high: column('fen', (row: Quotation) => row.highFen),
      per: column('text', (row: Quotation) => row.unit),
    },
  }),
]
