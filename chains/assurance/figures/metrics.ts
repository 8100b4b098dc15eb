import { defineMetric } from '@silian/kernel/metric/define.ts'

/** Who opens figures of trade into orders: the county for its own, the city's offices for all. */
export const openedByOffices = {
  county_officer: 'area',
  finance_officer: 'programme',
  task_force: 'programme',
  auditor: 'programme',
} as const

/**
 * The lines of completed orders, less what came back of them later: `order.returned` tells that as amounts below zero, in
 * the month it happened. A closed figure stays as it is.
 */
export const keptLines = {
  of: ['order.completed', 'order.returned'],
  each: 'lines',
  measure: 'fen',
} as const
/** By which way it was bought (S0-23): `unit`, `shop`, `point`; facts of before do not tell it. */
export const channel = { kind: 'choice', unknown: true } as const

/**
 * Completed purchases by county of origin, kind of buyer and channel, by month: only COMPLETED counts (P22), and only what
 * was kept. Counts lines. Version 1 took nothing back and knew no channel.
 */
export const completedPurchases = defineMetric({
  kind: 'flow',
  name: 'completed_purchases',
  version: 2,
  unit: 'fen',
  ...keptLines,
  dimensions: { county: 'area', buyerKind: 'choice', channel },
  facts: openedByOffices,
})
