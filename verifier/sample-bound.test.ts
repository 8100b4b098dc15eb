import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, type Finding, upperShare } from './sample-bound.ts'
import { drawsFor } from './sample-draw.ts'

const good = (times: number): Finding => ({ amount: 100n, found: 100n, times })

describe('the upper limit of a share', () => {
  test('is Clopper and Pearson’s', () => {
    const percent = (errors: number, draws: number, confidence = 0.95) =>
      Number((100 * upperShare(errors, draws, confidence)).toFixed(3))
    expect([percent(0, 100), percent(1, 100), percent(2, 100)]).toEqual([2.951, 4.656, 6.162])
    expect([percent(0, 299), percent(0, 59), percent(10, 10)]).toEqual([0.997, 4.951, 100])
    expect(percent(0, 10, 0.5)).toBe(6.697)
  })

  test('after as many good draws as were asked for, is the rate that they were asked for', () => {
    for (const [confidence, rate] of [
      [0.95, 0.01],
      [0.95, 0.05],
      [0.99, 0.02],
    ] as const) {
      const draws = drawsFor(confidence, rate)
      expect(upperShare(0, draws, confidence)).toBeLessThanOrEqual(rate)
      expect(upperShare(0, draws - 1, confidence)).toBeGreaterThan(rate)
    }
  })
})

describe('an evaluation', () => {
  test('without errors is the simple bound', () =>
    expect(evaluate(1_000_000n, [good(200), good(99)], 0.95)).toEqual({
      ...{ draws: 299, overstated: 0, understated: 0, taints: [], likely: 0 },
      limit: expect.closeTo(9969.0, 0),
    }))

  test('weighs each taint by what one error more adds', () => {
    const half = { amount: 100n, found: 50n, times: 1 }
    const none = { amount: 100n, found: 0n, times: 1 }
    const found = evaluate(1_000_000n, [half, good(98), none], 0.95)
    const [p0, p1, p2] = [0, 1, 2].map(errors => upperShare(errors, 100, 0.95)) as [number, number, number]
    expect(found).toMatchObject({ draws: 100, overstated: 2, taints: [1, 0.5] })
    expect(found.likely).toBeCloseTo(15_000)
    expect(found.limit).toBeCloseTo(1_000_000 * (p0 + (p1 - p0) + 0.5 * (p2 - p1)))
  })

  test('counts a voucher as often as it was drawn, and does not set off what the paper has more', () => {
    const found = evaluate(
      1000n,
      [
        { amount: 10n, found: 9n, times: 3 },
        { amount: 10n, found: 90n, times: 2 },
      ],
      0.95,
    )
    expect(found).toMatchObject({ draws: 5, overstated: 1, understated: 1 })
    expect(found.taints).toEqual([0.1, 0.1, 0.1])
  })

  test('never lies below what was found, nor above the whole', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            amount: fc.bigInt(1n, 1000n),
            found: fc.bigInt(-5n, 1200n),
            times: fc.integer({ min: 1, max: 4 }),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        findings => {
          const { likely, limit } = evaluate(1_000_000n, findings, 0.95)
          expect(limit).toBeGreaterThanOrEqual(likely - 1e-6)
          expect(limit).toBeLessThanOrEqual(1_000_000)
        },
      ),
    ))
})
