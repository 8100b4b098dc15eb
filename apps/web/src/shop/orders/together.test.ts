import { expect, it } from 'vitest'
import { byPayment, costOf, paidWith } from './together.ts'

const both = { id: 'p', amountFen: 300, orders: ['a', 'b'] }
const a = { id: 'a', dueFen: 100, payment: both }
const b = { id: 'b', dueFen: 200, payment: both }
const alone = { id: 'c', dueFen: 50, payment: null }

it('shows orders of one payment as one, where the first of them stood', () => {
  expect(byPayment([a, alone, b])).toEqual([[a, b], [alone]])
  expect(byPayment([])).toEqual([])
})

it('pays all that is paid with an order, also what the page does not show', () => {
  expect([paidWith([a, b]), costOf([a, b])]).toEqual([['a', 'b'], 300])
  expect([paidWith([b]), costOf([b])]).toEqual([['a', 'b'], 300])
  expect([paidWith([alone]), costOf([alone])]).toEqual([['c'], 50])
})
