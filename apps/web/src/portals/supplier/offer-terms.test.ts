import { expect, it } from 'vitest'
import { noTerms, termsBody } from './offer-terms.ts'

it('reads what was typed exactly, and takes what is empty for none', () => {
  expect(termsBody(noTerms)).toEqual({
    ...{ code: null, netGrams: null, leadDays: 0, season: null, shelfLifeDays: null, coldChain: false },
    ...{ leastPieces: 1, mostPieces: null, prices: [] },
  })
  const tiers = [
    { group: 'citizen' as const, from: '3', price: '42.5' },
    { group: 'all' as const, from: '', price: '' },
  ]
  const typed = { ...noTerms, code: ' A-1 ', net: '2.5', seasonFrom: '11', seasonTo: '2', most: '50', tiers }
  expect(termsBody(typed)).toMatchObject({
    ...{ code: 'A-1', netGrams: 2500, season: { from: 11, to: 2 }, mostPieces: 50 },
    prices: [{ group: 'citizen', fromPieces: 3, priceFen: 4250 }],
  })
  expect(termsBody({ ...noTerms, seasonFrom: '11' }).season).toBeNull()
})
