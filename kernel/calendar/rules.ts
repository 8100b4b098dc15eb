import { addDays } from '../time/shanghai.ts'

/** Days on which a year's notice departs from Monday to Friday: `true` is a day off. Dates are `YYYY-MM-DD`. */
export type Exceptions = ReadonlyMap<string, boolean>

export function isWorkingDay(date: string, exceptions: Exceptions): boolean {
  const free = exceptions.get(date)
  if (free !== undefined) return !free
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The `count`-th working day after a date (before it, where negative); the date itself for 0. */
export function addWorkingDays(date: string, count: number, exceptions: Exceptions): string {
  const step = Math.sign(count)
  let day = date
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step)
    if (isWorkingDay(day, exceptions)) left -= 1
  }
  return day
}
