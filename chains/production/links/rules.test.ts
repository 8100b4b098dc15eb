import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderPurchase, ShareDividend } from './contract.ts'
import { householdsPart, purchasePrice, splitSale } from './rules.ts'

const purchase: OrderPurchase = {
  mechanism: 'order_purchase',
  productId: crypto.randomUUID(),
  floor: { fen: 300, per: 500 },
  premiumBp: 500,
}
const shares = (basicShares: number, poolBp = 1000): ShareDividend => ({
  mechanism: 'share_dividend',
  poolBp,
  basicShares,
  careShares: 0,
  fundShares: 0,
})
const total = (parts: ReadonlyMap<string, number>) => [...parts.values()].reduce((a, b) => a + b, 0)

describe('purchase price', () => {
  it('is the protect price while the market with its premium is lower, or unknown', () => {
    expect(purchasePrice(purchase, undefined)).toEqual({ fen: 300, per: 500 })
    expect(purchasePrice(purchase, { fen: 285, per: 500 })).toEqual({ fen: 300, per: 500 })
  })
  it('is the market with its premium once that is higher, exactly', () => {
    expect(purchasePrice(purchase, { fen: 286, per: 500 })).toEqual({ fen: 286 * 10_500, per: 5_000_000 })
  })
})

describe('split of a sale', () => {
  it('pays sources their price, pools their rate, and leaves the rest to the co-op', () => {
    // 10 kg sold of a lot: half own, 3/10 from a at 6 yuan/kg, 2/10 from b at 7 yuan/kg; 10 % over 3 shares
    const result = splitSale(
      { amountFen: 20_000, quantity: 10_000, ownQuantity: 500_000 },
      [
        { linkId: 'a', quantity: 300_000, price: { fen: 300, per: 500 } },
        { linkId: 'b', quantity: 200_000, price: { fen: 350, per: 500 } },
      ],
      [
        { linkId: 'c', formula: shares(2) },
        { linkId: 'd', formula: shares(1) },
      ],
    )
    expect(Object.fromEntries(result.byLink)).toEqual({ a: 1800, b: 1400, c: 1333, d: 667 })
    expect(result.cooperativeFen).toBe(14_800)
  })

  it('cuts promises in proportion when they exceed the sale', () => {
    const source = { quantity: 1000, price: { fen: 1000, per: 500 } }
    const result = splitSale(
      { amountFen: 100, quantity: 2000, ownQuantity: 0 },
      [
        { linkId: 'a', ...source },
        { linkId: 'b', ...source },
      ],
      [],
    )
    expect(Object.fromEntries(result.byLink)).toEqual({ a: 50, b: 50 })
    expect(result.cooperativeFen).toBe(0)
  })

  it('always adds up to the sale, with no negative part', () => {
    const source = fc.record({
      quantity: fc.integer({ min: 1, max: 1e9 }),
      fen: fc.integer({ min: 0, max: 1e6 }),
    })
    const world = fc.record({
      amountFen: fc.integer({ min: 0, max: 1e9 }),
      quantity: fc.integer({ min: 1, max: 1e8 }),
      ownQuantity: fc.integer({ min: 0, max: 1e9 }),
      sources: fc.array(source, { maxLength: 20 }),
      dividends: fc.array(
        fc.record({ n: fc.integer({ min: 0, max: 1000 }), bp: fc.constantFrom(0, 250, 1000) }),
        { maxLength: 20 },
      ),
    })
    fc.assert(
      fc.property(world, w => {
        const result = splitSale(
          w,
          w.sources.map((s, i) => ({
            linkId: `s${i}`,
            quantity: s.quantity,
            price: { fen: s.fen, per: 500 },
          })),
          w.dividends.map((d, i) => ({ linkId: `d${i}`, formula: shares(d.n, d.bp) })),
        )
        expect(total(result.byLink) + result.cooperativeFen).toBe(w.amountFen)
        expect(result.cooperativeFen).toBeGreaterThanOrEqual(0)
        for (const part of result.byLink.values()) expect(part).toBeGreaterThan(0)
      }),
    )
  })
})

describe('what one of many pieces brings to households', () => {
  const sources = [{ linkId: 'a', quantity: 1, price: { fen: 900, per: 1 } }]
  const piece = { priceFen: 4122, perPiece: 1, ownQuantity: 3 }

  it('is the mean of many, where the split of one tells of nobody’s goods', () => {
    const alone = splitSale({ amountFen: 4122, quantity: 1, ownQuantity: 3 }, sources, [])
    expect(alone.cooperativeFen).toBe(4122)
    // of four hens one is bought from a household: 900 / 4
    expect(householdsPart(piece, sources, [])).toBe(225)
  })

  it('is split alone where it is large', () => {
    const large = { priceFen: 8_000_000_000_000, perPiece: 1, ownQuantity: 3 }
    expect(householdsPart(large, sources, [])).toBe(0)
    expect(householdsPart(large, [], [])).toBe(0)
  })

  it('counts dividends', () => {
    expect(householdsPart(piece, [], [{ linkId: 'b', formula: shares(2) }])).toBe(412)
  })
})
