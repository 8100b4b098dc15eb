import { getDayDetail } from 'chinese-days'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { addDays } from '../time/shanghai.ts'
import { putNotice, workingDaysAfter } from './calendar.ts'
import { addWorkingDays, isWorkingDay } from './rules.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const scope = { programme: 'platform', actor: 'system' }
const after = (date: string, days: number) => db.app.read(scope, tx => workingDaysAfter(tx, date, days))
const known = async () => {
  const rows = await db.owner<{ day: string; free: boolean }>('select day, free from calendar_day')
  return new Map(rows.map(({ day, free }) => [day, free]))
}

describe('the days of 2026 as they were noticed', () => {
  it.each([
    ['an ordinary week', '2026-06-01', 5, '2026-06-08'],
    ['New Year, with the Sunday worked', '2025-12-31', 1, '2026-01-04'],
    ['Spring Festival: the Saturday before is worked', '2026-02-13', 1, '2026-02-14'],
    ['Spring Festival: nine days off', '2026-02-14', 1, '2026-02-24'],
    ['Spring Festival: the Saturday after is worked', '2026-02-27', 1, '2026-02-28'],
    ['Labour Day', '2026-04-30', 3, '2026-05-08'],
    ['the Saturday worked for Labour Day', '2026-05-08', 1, '2026-05-09'],
    ['Dragon Boat Festival falls on a Friday', '2026-06-18', 1, '2026-06-22'],
    ['National Day, from the Sunday worked before it', '2026-09-19', 1, '2026-09-20'],
    ['National Day, over Mid-autumn', '2026-09-24', 4, '2026-10-08'],
    ['backwards over National Day', '2026-10-08', -1, '2026-09-30'],
    ['no days at all', '2026-10-03', 0, '2026-10-03'],
  ])('%s', async (_, date, days, expected) => {
    expect(await after(date, days)).toBe(expected)
  })
})

describe('the table', () => {
  it('holds every year that the library knows, day by day', async () => {
    const days = await known()
    const differing: string[] = []
    for (let day = '2004-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
      if (isWorkingDay(day, days) !== getDayDetail(day).work) differing.push(day)
    expect(differing).toEqual([])
  })

  it('knows weekends only where there is no notice yet', async () => {
    expect(await after('2035-09-28', 2)).toBe('2035-10-02')
  })

  it('takes a new notice in the place of what it knew of the year', async () => {
    const notice = { year: 2035, off: ['2035-10-01', '2035-10-02'], worked: ['2035-09-29'] }
    const put = (given: typeof notice) => db.batch.write(scope, async tx => ok(await putNotice(tx, given)))
    await put(notice)
    expect(await after('2035-09-28', 2)).toBe('2035-10-03')
    await put({ ...notice, off: [], worked: [] })
    expect(await after('2035-09-28', 2)).toBe('2035-10-02')
    await expect(put({ ...notice, off: ['2034-10-01'] })).rejects.toThrow('2034-10-01 is not a day of 2035')
  })

  it('is not for the application to change', async () => {
    const change = db.app.write(scope, async tx => ok(await tx.query('delete from calendar_day')))
    await expect(change).rejects.toThrow('permission denied')
  })
})

describe('counting working days', () => {
  const date = fc.integer({ min: 0, max: 8000 }).map(n => addDays('2004-06-01', n))

  it('ends on a working day, with as many of them passed', async () => {
    const days = await known()
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const to = addWorkingDays(from, count, days)
        let passed = 0
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
          if (isWorkingDay(day, days)) passed += 1
        expect([passed, isWorkingDay(to, days)]).toEqual([count, true])
      }),
    )
  })

  it('forth and back comes to the same day, from a working day', async () => {
    const days = await known()
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 60 }), (from, count) => {
        fc.pre(isWorkingDay(from, days))
        expect(addWorkingDays(addWorkingDays(from, count, days), -count, days)).toBe(from)
      }),
    )
  })
})
