import { type CronItem, type CronMatcher, parseCronItem, type TimestampDigest } from 'graphile-worker'
import type { Job } from './define.ts'

/** The queue's cron items of those jobs that recur. */
export const cronItems = <K>(jobs: readonly Job<K>[]): CronItem[] =>
  jobs.flatMap(({ name, recurring }) =>
    recurring ? [{ task: name, match: inShanghai(name, recurring.at), identifier: name }] : [],
  )

/** The queue counts minutes in UTC; our patterns speak of the calendar of Asia/Shanghai. */
export function inShanghai(task: string, pattern: string): CronMatcher {
  const { match } = parseCronItem({ task, match: pattern })
  return digest => match(eightHoursOn(digest))
}

function eightHoursOn({ min, hour, date, month, dow }: TimestampDigest): TimestampDigest {
  // a digest has no year, which matters for the 29th of February only
  const year = new Date().getUTCFullYear()
  const on = new Date(Date.UTC(year, month - 1, date, hour + 8, min))
  return {
    min,
    hour: on.getUTCHours(),
    date: on.getUTCDate(),
    month: on.getUTCMonth() + 1,
    dow: (dow + (hour >= 16 ? 1 : 0)) % 7,
  }
}
