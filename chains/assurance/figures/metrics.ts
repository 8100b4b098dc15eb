import type { Flow } from '@silian/kernel/metric/flow.ts'

/** Completed purchases by county of origin and kind of buyer, by month: only COMPLETED counts (P22). Counts lines. */
export const completedPurchases: Flow = {
  name: 'completed_purchases',
  unit: 'fen',
  facts: ['order.completed'],
  each: 'lines',
  measure: 'fen',
  dimensions: ['county', 'buyerKind'],
}

export const flows: readonly Flow[] = [completedPurchases]
