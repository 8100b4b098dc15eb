import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromUnits, toUnits } from './amounts.ts'

it('reads what was typed to the fen and the gram', () => {
  expect([toUnits('12.3', 2), toUnits('0.05', 2), toUnits('7', 3), toUnits(' 1 ', 0)]).toEqual([
    1230, 5, 7000, 1,
  ])
  expect(['', '1.234', '-1', '1e3', '1,000', '.5', '1.'].map(typed => toUnits(typed, 2))).toEqual(
    Array(7).fill(undefined),
  )
  expect(toUnits('999999999999.999', 6)).toBeUndefined()
})

it('writes what it reads', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e14 }), fc.constantFrom(0, 2, 3), (units, decimals) => {
      expect(toUnits(fromUnits(units, decimals), decimals)).toBe(units)
    }),
  )
})
