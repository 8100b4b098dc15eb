/** The first and the last month of `2025-10`, `2025-Q4` or `2025`. */
export function monthsOf(period: string): { from: string; to: string } {
  const [year = '', rest] = period.split('-')
  if (rest === undefined) return { from: `${year}-01`, to: `${year}-12` }
  if (!rest.startsWith('Q')) return { from: period, to: period }
  const last = 3 * Number(rest.slice(1))
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}`
  return { from: month(last - 2), to: month(last) }
}
