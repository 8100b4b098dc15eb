import type { MetricFacts, MetricShape } from '@silian/kernel/metric/contract.ts'

/**
 * What facts of a figure come to: amounts added up, different subjects once. Undefined where it is no sum: of a
 * spread, and of a level of subjects, which go from where they stood.
 */
export function sumOf({ kind }: Pick<MetricShape, 'kind'>, facts: MetricFacts['items']): number | undefined {
  if (kind === 'spread') return undefined
  const counted = facts.flatMap(fact => fact.counted)
  if (kind !== 'distinct')
    return counted.length > 0 ? undefined : facts.reduce((sum, { value }) => sum + value, 0)
  // the first in the log is the one that counts
  const once = new Map(counted.toReversed().map(({ subject, value }) => [subject, value]))
  return once.values().reduce((sum, value) => sum + value, 0)
}
