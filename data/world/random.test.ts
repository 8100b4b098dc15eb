import { describe, expect, it } from 'vitest'
import { apportion, between, deal, mulberry32, pick, pickWeighted, shuffled } from './random.ts'

describe('mulberry32', () => {
  it('gives the known sequence of seed 1', () => {
    const random = mulberry32(1)
    expect([random(), random(), random()].map(value => Math.floor(value * 4294967296))).toEqual([
      2693262067, 11749833, 2265367787,
    ])
  })

  it('gives the same order for the same seed and another for another', () => {
    const order = (seed: number) => shuffled(mulberry32(seed), [1, 2, 3, 4, 5, 6, 7, 8])
    expect(order(7)).toEqual(order(7))
    expect(order(7)).not.toEqual(order(8))
    expect(order(7).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('apportion', () => {
  it('sums exactly, with the largest remainders first and ties by position', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(apportion(7, [50, 30, 20])).toEqual([4, 2, 1])
    expect(apportion(0, [1, 2])).toEqual([0, 0])
  })
})

describe('drawing', () => {
  it('deals exact counts', () => {
    const labels = deal(mulberry32(3), 100, [
      ['a', 90],
      ['b', 10],
    ])
    expect(labels.filter(label => label === 'b')).toHaveLength(10)
  })

  it('never picks an item without weight and refuses an empty choice', () => {
    const random = mulberry32(4)
    const seen = new Set(Array.from({ length: 200 }, () => pickWeighted(random, ['x', 'y', 'z'], [1, 0, 2])))
    expect([...seen].toSorted()).toEqual(['x', 'z'])
    expect(() => pickWeighted(random, ['x'], [0])).toThrow('no item has weight')
    expect(() => pick(random, [])).toThrow('nothing to pick from')
  })

  it('reaches both ends of a range', () => {
    const random = mulberry32(5)
    const seen = new Set(Array.from({ length: 200 }, () => between(random, 1, 3)))
    expect([...seen].toSorted()).toEqual([1, 2, 3])
  })
})
