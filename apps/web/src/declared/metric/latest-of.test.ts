import { expect, it } from 'vitest'
import { latestOf } from './latest-of.ts'

const month = (period: string, count: number) => ({ period, value: count * 100, count })

it('compares with the month directly before, even where that has nothing', () => {
  const totals = [month('2025-12', 4), month('2026-01', 0), month('2026-02', 2), month('2026-03', 0)]
  expect(latestOf(totals)).toEqual({ last: totals[2], before: totals[1] })
  expect(latestOf(totals.slice(2))).toEqual({ last: totals[2] })
  expect(latestOf(totals.slice(1, 2))).toEqual({})
  expect(latestOf([])).toEqual({})
})
