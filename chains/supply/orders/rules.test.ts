import { describe, expect, it } from 'vitest'
import { mayHold, mayTake } from './rules.ts'

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

describe('how much of one lot the guests of a phone may have waiting', () => {
  const box = { wanted: 2500, held: 0, left: 250_000, perPiece: 2500 }
  const most = (pieces: number) => ({ ok: false, code: 'order.too_much_of_offer', params: { most: pieces } })

  it('is a quarter of what is left', () => {
    expect(mayTake({ ...box, wanted: 25 * 2500 })).toMatchObject({ ok: true })
    expect(mayTake({ ...box, wanted: 26 * 2500 })).toEqual(most(25))
    expect(mayTake({ ...box, wanted: 2500, held: 25 * 2500 })).toEqual(most(25))
    expect(mayTake({ ...box, wanted: 2500, held: 24 * 2500 })).toMatchObject({ ok: true })
  })

  it('or ten pieces where that is more', () => {
    expect(mayTake({ ...box, left: 0, wanted: 10 * 2500 })).toMatchObject({ ok: true })
    expect(mayTake({ ...box, left: 43 * 2500, wanted: 11 * 2500 })).toEqual(most(10))
    expect(mayTake({ ...box, left: 44 * 2500, wanted: 11 * 2500 })).toMatchObject({ ok: true })
  })
})
