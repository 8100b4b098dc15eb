import { expect, it } from 'vitest'
import { wayOf } from './way.ts'

const unit = { buyerKind: 'unit' } as const
const placedAt = '2025-10-01T00:00:00.000Z'
const fact = (type: string, day: string) => ({ type: `order.${type}`, at: `2025-10-${day}T00:00:00.000Z` })
const looks = (given: Parameters<typeof wayOf>[0]) => wayOf(given).map(step => step.look)

it('stands at approval after the order was placed', () => {
  expect(wayOf({ ...unit, state: 'in_approval', placedAt, facts: [fact('placed', '01')] })).toEqual([
    { name: 'placed', look: 'done', at: placedAt },
    { name: 'approved', look: 'now', at: null },
    { name: 'shipped', look: 'ahead', at: null },
    { name: 'accepted', look: 'ahead', at: null },
  ])
})

it('names the day of each step that is done', () => {
  const facts = [fact('placed', '01'), fact('approved', '02'), fact('shipped', '03'), fact('accepted', '04')]
  expect(wayOf({ ...unit, state: 'accepted', placedAt, facts }).map(step => step.at?.slice(8, 10))).toEqual([
    '01',
    '02',
    '03',
    '04',
  ])
})

it('stops where an order ends', () => {
  expect(looks({ ...unit, state: 'refused', placedAt, facts: [] })).toEqual([
    'done',
    'stopped',
    'stopped',
    'stopped',
  ])
  expect(looks({ ...unit, state: 'cancelled', placedAt, facts: [fact('approved', '02')] })).toEqual([
    'done',
    'done',
    'stopped',
    'stopped',
  ])
})

it('waits for the money of a citizen', () => {
  const way = wayOf({ buyerKind: 'citizen', state: 'approved', placedAt, facts: [fact('paid', '02')] })
  expect(way.map(({ name, look, at }) => `${name} ${look} ${at?.slice(8, 10)}`)).toEqual([
    ...['placed done 01', 'paid done 02', 'shipped now undefined', 'accepted ahead undefined'],
  ])
})
