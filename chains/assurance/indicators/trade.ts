import { defineMetric } from '@silian/kernel/metric/define.ts'
import { completedPurchases, openedByOffices } from '../figures/metrics.ts'

/** Completed purchases by class of product (domain 5.3). */
export const purchasesByClass = defineMetric({
  kind: 'flow',
  name: 'purchases_by_class',
  unit: 'fen',
  of: ['order.completed'],
  each: 'lines',
  measure: 'fen',
  dimensions: { county: 'area', class: { kind: 'code', unknown: true } },
  facts: openedByOffices,
})

/** What was ordered, whatever became of it (P22 tells 1.37 亿 ordered beside 8,465 万 completed). */
export const orderedAmount = defineMetric({
  kind: 'flow',
  name: 'ordered_amount',
  unit: 'fen',
  of: ['order.placed'],
  each: 'lines',
  measure: 'fen',
  dimensions: { county: 'area' },
  facts: openedByOffices,
})

/** Completed against ordered (domain 5.3). */
export const completedOfOrdered = defineMetric({
  kind: 'ratio',
  name: 'completed_of_ordered',
  unit: 'percent',
  dimensions: { county: 'area' },
  over: { metric: completedPurchases },
  under: { metric: orderedAmount },
  facts: openedByOffices,
})

/** A supplier's own sales, for itself and the offices. */
export const supplierSales = defineMetric({
  kind: 'flow',
  name: 'supplier_sales',
  unit: 'fen',
  of: ['order.completed'],
  each: 'lines',
  measure: 'fen',
  dimensions: { county: 'area', seller: 'organisation' },
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

/** Buyers that completed an order in the period, each once; `repeat`: they had completed one before. */
export const activeBuyers = defineMetric({
  kind: 'distinct',
  name: 'active_buyers',
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
