import type { Metric, Spread } from './define.ts'

/** What lies in a row before it is told: a ratio's two amounts, a spread's buckets by their lower edges. */
export interface Amounts {
  readonly over: number
  readonly under: number
  readonly count: number
  readonly buckets: ReadonlyMap<number, number>
}

export const NOTHING: Amounts = { over: 0, under: 0, count: 0, buckets: new Map() }

export function add(a: Amounts, b: Amounts): Amounts {
  const buckets = new Map(a.buckets)
  for (const [edge, count] of b.buckets) buckets.set(edge, (buckets.get(edge) ?? 0) + count)
  return { over: a.over + b.over, under: a.under + b.under, count: a.count + b.count, buckets }
}

export interface TellingValue {
  readonly value: number | null
  readonly percentiles: number[] | null
  readonly parts: number[] | null
}

/** A row's amounts as its metric tells them: a spread's median, a ratio's quotient. */
export function tell(metric: Metric, { over, under, buckets }: Amounts): TellingValue {
  if (metric.kind === 'ratio')
    return { value: quotient(over, under, metric.whole ?? 10_000), percentiles: null, parts: [over, under] }
  if (metric.kind !== 'spread') return { value: over, percentiles: null, parts: null }
  const percentiles = percentilesOf(metric, buckets)
  return { value: percentiles?.[1] ?? null, percentiles, parts: null }
}

/** `whole` × over ÷ under, rounded half up; null over nothing. */
export function quotient(over: number, under: number, whole: number): number | null {
  if (under === 0) return null
  const [dividend, divisor] = [BigInt(over) * BigInt(whole) * (under < 0 ? -1n : 1n), BigInt(Math.abs(under))]
  const doubled = 2n * dividend + divisor
  const floor = doubled / (2n * divisor) - (doubled < 0n && doubled % (2n * divisor) !== 0n ? 1n : 0n)
  return Number(floor)
}

/** The lower edges of the buckets in which the 10th, 50th and 90th of a hundred stand. */
export function percentilesOf(
  { edges }: Pick<Spread, 'edges'>,
  buckets: ReadonlyMap<number, number>,
): [number, number, number] | null {
  const total = buckets.values().reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const at = (percent: number): number => {
    let passed = 0
    return (
      edges.find(edge => {
        passed += buckets.get(edge) ?? 0
        return passed * 100 >= percent * total
      }) ?? edges.at(-1)!
    )
  }
  return [at(10), at(50), at(90)]
}
