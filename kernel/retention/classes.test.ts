import { expect, it } from 'vitest'
import { heldUntil } from './classes.ts'

it.each([
  // from the first day after the year, 30 years
  ['accounting', '2025-10-08', '2056-01-01'],
  ['accounting', '2025-12-31', '2056-01-01'],
  ['contract', '2026-06-30', '2029-06-30'],
  // a day that the year does not have is the next one: never less than the term
  ['contract', '2028-02-29', '2031-03-01'],
  ['trade', '2025-10-08', '2028-10-08'],
  ['passing', '2026-12-15', '2027-01-14'],
  ['public', '2026-01-01', null],
] as const)('%s holds what happened on %s until %s', (name, event, until) => {
  expect(heldUntil(name, event)).toBe(until)
})
