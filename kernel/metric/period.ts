import { monthOf } from '../time/shanghai.ts'

/** How finely a figure is told: `2025-10`, `2025-Q4` or `2025`. */
export type Grain = 'month' | 'quarter' | 'year'

/** First log index that a closed month no longer counts, by month. */
export type Closings = ReadonlyMap<string, number>

/**
 * The month a fact counts in: its own, or the first after it that no figure had closed before the fact's place in the
 * log. It depends on the log alone, so that whoever reads it again comes to the same.
 */
export function periodOf(at: Date, index: number, closings: Closings): string {
  let period = monthOf(at)
  while ((closings.get(period) ?? Number.POSITIVE_INFINITY) <= index) period = nextMonth(period)
  return period
}

export function nextMonth(period: string): string {
  const [year, month] = period.split('-').map(Number) as [number, number]
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

/** The period of a grain that a month lies in. */
export function periodIn(grain: Grain, month: string): string {
  if (grain === 'month') return month
  const year = month.slice(0, 4)
  return grain === 'year' ? year : `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`
}

/** The first and the last month of a period of any grain. */
export function monthsOf(period: string): { from: string; to: string } {
  const [year, rest] = [period.slice(0, 4), period.slice(5)]
  if (rest === '') return { from: `${year}-01`, to: `${year}-12` }
  if (!rest.startsWith('Q')) return { from: period, to: period }
  const last = 3 * Number(rest.slice(1))
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}`
  return { from: month(last - 2), to: month(last) }
}

/** All periods of a grain from one month to another, both included. */
export function periodsBetween(grain: Grain, from: string, to: string): string[] {
  const periods = new Set<string>()
  for (let month = from; month <= to; month = nextMonth(month)) periods.add(periodIn(grain, month))
  return [...periods]
}
