import { describe, expect, it } from 'vitest'
import { askedOf, plotOf, type Row, unitIn, valuesQuery } from './query.ts'

const shape = {
  ...{
    name: 'completed_purchases',
    kind: 'flow' as const,
    unit: 'fen',
    facts: [],
    of: [],
    whole: 1,
    edges: [],
  },
  ...{ guarded: false, opens: true, provable: true, open: true, upTo: 10 },
  dimensions: [
    { name: 'county', kind: 'area' as const },
    { name: 'buyerKind', kind: 'choice' as const },
  ],
}

describe('what an address asks of a metric', () => {
  it('is the first dimension by the last twelve months, if it says nothing', () => {
    const asked = askedOf(shape, {}, '2026-11')
    expect(asked).toMatchObject({ by: ['county'], grain: 'month', view: 'bar', where: {} })
    expect(valuesQuery(asked)).toEqual({
      ...{ from: '2025-12', to: '2026-11', level: undefined },
      ...{ grain: 'month', by: ['county'] },
    })
  })

  it('is only what there is', () => {
    const search = { by: 'buyerKind,colour', grain: 'day', view: 'map', from: '2025-13', to: '2025-12' }
    expect(askedOf(shape, { ...search, county: '450000', colour: 'red' })).toEqual({
      ...{ by: ['buyerKind'], grain: 'month', view: 'map', from: '2025-01', to: '2025-12', level: undefined },
      where: { county: '450000' },
    })
    expect(askedOf(shape, { by: '-' }).by).toEqual([])
  })

  it('begins with a whole period, and tells the one that is opened', () => {
    const from = (search: Record<string, string>) => askedOf(shape, search, '2026-10').from
    expect(from({})).toBe('2025-11')
    expect(from({ grain: 'quarter' })).toBe('2025-10')
    expect(from({ grain: 'year' })).toBe('2025-01')
    expect(from({ period: '2025-03' })).toBe('2025-03')
    expect(from({ period: '2026-Q3' })).toBe('2025-11')
  })

  it('is told by what it is not narrowed by; people by one dimension alone', () => {
    const by = (guarded: boolean) => askedOf({ ...shape, guarded }, { county: '451003' }).by
    expect(by(false)).toEqual(['buyerKind'])
    expect(by(true)).toEqual(['county'])
  })
})

const row = (period: string, dims: string[], value: number | null): Row => ({
  ...{ period, dims, value, count: 1, percentiles: null, parts: null, factId: null },
})

it('plots the largest combinations over all periods', () => {
  const rows = [
    row('2025-01', ['a'], 5),
    row('2025-02', ['a'], 7),
    row('2025-02', ['b'], 20),
    row('2025-01', ['c'], 1),
  ]
  expect(plotOf(rows, 2)).toEqual({
    periods: ['2025-01', '2025-02'],
    series: [
      { dims: ['b'], values: [null, 20] },
      { dims: ['a'], values: [5, 7] },
    ],
    left: 1,
  })
})

it('tells ratios as percents, or by what their whole is', () => {
  expect(unitIn({ kind: 'ratio', unit: 'percent', whole: 10_000 })).toBe('bp')
  expect(unitIn({ kind: 'ratio', unit: 'times', whole: 100 })).toBe('times')
  expect(unitIn({ kind: 'ratio', unit: 'score', whole: 100 })).toBe('hundredth')
  expect(unitIn({ kind: 'ratio', unit: 'fen', whole: 1 })).toBe('fen')
  expect(unitIn({ kind: 'flow', unit: 'order', whole: 1 })).toBe('order')
})
