import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, endOfMonthBefore, isWorkingDay, workingDays } from './calendar.ts'
import { harvestDayFor, seasonWeight } from './seasons.ts'

describe('calendar', () => {
  it('counts days and months', () => {
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
    expect(daysBetween('2025-07-01', '2025-12-31')).toBe(183)
    expect([1, 7, 12].map(back => endOfMonthBefore('2025-07-15', back))).toEqual([
      '2025-06-30',
      '2024-12-31',
      '2024-07-31',
    ])
  })

  it('knows the holidays and the weekends worked for them', () => {
    expect(['2025-10-08', '2025-10-09', '2025-10-11', '2025-10-12'].map(isWorkingDay)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(workingDays('2025-07-01', '2025-12-31')).toHaveLength(128)
    expect(workingDays('2025-07-02', '2025-07-01')).toEqual([])
  })
})

describe('seasons', () => {
  const peach = { harvestMonths: [6, 7, 8], shelfLifeDays: 10 }

  it('harvest on the day in season and store while a fifth of the shelf life is left', () => {
    expect(harvestDayFor(peach, '2025-08-31')).toBe('2025-08-31')
    expect(harvestDayFor(peach, '2025-09-08')).toBe('2025-08-31')
    expect(harvestDayFor(peach, '2025-09-09')).toBeNull()
  })

  it('weigh the season four times the store', () => {
    expect(['2025-08-01', '2025-09-01', '2025-10-01'].map(day => seasonWeight(peach, day))).toEqual([4, 1, 0])
    const allYear = { harvestMonths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], shelfLifeDays: 5 }
    expect(seasonWeight(allYear, '2025-09-01')).toBe(2)
  })
})
