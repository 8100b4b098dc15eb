import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import type { Cosignature } from './cosignature.ts'
import { drawsFor, drawUnits, sampleSeed, unitAt } from './sample-draw.ts'
import { sha256 } from './sha256.ts'

const seedOf = (name: string | number) => sha256(utf8(`seed ${name}`))
const cosignature = (n: number, time = 1_772_700_000): Cosignature => ({
  witness: { name: `w${n}`, id: '00000000', type: 4, key: new Uint8Array(32).fill(n) },
  time,
  signature: new Uint8Array(64).fill(100 + n),
})
const statement = seedOf('statement')

describe('how many are drawn', () => {
  test('is the usual size of a monetary-unit sample', () => {
    expect([drawsFor(0.95, 0.01), drawsFor(0.95, 0.05), drawsFor(0.99, 0.01)]).toEqual([299, 59, 459])
  })
})

describe('a seed', () => {
  test('is the same whatever order the cosignatures stand in', () => {
    const seedBy = (...order: number[]) =>
      toHex(
        sampleSeed(
          statement,
          order.map(n => cosignature(n)),
        ),
      )
    const orders = [seedBy(1, 2, 3), seedBy(3, 1, 2), seedBy(2, 3, 1), seedBy(3, 2, 1)]
    expect(new Set(orders).size).toBe(1)
  })

  test('is what docs/log-format.md lays down', () =>
    expect(toHex(sampleSeed(new Uint8Array(32).fill(7), [cosignature(2), cosignature(1)]))).toBe(
      '85867701fade25030655c04395f9c9240ad3f917150d1c22a8cf12d6881ec218',
    ))

  test('is another one for another statement, witness, time or signature', () => {
    const base = [cosignature(1), cosignature(2)]
    const seeds = [
      sampleSeed(statement, base),
      sampleSeed(seedOf('another'), base),
      sampleSeed(statement, [cosignature(1)]),
      sampleSeed(statement, [cosignature(1), cosignature(3)]),
      sampleSeed(statement, [cosignature(1), cosignature(2, 1_772_700_001)]),
      sampleSeed(statement, [cosignature(1), { ...cosignature(2), signature: new Uint8Array(64) }]),
    ]
    expect(new Set(seeds.map(toHex)).size).toBe(seeds.length)
  })
})

const totals = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n })

describe('units', () => {
  test('are what docs/log-format.md lays down', () =>
    expect(drawUnits(new Uint8Array(32).fill(7), 4, 1_000_000n)).toEqual([
      420806n,
      648250n,
      406361n,
      307943n,
    ]))

  test('lie within the sum, are the same again, and do not depend on how many are drawn', () =>
    fc.assert(
      fc.property(fc.nat(), totals, fc.integer({ min: 1, max: 30 }), (name, total, count) => {
        const units = drawUnits(seedOf(name), count, total)
        expect(units.every(unit => unit >= 0n && unit < total)).toBe(true)
        expect(drawUnits(seedOf(name), count + 5, total).slice(0, count)).toEqual(units)
        expect(unitAt(seedOf(name), count - 1, total)).toBe(units.at(-1))
      }),
    ))

  test('change, all of them, with the seed', () => {
    const [a, b] = [1, 2].map(name => drawUnits(seedOf(name), 299, 10n ** 12n))
    expect(a!.filter((unit, k) => unit === b![k])).toEqual([])
    expect(new Set(a).size).toBe(299)
  })

  test('are each as likely as any other', () => {
    // the last total is the worst for a modulus: its lower half would come twice as often
    for (const total of [7n, 63n, 2n ** 63n - 1n]) {
      const cells = 7
      const counts = Array<number>(cells).fill(0)
      const n = 14_000
      for (const unit of drawUnits(seedOf(String(total)), n, total))
        counts[Number((unit * BigInt(cells)) / total)]! += 1
      const even = n / cells
      const chi = counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0)
      // six degrees of freedom: more than this in one of a thousand
      expect(chi).toBeLessThan(22.46)
    }
  })

  test('are passed over where they would favour the lower ones', () => {
    // of 2^64 numbers, a third of them lie beyond the last whole multiple of this total
    const total = (2n ** 64n / 3n) * 2n
    const units = drawUnits(seedOf('even'), 3000, total)
    const low = units.filter(unit => unit < total / 2n).length
    expect(Math.abs(low - 1500)).toBeLessThan(4 * Math.sqrt(750))
  })

  test('cannot be drawn from nothing', () => {
    for (const total of [0n, -1n, 2n ** 64n]) expect(() => unitAt(statement, 0, total)).toThrow(RangeError)
  })
})
