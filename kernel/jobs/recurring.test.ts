import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineJob } from './define.ts'
import { cronItems, inShanghai } from './recurring.ts'

const digest = (at: Date) => ({
  min: at.getUTCMinutes(),
  hour: at.getUTCHours(),
  date: at.getUTCDate(),
  month: at.getUTCMonth() + 1,
  dow: at.getUTCDay(),
})
const year = new Date().getUTCFullYear()

describe('a pattern in Shanghai', () => {
  const matches = (pattern: string, utc: string) => inShanghai('t', pattern)(digest(new Date(utc)))

  it('is eight hours ahead of the queue, over ends of days and months', () => {
    expect(matches('15 3 * * *', `${year}-01-04T19:15:00Z`)).toBe(true)
    expect(matches('15 3 * * *', `${year}-01-04T03:15:00Z`)).toBe(false)
    expect(matches('0 0 1 * *', `${year}-04-30T16:00:00Z`)).toBe(true)
    expect(matches('0 0 1 1 *', `${year}-12-31T16:00:00Z`)).toBe(true)
    expect(matches('0 9 * * 1', '2026-01-05T01:00:00Z')).toBe(true)
    expect(matches('0 1 * * 1', '2026-01-04T17:00:00Z')).toBe(true)
  })

  it('matches exactly the minute it names, on any day of this year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 1440 - 1 }), minute => {
        const utc = new Date(Date.UTC(year, 0, 1) + minute * 60_000)
        const local = new Date(utc.getTime() + 8 * 3_600_000)
        const pattern = `${local.getUTCMinutes()} ${local.getUTCHours()} ${local.getUTCDate()} ${local.getUTCMonth() + 1} ${local.getUTCDay()}`
        return inShanghai('t', pattern)(digest(utc))
      }),
    )
  })
})

describe('cron items', () => {
  it('are those of the jobs that recur', () => {
    const job = (name: string) => ({ name, payload: z.object({}), run: async () => undefined })
    const jobs = [
      defineJob(job('a.once')),
      defineJob({ ...job('a.nightly'), recurring: { at: '0 1 * * *' } }),
    ]
    expect(cronItems(jobs).map(({ task, identifier }) => [task, identifier])).toEqual([
      ['a.nightly', 'a.nightly'],
    ])
  })
})
