import type { MetricShape, MetricValues } from '@silian/kernel/metric/contract.ts'

type Total = MetricValues['totals'][number]

/**
 * The last month in which something counted, or of which a ratio tells that nothing did; and the one directly before it,
 * whatever that has. Months in their order.
 */
export function latestOf(
  kind: MetricShape['kind'],
  totals: readonly Total[],
): { last?: Total; before?: Total } {
  const at = totals.findLastIndex(({ count, value }) => count > 0 || (kind === 'ratio' && value !== null))
  const [last, before] = [totals[at], totals[at - 1]]
  return { ...(last ? { last } : {}), ...(last && before ? { before } : {}) }
}
