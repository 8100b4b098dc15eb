const dayMs = 86_400_000

/** The State's holidays on weekdays in the second half of 2025; replaceable like every calendar. */
const holidays = new Set(['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'])
/** Weekend days worked in exchange. */
const workedWeekends = new Set(['2025-09-28', '2025-10-11'])

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export const addDays = (day: string, days: number): string =>
  new Date(at(day) + days * dayMs).toISOString().slice(0, 10)

export const daysBetween = (from: string, to: string): number => Math.round((at(to) - at(from)) / dayMs)

export const monthOf = (day: string): number => Number(day.slice(5, 7))

export function isWorkingDay(day: string): boolean {
  const weekday = new Date(at(day)).getUTCDay()
  return workedWeekends.has(day) || (weekday !== 0 && weekday !== 6 && !holidays.has(day))
}

/** Every working day from one date to another, both included. */
export function workingDays(from: string, to: string): string[] {
  const count = daysBetween(from, to) + 1
  return Array.from({ length: Math.max(count, 0) }, (_, index) => addDays(from, index)).filter(isWorkingDay)
}

/** The last day of the month that lies `back` months before the given day. */
export function endOfMonthBefore(day: string, back: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - back, 0)).toISOString().slice(0, 10)
}
