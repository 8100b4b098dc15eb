import { defineMetric } from '@silian/kernel/metric/define.ts'

/** Who opens figures of trade into orders: the county for its own, the city's offices for all. */
export const openedByOffices = {
  county_officer: 'area',
  finance_officer: 'programme',
  task_force: 'programme',
  auditor: 'programme',
} as const

/** Completed purchases by county of origin and kind of buyer, by month: only COMPLETED counts (P22). Counts lines. */
export const completedPurchases = defineMetric({
  kind: 'flow',
  name: 'completed_purchases',
  unit: 'fen',
  of: ['order.completed'],
  each: 'lines',
  measure: 'fen',
  dimensions: { county: 'area', buyerKind: 'choice' },
  facts: openedByOffices,
})
