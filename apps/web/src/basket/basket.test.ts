import { describe, expect, it } from 'vitest'
import { readBasket, withPieces } from './basket.ts'

const holding = (text: string | null) => ({ getItem: () => text }) as unknown as Storage

describe('withPieces', () => {
  const lines = [{ offerId: 'a', pieces: 2 }]

  it('adds, changes and takes away', () => {
    expect(withPieces(lines, 'b', 1)).toEqual([...lines, { offerId: 'b', pieces: 1 }])
    expect(withPieces(lines, 'a', 5)).toEqual([{ offerId: 'a', pieces: 5 }])
    expect(withPieces(lines, 'a', 0)).toEqual([])
    expect(withPieces([], 'a', 0)).toEqual([])
  })

  it('leaves what it was given', () => {
    withPieces(lines, 'a', 9)
    expect(lines).toEqual([{ offerId: 'a', pieces: 2 }])
  })
})

describe('readBasket', () => {
  it('reads only what is a line', () => {
    const text = JSON.stringify([
      { offerId: 'a', pieces: 2 },
      { offerId: 'b', pieces: -1 },
      { pieces: 3 },
      null,
      'x',
    ])
    expect(readBasket(holding(text), 'p', 'me')).toEqual([{ offerId: 'a', pieces: 2 }])
  })

  it('is empty over nothing and over nonsense', () => {
    for (const text of [null, '', '{', '{"a":1}']) expect(readBasket(holding(text), 'p', 'me')).toEqual([])
  })
})
