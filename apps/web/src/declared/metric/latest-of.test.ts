import { expect, it } from 'vitest'
import { latestOf } from './latest-of.ts'

const month = (period: string, count: number) => ({ period, value: count * 100, count })

it('compares with the month directly before, even where that has nothing', () => {
  const totals = [month('2025-12', 4), month('2026-01', 0), month('2026-02', 2), month('2026-03', 0)]
  expect(latestOf('flow', totals)).toEqual({ last: totals[2], before: totals[1] })
  expect(latestOf('flow', totals.slice(2))).toEqual({ last: totals[2] })
  expect(latestOf('flow', totals.slice(1, 2))).toEqual({})
  expect(latestOf('flow', [])).toEqual({})
})

it('tells nothing of something, but not nothing of nothing', () => {
  const totals = [month('2026-01', 0), { period: '2026-02', value: null, count: 0 }]
  expect(latestOf('ratio', totals)).toEqual({ last: totals[0] })
})
