import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counted, defineMetric, type Metric } from './define.ts'
import { Fold, isFull, type Seen } from './fold.ts'
import { additionsOf } from './measure.ts'
import { isFew, mergeSmall, type Peopled, together } from './merge.ts'
import { periodIn, periodOf, periodsBetween } from './period.ts'
import { percentilesOf, quotient } from './value.ts'

const county = { county: 'area' } as const
const flow = defineMetric({
  ...{ kind: 'flow', name: 'bought', unit: 'fen', of: ['order.done'], each: 'lines', measure: 'fen' },
  dimensions: { county: 'area', kind: { kind: 'choice', unknown: true } },
})
const suppliers = defineMetric({
  ...{ kind: 'distinct', name: 'suppliers', unit: 'organisation', of: ['order.done'], each: 'lines' },
  ...{ subject: 'seller', dimensions: county },
})
const people = defineMetric({
  ...{ kind: 'distinct', name: 'people', unit: 'person', of: ['order.done'], each: 'lines' },
  ...{ subject: 'seller', measure: 'fen', dimensions: { county: { kind: 'area', fixed: true } } },
})
const standing = defineMetric({
  ...{ kind: 'level', name: 'standing', unit: 'product', of: ['product.in'], minus: ['product.out'] },
  ...{ subject: 'product', dimensions: county },
})
const stock = defineMetric({
  ...{ kind: 'level', name: 'stock', unit: 'gram', of: ['lot.in'], minus: ['lot.out'], measure: 'grams' },
  dimensions: county,
})
const days = defineMetric({
  ...{ kind: 'spread', name: 'days', unit: 'day', of: ['order.done'], measure: 'days', dimensions: {} },
  edges: [0, 1, 3, 7],
})

interface Happening {
  readonly type: string
  readonly month: string
  readonly pub: Record<string, string | Record<string, string>[]>
}
const happened = (type: string, pub: Happening['pub'], month = '2025-10'): Happening => ({ type, month, pub })
const adds = (metric: Counted, { type, pub }: Happening) =>
  additionsOf(metric, { type, pub, at: new Date(), open: new Map() })
const folded = (metric: Counted, happenings: readonly Happening[], seen: readonly Seen[] = []): Fold => {
  const fold = new Fold(metric, seen)
  for (const each of happenings) fold.add(each.month, adds(metric, each))
  return fold
}
const cellsOf = (fold: Fold) =>
  [...fold.cells.values()].map(({ period, dims, sum, count }) => [period, ...dims, sum, count])
const full = (fold: Fold) =>
  [...fold.cells.values()]
    .filter(cell => /-\d\d$/.test(cell.period) && isFull(cell.dims))
    .map(({ period, dims, sum, count }) => [period, ...dims, sum, count])
const lines = (...of: Record<string, string>[]) => happened('order.done', { lines: of, kind: 'unit' })

