import { describe, expect, it } from 'vitest'
import {
  bySeller,
  type CartLine,
  capOf,
  lineFen,
  pieceFen,
  piecesWithin,
  type Seen,
  standingOf,
  totalFen,
} from './rules.ts'

const seen: Seen = {
  ...{
    nameZh: 'a',
    nameEn: 'a',
    specZh: '',
    specEn: '',
    sellerId: 's1',
    sellerName: 'S1',
    class: 'fruit/mango',
  },
  ...{ priceFen: 1000, version: 3, cover: null, available: 10, leastPieces: 1, mostPieces: null, prices: [] },
  state: 'listed',
}
const line = (given: Partial<CartLine> = {}): CartLine => ({
  ...{ programme: 'p', offerId: 'o', pieces: 2, chosen: true, addedAt: 1, seen },
  ...given,
})

describe('pieceFen', () => {
  const prices: Seen['prices'] = [
    { group: 'all', fromPieces: 5, priceFen: 900 },
    { group: 'citizen', fromPieces: 1, priceFen: 980 },
    { group: 'union', fromPieces: 1, priceFen: 500 },
  ]
  it.each([
    [1, 980],
    [4, 980],
    [5, 900],
  ])('of %d pieces is %d', (pieces, fen) => expect(pieceFen({ priceFen: 1000, prices }, pieces)).toBe(fen))
  it('is never above the price without any of them', () =>
    expect(pieceFen({ priceFen: 800, prices }, 1)).toBe(800))
})

describe('standingOf', () => {
  it.each([
    ['unknown', undefined],
    ['good', seen],
    ['changed', { ...seen, version: 4 }],
    ['short', { ...seen, available: 1 }],
    ['gone', { ...seen, available: 0, version: 9 }],
    ['gone', { ...seen, state: 'withdrawn' as const }],
  ])('is %s', (standing, now) => expect(standingOf(line(), now)).toBe(standing))
})

it('keeps pieces within what may be ordered', () => {
  const narrow = { ...seen, leastPieces: 2, mostPieces: 6 }
  expect([1, 4, 9].map(pieces => piecesWithin(narrow, pieces))).toEqual([2, 4, 6])
  expect(piecesWithin({ ...seen, available: 3 }, 9)).toBe(3)
})

it('groups by seller in the order of coming in, and adds up', () => {
  const other = { ...seen, sellerId: 's2', sellerName: 'S2', priceFen: 5 }
  const lines = [
    line({ offerId: 'c', addedAt: 3 }),
    line({ offerId: 'b', addedAt: 2, seen: other, pieces: 3 }),
    line({ offerId: 'a', addedAt: 1 }),
  ]
  expect(
    bySeller(lines).map(({ sellerName, lines: own }) => [sellerName, own.map(one => one.offerId)]),
  ).toEqual([
    ['S1', ['a', 'c']],
    ['S2', ['b']],
  ])
  expect(lines.map(lineFen)).toEqual([2000, 15, 2000])
  expect(totalFen(lines)).toBe(4015)
})

it('tells what is all that is left from what is all that may be taken', () => {
  expect(capOf(seen)).toBe('left')
  expect(capOf({ ...seen, mostPieces: 10 })).toBe('left')
  expect(capOf({ ...seen, mostPieces: 9 })).toBe('most')
})
