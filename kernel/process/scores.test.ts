import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  evaluate,
  field,
  mean,
  middleMean,
  percent,
  score,
  scoreOf,
  scoreSheet,
  sheetColumns,
  sum,
} from './scores.ts'

const plain = scoreSheet({ management: { items: { records: 10, exit: 15 } }, site: { items: { soil: 75 } } })
const weighed = scoreSheet({
  management: { weight: 40, items: { records: 10, exit: 20 } },
  site: { weight: 60, items: { soil: 50 } },
})

describe('a score sheet', () => {
  it('adds the points of all items, in hundredths', () => {
    expect(scoreOf(plain, { records: 7, exit: 15, soil: 60 })).toBe(8200)
  })

  it('weighs each group by the share of its points', () => {
    // 40 × 20/30 + 60 × 25/50 = 26.666… + 30
    expect(scoreOf(weighed, { records: 10, exit: 10, soil: 25 })).toBe(5667)
    expect(scoreOf(weighed, { records: 10, exit: 20, soil: 50 })).toBe(10_000)
  })

  it('is a form of whole points', () => {
    expect(sheetColumns(plain)).toEqual({
      records: { kind: 'number', unit: 'point', min: 0, max: 10 },
      exit: { kind: 'number', unit: 'point', min: 0, max: 15 },
      soil: { kind: 'number', unit: 'point', min: 0, max: 75 },
    })
  })

  it.each([
    ['weights of some groups', { a: { weight: 100, items: { x: 1 } }, b: { items: { y: 1 } } }],
    ['weights that are not 100', { a: { weight: 40, items: { x: 1 } }, b: { weight: 50, items: { y: 1 } } }],
    ['an item twice', { a: { items: { x: 1 } }, b: { items: { x: 2 } } }],
    ['points that are not whole', { a: { items: { x: 1.5 } } }],
    ['no items', { a: { items: {} } }],
  ])('is refused where it is written: %s', (_, groups) => {
    expect(() => scoreSheet(groups)).toThrow(RangeError)
  })
})

describe('a formula', () => {
  const evaluation = sum(percent(20, field('self')), percent(80, mean), score('monitoring'))

  it('joins the applicant, the experts and the monitoring', () => {
    const input = { form: { self: 95 }, scores: { monitoring: 250 }, sheets: [8000, 7900, 8100, 9000, 6000] }
    // 19 + 0.8 × 78 + 2.5
    expect(evaluate(evaluation, input)).toBe(8390)
  })

  it('rounds once, half up', () => {
    expect(evaluate(mean, { form: {}, scores: {}, sheets: [1, 2] })).toBe(2)
    expect(evaluate(mean, { form: {}, scores: {}, sheets: [1, 1, 2] })).toBe(1)
    expect(evaluate(percent(-50, score('a')), { form: {}, scores: { a: 1 }, sheets: [] })).toBe(0)
    expect(evaluate(percent(-50, score('a')), { form: {}, scores: { a: 3 }, sheets: [] })).toBe(-1)
  })

  it('leaves out the highest and the lowest', () => {
    const of = (...sheets: number[]) => evaluate(middleMean, { form: {}, scores: {}, sheets })
    expect([of(6000, 8000, 9000, 8100, 7900), of(6000, 8000), of()]).toEqual([8000, 7000, 0])
  })

  it('counts what is missing as nothing', () => {
    expect(evaluate(evaluation, { form: {}, scores: {}, sheets: [] })).toBe(0)
  })
})

describe('arithmetic', () => {
  const points = fc.integer({ min: 0, max: 10_000 })

  it('a weighed mean lies between its lowest and its highest part', () => {
    fc.assert(
      fc.property(
        points,
        fc.array(points, { minLength: 1, maxLength: 15 }),
        fc.integer({ min: 0, max: 100 }),
        (a, sheets, share) => {
          const value = evaluate(sum(percent(share, score('a')), percent(100 - share, mean)), {
            form: {},
            scores: { a },
            sheets,
          })
          expect(value).toBeGreaterThanOrEqual(Math.min(a, ...sheets))
          expect(value).toBeLessThanOrEqual(Math.max(a, ...sheets))
        },
      ),
    )
  })

  it('does not depend on the order of the sheets', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 15 }), sheets => {
        const of = (given: number[], formula = mean) =>
          evaluate(formula, { form: {}, scores: {}, sheets: given })
        expect(of([...sheets].reverse())).toBe(of(sheets))
        expect(of([...sheets].reverse(), middleMean)).toBe(of(sheets, middleMean))
      }),
    )
  })

  it('a better sheet is never a worse score', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.nat(20), fc.nat(49), (records, exit, soil) => {
        const low = scoreOf(weighed, { records, exit, soil })
        const high = scoreOf(weighed, { records, exit, soil: soil + 1 })
        expect([high > low, Number.isInteger(low), high <= 10_000]).toEqual([true, true, true])
      }),
    )
  })
})