describe('what a fact adds', () => {
  it('is each line’s measure by its dimensions, looked up in the line and then in the fact', () => {
    const fold = folded(flow, [
      lines({ county: '451003', fen: '100' }, { county: '451003', fen: '7', kind: 'union' }),
      happened('order.done', { lines: [{ county: '451028', fen: '-5' }] }),
      happened('order.done', {}),
    ])
    expect(cellsOf(fold)).toEqual([
      ['2025-10', '451003', 'unit', 100, 1],
      ['2025-10', '451003', 'union', 7, 1],
      ['2025-10', '451028', 'unknown', -5, 1],
    ])
  })

  it('is refused where it lacks what the definition names', () => {
    const said = (pub: Happening['pub']) => () => adds(flow, happened('order.done', pub))
    expect(said({ lines: [{ county: '451003' }] })).toThrow('no text "fen"')
    expect(said({ lines: [{ fen: '1' }] })).toThrow('no text "county"')
    expect(said({ lines: [{ county: '451003', fen: '0.5' }] })).toThrow('whole')
    expect(said({ lines: 'none' })).toThrow('no list')
  })

  it('counts subjects once a month, quarter and year, in the county, the city, the province and everywhere', () => {
    const fold = folded(suppliers, [
      lines(
        { county: '451003', seller: 'a' },
        { county: '451028', seller: 'a' },
        { county: '451003', seller: 'b' },
      ),
      happened('order.done', { lines: [{ county: '451003', seller: 'a' }] }, '2025-11'),
    ])
    const sum = (period: string, place: string) => fold.cells.get(JSON.stringify([period, [place]]))?.sum
    expect(['451003', '451028', '^451000', '^450000', '*'].map(place => sum('2025-10', place))).toEqual([
      2, 1, 2, 2, 2,
    ])
    expect(['2025-11', '2025-Q4', '2025'].map(period => sum(period, '*'))).toEqual([1, 2, 2])
    expect(full(fold)).toEqual([
      ['2025-10', '451003', 2, 2],
      ['2025-10', '451028', 1, 1],
      ['2025-11', '451003', 1, 1],
    ])
  })

  it('adds what a subject brings the first time, and does not roll up what is fixed', () => {
    const fold = folded(people, [
      lines({ county: '451003', seller: 'a', fen: '4' }),
      lines({ county: '451003', seller: 'a', fen: '5' }, { county: '451003', seller: 'b', fen: '2' }),
    ])
    expect(cellsOf(fold).filter(([period]) => period === '2025-10')).toEqual([['2025-10', '451003', 6, 3]])
  })

  it('is a level of subjects that came and have not gone, each once', () => {
    const product = (type: string, id: string, county = '451003', month?: string) =>
      happened(type, { product: id, county }, month)
    const fold = folded(standing, [
      product('product.in', 'p'),
      product('product.in', 'p'),
      product('product.in', 'q'),
      product('product.out', 'p', '451003', '2025-11'),
      product('product.out', 'p', '451003', '2025-12'),
      product('product.in', 'q', '451028', '2025-12'),
    ])
    expect(cellsOf(fold)).toEqual([
      ['2025-10', '451003', 2, 2],
      ['2025-11', '451003', -1, 1],
      ['2025-12', '451003', -1, 1],
      ['2025-12', '451028', 1, 1],
    ])
  })

  it('is a level of amounts, less what was taken away', () => {
    const fold = folded(stock, [
      happened('lot.in', { county: '451003', grams: '500' }),
      happened('lot.out', { county: '451003', grams: '200' }),
    ])
    expect(cellsOf(fold)).toEqual([['2025-10', '451003', 300, 2]])
  })

  it('falls into the bucket of the greatest edge it reaches', () => {
    const fold = folded(
      days,
      ['0', '1', '2', '3', '6', '7', '99'].map(n => happened('order.done', { days: n })),
    )
    expect(cellsOf(fold)).toEqual([
      ['2025-10', '0', 0, 1],
      ['2025-10', '1', 3, 2],
      ['2025-10', '3', 9, 2],
      ['2025-10', '7', 106, 2],
    ])
  })
})

const happening = fc.record({
  type: fc.constantFrom('order.done', 'product.in', 'product.out', 'lot.in', 'lot.out'),
  month: fc.constantFrom('2025-09', '2025-10', '2025-12'),
  pub: fc.record({
    ...{ county: fc.constantFrom('451003', '451028', '440304'), product: fc.constantFrom('p', 'q', 'r') },
    ...{
      grams: fc.integer({ min: 0, max: 900 }).map(String),
      days: fc.integer({ min: 0, max: 20 }).map(String),
    },
    lines: fc.array(
      fc.record({
        county: fc.constantFrom('451003', '451028', '440304'),
        fen: fc.integer({ min: -500, max: 500 }).map(String),
        seller: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 4 },
    ),
  }),
})
const every = [flow, suppliers, people, standing, stock, days] as const

it('comes to the same in any batching, when each batch knows whom those before it have counted', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 20 }),
      fc.integer({ min: 1, max: 7 }),
      (happenings, size) => {
        for (const metric of every) {
          const mine = happenings.filter(({ type }) =>
            [...metric.of, ...(metric.kind === 'level' ? (metric.minus ?? []) : [])].includes(type as never),
          )
          const whole = folded(metric, mine).cells
          const kept = new Map<string, { sum: number; count: number }>()
          const seen = new Map<string, Seen>()
          const keyOf = (each: Seen) => JSON.stringify(metric.kind === 'level' ? each.subject : each)
          for (let at = 0; at < mine.length; at += size) {
            const batch = folded(metric, mine.slice(at, at + size), [...seen.values()])
            for (const [key, { sum, count }] of batch.cells) {
              const before = kept.get(key) ?? { sum: 0, count: 0 }
              kept.set(key, { sum: before.sum + sum, count: before.count + count })
            }
            for (const each of batch.went.values()) seen.delete(keyOf(each))
            for (const each of batch.came.values()) seen.set(keyOf(each), each)
          }
          expect(kept).toEqual(new Map([...whole].map(([key, { sum, count }]) => [key, { sum, count }])))
        }
      },
    ),
  )
})

