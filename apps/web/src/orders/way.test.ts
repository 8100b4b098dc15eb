import { expect, it } from 'vitest'
import { wayOf } from './way.ts'

const placedAt = '2025-10-01T00:00:00.000Z'
const fact = (type: string, day: string) => ({ type: `order.${type}`, at: `2025-10-${day}T00:00:00.000Z` })
const looks = (given: Parameters<typeof wayOf>[0]) => wayOf(given).map(step => step.look)

it('stands at approval after the order was placed', () => {
  expect(wayOf({ state: 'in_approval', placedAt, facts: [fact('placed', '01')] })).toEqual([
    { name: 'placed', look: 'done', at: placedAt },
    { name: 'approved', look: 'now', at: null },
    { name: 'shipped', look: 'ahead', at: null },
    { name: 'accepted', look: 'ahead', at: null },
  ])
})

it('names the day of each step that is done', () => {
  const facts = [fact('placed', '01'), fact('approved', '02'), fact('shipped', '03'), fact('accepted', '04')]
  expect(wayOf({ state: 'accepted', placedAt, facts }).map(step => step.at?.slice(8, 10))).toEqual([
    '01',
    '02',
    '03',
    '04',
  ])
})

it('stops where an order ends', () => {
  expect(looks({ state: 'refused', placedAt, facts: [] })).toEqual(['done', 'stopped', 'stopped', 'stopped'])
  expect(looks({ state: 'cancelled', placedAt, facts: [fact('approved', '02')] })).toEqual([
    'done',
    'done',
    'stopped',
    'stopped',
  ])
})
