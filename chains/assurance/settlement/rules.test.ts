import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isTold, MOST_PARTS, piecesOf } from './rules.ts'

const parts = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ linkId: `l${i}`, householdId: `h${i}`, mechanism: 'share_dividend' as const, fen: i + 1 },
    ...{ county: '451003', persons: 3 },
  }))

it('cuts the parts of a settlement into facts, numbered through, with nothing lost', () => {
  expect(piecesOf([])).toEqual([{}])
  expect(piecesOf(parts(2))).toEqual([
    {
      part0:
        '{"household":"h0","link":"l0","fen":"1","mechanism":"share_dividend","county":"451003","persons":3}',
      part1:
        '{"household":"h1","link":"l1","fen":"2","mechanism":"share_dividend","county":"451003","persons":3}',
    },
  ])
  expect(piecesOf(parts(MOST_PARTS + 1)).map(piece => Object.keys(piece).length)).toEqual([MOST_PARTS, 1])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }), (count, most) => {
      const pieces = piecesOf(parts(count), most)
      expect(pieces.flatMap(piece => Object.keys(piece))).toEqual(parts(count).map((_, i) => `part${i}`))
      for (const piece of pieces) expect(Object.keys(piece).length).toBeLessThanOrEqual(most)
    }),
  )
})

it('tells a sum in public from five households on; of none there is nothing to hide', () => {
  expect([0, 1, 4, 5, 6].map(isTold)).toEqual([true, false, false, true, true])
})
