import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Paid, splitRefund } from './refund-rules.ts'

const paid = (...fen: number[]): Paid[] => fen.map((each, i) => ({ no: i + 1, fen: each, backFen: 0 }))

it('gives shares of what each has left, the largest remainder first, ties by number', () => {
  expect([...splitRefund(100, paid(100, 100, 100))!.values()]).toEqual([34, 33, 33])
  expect([...splitRefund(1, paid(1, 2, 2))!.values()]).toEqual([0, 1, 0])
  expect([...splitRefund(5, paid(1, 2, 2))!.values()]).toEqual([1, 2, 2])
  expect(splitRefund(6, paid(1, 2, 2))).toBeUndefined()
})

it('a part of one source is all of it', () => {
  expect(splitRefund(1234, paid(8000))).toEqual(new Map([[1, 1234]]))
})

const sources = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1e11 })), {
    ...{ minLength: 1, maxLength: 6 },
  })
  .map(fen => paid(...fen))

it('is exact over any orders, sources, partial returns and fees', () => {
  fc.assert(
    fc.property(
      sources,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      (from, cuts) => {
        let now = from
        const whole = from.reduce((sum, source) => sum + source.fen, 0)
        let left = whole
        for (const fen of [...cuts.map(cut => Math.floor(cut * left)), Number.POSITIVE_INFINITY]) {
          const asked = Math.min(fen, left)
          const parts = splitRefund(asked, now)!
          expect([...parts.values()].reduce((sum, part) => sum + part, 0)).toBe(asked)
          now = now.map(source => ({ ...source, backFen: source.backFen + parts.get(source.no)! }))
          for (const source of now) {
            expect(source.backFen).toBeLessThanOrEqual(source.fen)
            expect(parts.get(source.no)).toBeGreaterThanOrEqual(0)
          }
          left -= asked
        }
        // all of it back: to each source to the fen what it paid
        expect(now.map(source => source.backFen)).toEqual(from.map(source => source.fen))
        expect(splitRefund(1, now)).toBeUndefined()
      },
    ),
    { numRuns: 300 },
  )
})
