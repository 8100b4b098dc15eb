import { expect, it, test } from 'vitest'
import { vendingPoint } from './vending_point.register.ts'

const context = { today: '2025-10-08', isNew: true }
const point = (values: object = {}, products: readonly string[] = []) => ({
  id: 'p',
  values: { state: 'in_use', placedOn: '2024-03-01', withdrawnOn: null, ...values },
  parts: { good: products.map(product => ({ product, price: null })) },
})
const told = (values: object, products?: readonly string[]) =>
  vendingPoint.check(point(values, products), context).map(({ column, code }) => `${column} ${code}`)

test.each<[string, object, string[]]>([
  ['in use since last year', {}, []],
  ['placed today', { placedOn: '2025-10-08' }, []],
  ['placed tomorrow', { placedOn: '2025-10-09' }, ['placedOn vending_point.not_placed']],
  ['under repair', { state: 'repair' }, []],
  ['withdrawn on the day it was placed', { state: 'withdrawn', withdrawnOn: '2024-03-01' }, []],
  ['withdrawn, on no day', { state: 'withdrawn' }, ['withdrawnOn vending_point.day_missing']],
  [
    'withdrawn before it was placed',
    { state: 'withdrawn', withdrawnOn: '2024-02-29' },
    ['withdrawnOn vending_point.withdrawn_early'],
  ],
  [
    'under repair with a day of withdrawal',
    { state: 'repair', withdrawnOn: '2025-01-01' },
    ['state vending_point.not_withdrawn'],
  ],
])('a point %s', (_, values, faults) => {
  expect(told(values)).toEqual(faults)
})

it('counts its goods', () => {
  expect(told({}, ['mango', 'kiwi'])).toEqual([])
  expect(vendingPoint.compute(point({}, ['mango', 'kiwi']), context)).toEqual({ values: { goods: 2 } })
  expect(vendingPoint.compute(point(), context)).toEqual({ values: { goods: 0 } })
})
