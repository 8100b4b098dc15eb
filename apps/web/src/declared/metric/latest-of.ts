import type { MetricValues } from '@silian/kernel/metric/contract.ts'

type Total = MetricValues['totals'][number]

/** The last month in which something counted, and the one directly before it, whatever that has; months in their order. */
export function latestOf(totals: readonly Total[]): { last?: Total; before?: Total } {
  const at = totals.findLastIndex(({ count }) => count > 0)
  const [last, before] = [totals[at], totals[at - 1]]
  return { ...(last ? { last } : {}), ...(last && before ? { before } : {}) }
}
