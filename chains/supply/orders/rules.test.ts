import { describe, expect, it } from 'vitest'
import { mayHold } from './rules.ts'

describe('what a citizen’s orders may hold until they are paid', () => {
  const one = { orders: 1, fen: 100 }
  const proven = { isProven: true, isOfPhone: false, unpaid: 0, unpaidFen: 0 }
  const guest = { ...proven, isProven: false }
  const code = (...asked: Parameters<typeof mayHold>) => {
    const may = mayHold(...asked)
    return may.ok ? 'ok' : [may.code, may.params]
  }

  it('ten orders, in however many baskets', () => {
    expect(code({ ...proven, unpaid: 9 }, one)).toBe('ok')
    expect(code({ ...proven, unpaid: 10 }, one)).toEqual(['order.too_many_unpaid', { most: 10, unpaid: 10 }])
    expect(code(proven, { orders: 10, fen: 1 })).toBe('ok')
    expect(code(proven, { orders: 11, fen: 1 })).toEqual(['order.too_many_unpaid', { most: 10, unpaid: 0 }])
  })

  it('of a phone’s guests, who are not told of each other', () => {
    expect(code({ ...guest, isOfPhone: true, unpaid: 10 }, one)).toEqual([
      'order.too_many_of_phone',
      { most: 10 },
    ])
  })

  it('goods of 5,000 yuan unless a phone was proven', () => {
    expect(code({ ...guest, unpaid: 1, unpaidFen: 499_900 }, one)).toBe('ok')
    expect(code({ ...guest, unpaid: 1, unpaidFen: 499_901 }, one)).toEqual([
      'order.too_much_unproven',
      { mostFen: 500_000 },
    ])
    expect(code(guest, { orders: 1, fen: 500_001 })).toMatchObject(['order.too_much_unproven', {}])
    expect(code({ ...proven, unpaid: 1, unpaidFen: 499_901 }, one)).toBe('ok')
  })
})
