import { expect, it } from 'vitest'
import { figureSearch, periodOf } from './figure-search.ts'

const figure = {
  ...{
    key: 'by_county',
    metric: 'completed_purchases',
    from: '2025-11',
    to: '2025-11',
    grain: 'month' as const,
  },
  ...{
    by: ['county'],
    level: null,
    where: {},
    unit: 'fen',
    value: 5,
    count: 1,
    shown: '',
    rows: [],
    upTo: 9,
  },
  factIds: [],
}

it('opens the whole figure, or one row of it', () => {
  const month = { from: '2025-11', to: '2025-11', grain: 'month', by: 'county', period: '2025-11', upTo: '9' }
  expect(figureSearch(figure)).toEqual({ ...month, cell: '' })
  expect(figureSearch(figure, ['451003'])).toEqual({ ...month, cell: '451003' })
  const narrowed = { ...figure, by: [], where: { year: '2025' }, level: 'city' as const }
  expect(figureSearch(narrowed)).toMatchObject({ by: '-', year: '2025', level: 'city' })
})

it('tells a year or a quarter by its own name', () => {
  expect(periodOf({ grain: 'year', to: '2025-11' })).toBe('2025')
  expect(periodOf({ grain: 'quarter', to: '2025-09' })).toBe('2025-Q3')
})
