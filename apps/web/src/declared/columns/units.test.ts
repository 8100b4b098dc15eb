import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromShown, grouped, inMu, toShown } from './units.ts'

it.each([
  [0, 'fen', '0.00'],
  [5, 'fen', '0.05'],
  [-123450, 'fen', '-1234.50'],
  [2500, 'gram', '2.5'],
  [1000, 'gram', '1'],
  [1, 'gram', '0.001'],
  [12, 'household', '12'],
  [7, null, '7'],
])('%d %s is shown as %s', (value, unit, text) => expect(toShown(value, unit)).toBe(text))

it.each([
  ['12.3', 'fen', { value: 1230 }],
  ['1,234.5', 'fen', { value: 123450 }],
  ['12.300', 'fen', { value: 1230 }],
  ['12.345', 'fen', { fault: 'places' }],
  ['2.5', 'gram', { value: 2500 }],
  ['2.5', 'head', { fault: 'places' }],
  ['-3', null, { value: -3 }],
  ['three', null, { fault: 'type' }],
  ['', null, { fault: 'type' }],
  ['999999999999999.99', 'fen', { fault: 'type' }],
])('%s typed for %s is %o', (typed, unit, found) => expect(fromShown(typed, unit)).toEqual(found))

it.each([
  [666, 'square_metre', undefined],
  [667, 'square_metre', '1.00'],
  [800, 'square_metre', '1.20'],
  [2_000_000, 'square_metre', '3000.00'],
  [800, 'metre', undefined],
])('%i %s is %s mu', (value, unit, mu) => expect(inMu(value, unit)).toBe(mu))

it('loses nothing on the way there and back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom('fen', 'gram', 'piece', null), (value, unit) => {
      expect(fromShown(grouped(toShown(value, unit)).replace('−', '-'), unit)).toEqual({
        value: value === 0 ? 0 : value,
      })
    }),
    {
      examples: [
        [-5, 'fen'],
        [100, 'gram'],
      ],
    },
  )
})