describe('periods', () => {
  it('of a fact are its own month in Shanghai, or the first that was not closed before it', () => {
    const closings = new Map([
      ['2025-10', 5],
      ['2025-11', 7],
    ])
    const at = new Date('2025-09-30T16:00:00Z')
    expect([4, 5, 6, 7].map(index => periodOf(at, index, closings))).toEqual([
      ...['2025-10', '2025-11', '2025-11', '2025-12'],
    ])
  })

  it('of a grain follow each other', () => {
    expect(periodsBetween('quarter', '2025-11', '2026-04')).toEqual(['2025-Q4', '2026-Q1', '2026-Q2'])
    expect(periodsBetween('month', '2025-12', '2026-01')).toEqual(['2025-12', '2026-01'])
    expect(periodIn('year', '2025-03')).toBe('2025')
  })
})

describe('small cells', () => {
  const row = (name: string, people: number) => ({ dims: [name], behind: [people] as (number | null)[] })
  const merge = (rows: readonly Peopled[], dims: string[]) => ({ dims, behind: together(rows, true) })

  it('are merged, at least two together and five in all', () => {
    expect(mergeSmall([row('a', 9), row('b', 2), row('c', 3), row('d', 7)], merge)).toEqual([
      ...[row('a', 9), row('d', 7), row('*', 5)],
    ])
    expect(mergeSmall([row('a', 9), row('b', 2)], merge)).toEqual([row('*', 11)])
    expect(mergeSmall([row('a', 9), row('b', 5)], merge)).toEqual([row('a', 9), row('b', 5)])
    expect(mergeSmall([row('a', 3)], merge)).toBeUndefined()
    expect(mergeSmall([], merge)).toEqual([])
    // nobody known behind a value is few; nothing told is nothing
    expect(mergeSmall([row('a', 0)], merge)).toBeUndefined()
    const nothing = { dims: ['z'], behind: [null] }
    expect(mergeSmall([nothing, row('b', 9)], merge)).toEqual([nothing, row('b', 9)])
    expect(mergeSmall([nothing, row('a', 2), row('b', 9)], merge)).toEqual([nothing, row('*', 11)])
  })

  it('leave the total as it is and no cell of one to four', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 9 }), counts => {
        const rows = counts.map((people, i) => row(String(i), people))
        const total = counts.reduce((a, b) => a + b, 0)
        const merged = mergeSmall(rows, merge)
        if (merged === undefined) {
          expect(total).toBeLessThan(5)
          return
        }
        expect(merged.reduce((sum, each) => sum + each.behind[0]!, 0)).toBe(total)
        expect(merged.filter(isFew)).toEqual([])
        const shown = merged.filter(each => each.dims[0] !== '*').length
        if (shown < merged.length) expect(rows.length - shown).toBeGreaterThanOrEqual(2)
      }),
    )
  })
})

describe('values', () => {
  it('of a ratio are rounded half up, and nothing over nothing', () => {
    expect([quotient(1, 3, 10_000), quotient(2, 3, 10_000), quotient(1, 8, 100)]).toEqual([3333, 6667, 13])
    expect([
      quotient(106, 100, 10_000),
      quotient(5, 0, 100),
      quotient(-1, 8, 100),
      quotient(0, 7, 1),
    ]).toEqual([...[10_600, null, -12, 0]])
  })

  it('of a spread are the edges where the tenth, the half and nine tenths stand', () => {
    const counts = (...of: [number, number][]) => percentilesOf(days, new Map(of))
    expect(counts([0, 1], [1, 8], [7, 1])).toEqual([0, 1, 1])
    expect(counts([3, 1])).toEqual([3, 3, 3])
    expect(counts([0, 50], [1, 39], [3, 2], [7, 9])).toEqual([0, 0, 3])
    expect(counts()).toBeNull()
  })
})

it('refuses a definition that cannot be kept', () => {
  const bad = (more: object) => () => defineMetric({ ...flow, ...more } as Metric)
  expect(bad({ name: 'Bought-it' })).toThrow('small letters')
  expect(bad({ of: [] })).toThrow('made of facts')
  expect(bad({ dimensions: { from: 'code' } })).toThrow('name of a parameter')
  expect(() => defineMetric({ ...days, edges: [1, 1] })).toThrow('edges rise')
  expect(() =>
    defineMetric({
      ...{ kind: 'ratio', name: 'r_atio', unit: 'percent', dimensions: { kind: 'choice' } },
      ...{ over: { metric: flow }, under: { metric: suppliers } },
    }),
  ).toThrow('both parts')
})
