import type { Reader, Writer } from '../database/database.ts'
import { addDays } from '../time/shanghai.ts'
import { addWorkingDays, type Exceptions } from './rules.ts'

declare module '../database/tables.ts' {
  interface Tables {
    calendar_day: { day: string; free: boolean }
  }
}

/** A deadline: the `count`-th working day after a date in the calendar as it stands. One statement. */
export async function workingDaysAfter(tx: Reader, date: string, count: number): Promise<string> {
  return addWorkingDays(date, count, await exceptionsAround(tx, date, count))
}

/** As far as the days could reach: no notice gives more than two weeks off in eight. */
async function exceptionsAround(tx: Reader, date: string, count: number): Promise<Exceptions> {
  const reach = addDays(date, count * 2 + Math.sign(count) * 30)
  const rows = await tx.query<{ day: string; free: boolean }>(
    'select day, free from calendar_day where day between least($1::date, $2::date) and greatest($1::date, $2::date)',
    [date, reach],
    'calendar-around',
  )
  return new Map(rows.map(({ day, free }) => [day, free]))
}

/** A year's notice: its days off, and the weekend days worked in exchange. */
export interface Notice {
  readonly year: number
  readonly off: readonly string[]
  readonly worked: readonly string[]
}

/** Puts a year's notice in the place of what was known of that year; needs the batch role. Deadlines already set stay. */
export async function putNotice(tx: Writer, { year, off, worked }: Notice): Promise<void> {
  const strange = [...off, ...worked].find(day => !day.startsWith(`${year}-`))
  if (strange) throw new RangeError(`${strange} is not a day of ${year}`)
  await tx.query('delete from calendar_day where day between $1 and $2', [`${year}-01-01`, `${year}-12-31`])
  await tx.query(
    `insert into calendar_day (day, free)
     select unnest($1::date[]), true union all select unnest($2::date[]), false`,
    [off, worked],
  )
}
