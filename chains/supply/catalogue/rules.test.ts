import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buyerGroups, type OfferPrice } from './contract.ts'
import { checkPrices, checkTerms, fenPerKilogram, groupOfUnit, isInSeason, priceOf } from './rules.ts'

const row = (group: OfferPrice['group'], fromPieces: number, priceFen: number): OfferPrice => ({
  ...{ group, fromPieces, priceFen },
})

const anyPrice = fc.record({
  group: fc.constantFrom('all' as const, ...buyerGroups),
  fromPieces: fc.integer({ min: 1, max: 200 }),
  priceFen: fc.integer({ min: 1, max: 100_000 }),
})
const anyOffer = fc.record({
  priceFen: fc.integer({ min: 1, max: 100_000 }),
  prices: fc.array(anyPrice, { maxLength: 12 }),
})
const anyGroup = fc.constantFrom(...buyerGroups)
const anyPieces = fc.integer({ min: 1, max: 1_000_000 })

it('takes the least of what is said for all, for the group and for so many pieces', () => {
  const offer = { priceFen: 1000, prices: [row('all', 10, 900), row('unit', 1, 950), row('unit', 50, 800)] }
  const pieceFen = (group: 'unit' | 'citizen', pieces: number) => priceOf(offer, group, pieces).pieceFen
  expect([1, 9, 10, 50].map(pieces => pieceFen('unit', pieces))).toEqual([950, 950, 900, 800])
  expect([1, 9, 10, 50].map(pieces => pieceFen('citizen', pieces))).toEqual([1000, 1000, 900, 900])
  expect(priceOf(offer, 'unit', 50)).toEqual({ pieceFen: 800, amountFen: 40_000 })
})

it('never asks more a piece for more pieces, nor more than everybody pays, and its sum is exact', () => {
  fc.assert(
    fc.property(anyOffer, anyGroup, anyPieces, anyPieces, (offer, group, a, b) => {
      const [few, many] = [priceOf(offer, group, Math.min(a, b)), priceOf(offer, group, Math.max(a, b))]
      expect(many.pieceFen).toBeLessThanOrEqual(few.pieceFen)
      expect(few.pieceFen).toBeLessThanOrEqual(offer.priceFen)
      expect(BigInt(few.amountFen)).toBe(BigInt(few.pieceFen) * BigInt(Math.min(a, b)))
    }),
  )
})

it('takes only prices that lower something: each of them is somebody’s price at its number', () => {
  fc.assert(
    fc.property(anyOffer, offer => {
      if (!checkPrices(offer).ok) return
      for (const { group, fromPieces, priceFen } of offer.prices)
        for (const of of group === 'all' ? buyerGroups : [group])
          expect(priceOf(offer, of, fromPieces).pieceFen).toBeLessThanOrEqual(priceFen)
    }),
  )
})

it('says which price is told twice or lowers nothing', () => {
  const check = (...prices: OfferPrice[]) => checkPrices({ priceFen: 1000, prices })
  expect(check(row('unit', 1, 900), row('all', 10, 800), row('unit', 10, 700))).toEqual({
    ok: true,
    value: null,
  })
  expect(check(row('unit', 5, 900), row('unit', 5, 800))).toMatchObject({
    ...{ code: 'offer.price_twice', params: { group: 'unit', from: 5 } },
  })
  expect(check(row('all', 5, 1000))).toMatchObject({
    ...{ code: 'offer.price_not_lower', params: { group: 'all', from: 5, fen: 1000 } },
  })
  expect(check(row('unit', 20, 850), row('unit', 10, 800))).toMatchObject({ params: { from: 20, fen: 800 } })
  expect(check(row('all', 10, 700), row('unit', 10, 700))).toMatchObject({
    params: { group: 'unit', fen: 700 },
  })
  expect(checkTerms({ price_fen: 1000, least_pieces: 5, most_pieces: 4 }, [])).toMatchObject({
    ...{ code: 'offer.most_below_least', params: { least: 5, most: 4 } },
  })
})

it('says the price of a kilogram, rounded half up', () => {
  expect([fenPerKilogram(8000, 5000), fenPerKilogram(1, 2000), fenPerKilogram(1, 2001)]).toEqual([1600, 1, 0])
  expect(fenPerKilogram(8000, null)).toBeNull()
})

it('knows seasons that run over the new year, and unions from other units', () => {
  const months = (season: { from: number; to: number } | null) =>
    Array.from({ length: 12 }, (_, i) => i + 1).filter(month => isInSeason(season, month))
  expect(months({ from: 6, to: 9 })).toEqual([6, 7, 8, 9])
  expect(months({ from: 11, to: 2 })).toEqual([1, 2, 11, 12])
  expect(months(null)).toHaveLength(12)
  expect([groupOfUnit('union'), groupOfUnit('budget_unit')]).toEqual(['union', 'unit'])
})
