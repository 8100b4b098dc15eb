import { monthOf } from '../../i18n/format.ts'

/** The first and the last month of `2025-10`, `2025-Q4` or `2025`. */
export function monthsOf(period: string): { from: string; to: string } {
  const [year = '', rest] = period.split('-')
  if (rest === undefined) return { from: `${year}-01`, to: `${year}-12` }
  if (!rest.startsWith('Q')) return { from: period, to: period }
  const last = 3 * Number(rest.slice(1))
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}`
  return { from: month(last - 2), to: month(last) }
}

/** The month that many months before one. */
export function monthsBefore(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + number - 1 - months
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** The month that many months before the running one. */
export const monthsAgo = (months: number, now = new Date()): string => monthsBefore(monthOf(now), months)
