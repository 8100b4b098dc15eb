import { beforeEach, describe, expect, it } from 'vitest'
import { differences, openBook, tell, tellSale } from './test-book.ts'

// of 160 yuan for two pieces one comes back
const piece = { no: 1, pieces: 1, unit: 'g', quantity: '5000', fen: '8000' }
const reduced = (off = 'off') =>
  tell('order.reduced', {
    ...{
      order: 'o',
      off,
      cause: 'return',
      fen: '8000',
      restock: 'yes',
      state: 'accepted',
      countedFen: '8000',
    },
    lines: [piece],
  })
const returned = (change: Record<string, unknown> = {}) =>
  tell('order.returned', {
    ...{ order: 'o', off: 'off', fen: '-8000', buyerKind: 'budget_unit' },
    lines: [{ no: 1, county: '451003', fen: '-8000' }],
    ...change,
  })
const right = '["budget_unit","",[1,"451003",-8000]]'

describe('what figures take off', () => {
  beforeEach(() => {
    openBook()
    tellSale()
  })

  it('leaves nothing to say where it is what came back', () => {
    reduced()
    returned()
    expect(differences()).toEqual([])
  })

  it('is found missing', () => {
    reduced()
    expect(differences()).toEqual([['returned', right, null]])
  })

  it.each([
    ['too much', { lines: [{ no: 1, county: '451003', fen: '-9000' }] }, right.replace('-8000', '-9000')],
    ['another county', { lines: [{ no: 1, county: '451028', fen: '-8000' }] }, right.replace('003', '028')],
    ['another channel', { channel: 'shop' }, right.replace('""', '"shop"')],
  ])('is found with %s', (_, change, found) => {
    reduced()
    returned(change)
    expect(differences()).toEqual([['returned', right, found]])
  })

  it('is found where nothing came back', () => {
    returned()
    expect(differences()).toEqual([['off', 'what came back', 'nothing']])
  })
})
