import { defineMetric } from '@silian/kernel/metric/define.ts'
import { channel, completedPurchases, keptLines, openedByOffices } from '../figures/metrics.ts'

/** Completed purchases by class of product (domain 5.3). Version 1 took nothing back and knew no channel. */
export const purchasesByClass = defineMetric({
  kind: 'flow',
  name: 'purchases_by_class',
  version: 2,
  unit: 'fen',
  ...keptLines,
  dimensions: { county: 'area', class: { kind: 'code', unknown: true }, channel },
  facts: openedByOffices,
})

/**
 * What was ordered, whatever became of it (P22 tells 1.37 亿 ordered beside 8,465 万 completed). Version 1 knew no channel.
 */
export const orderedAmount = defineMetric({
  kind: 'flow',
  name: 'ordered_amount',
  version: 2,
  unit: 'fen',
  of: ['order.placed'],
  each: 'lines',
  measure: 'fen',
  dimensions: { county: 'area', channel },
  facts: openedByOffices,
})

/** Orders that completed, those of citizens among them, by kind of buyer and channel. */
export const completedOrders = defineMetric({
  kind: 'flow',
  name: 'completed_orders',
  unit: 'order',
  of: ['order.completed'],
  dimensions: { buyerKind: 'choice', channel },
  facts: { finance_officer: 'programme', task_force: 'programme', auditor: 'programme' },
})

/** Completed against ordered (domain 5.3). */
export const completedOfOrdered = defineMetric({
  kind: 'ratio',
  name: 'completed_of_ordered',
  unit: 'percent',
  dimensions: { county: 'area', channel },
  over: { metric: completedPurchases },
  under: { metric: orderedAmount },
  facts: openedByOffices,
})

/** A supplier's own sales, for itself and the offices. */
export const supplierSales = defineMetric({
  kind: 'flow',
  name: 'supplier_sales',
  unit: 'fen',
  ...keptLines,
  dimensions: { county: 'area', seller: 'organisation', channel },
  open: false,
  read: { ...openedByOffices, coop_clerk: 'organisation' },
  facts: { ...openedByOffices, coop_clerk: 'organisation' },
})

/** Suppliers that completed an order in the period, each once. */
export const activeSuppliers = defineMetric({
  kind: 'distinct',
  name: 'active_suppliers',
  unit: 'organisation',
  of: ['order.completed'],
  each: 'lines',
  subject: 'seller',
  dimensions: { county: 'area' },
  facts: openedByOffices,
})

/**
 * Units that completed an order in the period, each once; `repeat`: they had completed one before. The log names no citizen,
 * so that nobody could tell two of them apart: their orders are counted in `completed_orders`. Version 1 had all citizens
 * for one buyer.
 */
export const activeBuyers = defineMetric({
  kind: 'distinct',
  name: 'active_buyers',
  version: 2,
  except: { buyerKind: ['citizen'] },
  unit: 'organisation',
  of: ['order.completed'],
  subject: 'buyer',
  dimensions: { buyerKind: 'choice', repeat: { kind: 'choice', unknown: true } },
  facts: { finance_officer: 'programme', task_force: 'programme', auditor: 'programme' },
})

/** Repeat-purchase rate (domain 5.3): of the buyers of a period, those that had bought before. */
export const repeatPurchase = defineMetric({
  kind: 'ratio',
  name: 'repeat_purchase',
  unit: 'percent',
  dimensions: { buyerKind: 'choice' },
  over: { metric: activeBuyers, where: { repeat: ['yes'] } },
  under: { metric: activeBuyers },
  facts: { finance_officer: 'programme', task_force: 'programme', auditor: 'programme' },
})

const yuan = 100
/** How large completed orders are. */
export const orderValue = defineMetric({
  kind: 'spread',
  name: 'order_value',
  unit: 'fen',
  of: ['order.completed'],
  measure: 'fen',
  dimensions: { buyerKind: 'choice' },
  edges: [0, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000].map(n => n * yuan),
  facts: { finance_officer: 'programme', task_force: 'programme', auditor: 'programme' },
})
