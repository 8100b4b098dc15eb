import { expect, it } from 'vitest'
import { pacesOf, passedOf } from './pace-of.ts'

it.each([
  [2026, '2026-01-01', 0],
  [2026, '2026-07-02', 4986],
  [2026, '2027-03-01', 10_000],
  [2026, '2025-03-01', 0],
])('of %d, on %s, %d of ten thousand have passed', (year, day, passed) =>
  expect(passedOf(year, day)).toBe(passed),
)

const declared = (id: string, reservedFen: number, completedFen: number, more = {}) => ({
  ...{ id, unitName: id, year: 2026, state: 'confirmed' as const, reservedFen, completedFen },
  ...more,
})

it('puts those behind first, and leaves other years, zero and unconfirmed quotas out', () => {
  const paces = pacesOf(
    [
      declared('ahead', 1000, 900),
      declared('behind', 1000, 100),
      declared('done', 1000, 1200),
      declared('zero', 0, 0),
      declared('old', 1000, 0, { year: 2025 }),
      declared('waiting', 1000, 0, { state: 'declared' }),
    ],
    '2026-07-02',
  )
  expect(paces.map(({ id, behind, pace }) => [id, behind, pace])).toEqual([
    ['behind', true, 2006],
    ['ahead', false, 18_051],
    ['done', false, 24_067],
  ])
})
