import { expect, it } from 'vitest'
import { counted, saidBy } from './said.ts'

const figure = (unit: string) => ({ metric: 'm', count: 3, total: '12', sums: { unit } })

it('tells the total of a figure in its own unit: suppliers are no yuan', () => {
  expect(saidBy(figure('organisation'))).toEqual([
    { name: 'total', kind: 'amount', value: '12', unit: 'organisation' },
    { name: 'metric', kind: 'code', value: 'm' },
    { name: 'count', kind: 'count', value: '3' },
  ])
  expect(saidBy(figure('fen'))[0]).toEqual({ name: 'total', kind: 'fen', value: '12' })
  expect(counted('share', '5', figure('household'))).toEqual([
    { name: 'share', kind: 'amount', value: '5', unit: 'household' },
  ])
})

it('takes no total for one that is no whole number', () => {
  expect(saidBy({ total: '1.5' })).toEqual([])
  expect(saidBy({ total: 12 })).toEqual([])
})
