import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex, utf8 } from './bytes.ts'
import {
  emptyRoot,
  Frontier,
  leafHash,
  nodeHash,
  rootOfLeaves,
  verifyConsistency,
  verifyInclusion,
} from './rfc6962.ts'
import { leafOf, TestTree } from './testing/tree.ts'

const largest = 70
const tree = new TestTree(Array.from({ length: largest }, (_, at) => leafOf(`entry ${at}`)))
const sizes = Array.from({ length: largest + 1 }, (_, size) => size)

describe('fixed values', () => {
  test.each([
    ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    ['L123456', '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'],
  ])('leaf of %j', (entry, hash) => expect(toHex(leafHash(utf8(entry)))).toBe(hash))

  test('node of N123 and N456', () =>
    expect(toHex(nodeHash(utf8('N123'), utf8('N456')))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    ))

  test('root of nothing', () =>
    expect(toHex(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'))

  test('roots of the published eight-leaf example', () => {
    const entries = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const leaves = entries.map(entry => leafHash(fromHex(entry)!))
    expect(leaves.map((_, at) => toHex(rootOfLeaves(leaves.slice(0, at + 1))))).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ])
  })
})

describe('against the recursive definition', () => {
  test('roots of every size', () => {
    const frontier = new Frontier()
    expect(frontier.root()).toEqual(emptyRoot)
    for (const size of sizes.slice(1)) {
      frontier.push(tree.leaves[size - 1]!)
      expect(toHex(frontier.root())).toBe(tree.root(size).toString('hex'))
    }
  })

  test('inclusion of every leaf in every size', () => {
    for (const size of sizes) {
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusion(index, size)
        const holds = (at: number, of: number) =>
          verifyInclusion(at, of, tree.leaves[index]!, proof, tree.root(size))
        expect(holds(index, size)).toBe(true)
        expect(holds(index + 1, size)).toBe(false)
        expect(holds(index, 0)).toBe(false)
      }
    }
  })

  test('consistency between every two sizes', () => {
    for (const newer of sizes) {
      for (const older of sizes.slice(0, newer + 1)) {
        const proof = older === 0 ? [] : tree.consistency(older, newer)
        const holds = verifyConsistency(older, tree.root(older), newer, tree.root(newer), proof)
        expect(holds, `${older} → ${newer}`).toBe(older > 0)
      }
    }
  })
})

describe('refusals', () => {
  const someSize = fc.integer({ min: 2, max: largest })
  const place = someSize.chain(size => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }))

  test('an inclusion proof with any bit changed, cut or lengthened', () => {
    fc.assert(
      fc.property(place, fc.nat(), fc.nat(), ({ size, index }, pick, bit) => {
        const proof = tree.inclusion(index, size)
        const holds = (given: Buffer[]) =>
          verifyInclusion(index, size, tree.leaves[index]!, given, tree.root(size))
        expect(holds(changed(proof, pick, bit))).toBe(false)
        expect(holds(proof.slice(1))).toBe(false)
        expect(holds(proof.slice(0, -1))).toBe(false)
        expect(holds([...proof, tree.root(size)])).toBe(false)
        expect(verifyInclusion(index, size, leafOf('other'), proof, tree.root(size))).toBe(false)
      }),
    )
  })

  test('a consistency proof with any bit changed, cut or lengthened', () => {
    fc.assert(
      fc.property(place, fc.nat(), fc.nat(), ({ size, index }, pick, bit) => {
        const older = index + 1
        const proof = tree.consistency(older, size)
        const holds = (given: Buffer[], root1 = tree.root(older)) =>
          verifyConsistency(older, root1, size, tree.root(size), given)
        expect(holds([...proof, tree.root(size)])).toBe(false)
        expect(holds(proof, leafOf('other'))).toBe(false)
        if (proof.length === 0) return
        expect(holds(changed(proof, pick, bit))).toBe(false)
        expect(holds(proof.slice(1))).toBe(false)
        expect(holds(proof.slice(0, -1))).toBe(false)
      }),
    )
  })

  test('sizes that are not exact, negative or in the wrong order', () => {
    const [leaf, root] = [tree.leaves[0]!, tree.root(1)]
    expect(verifyInclusion(0, 1, leaf, [], root)).toBe(true)
    for (const size of [2 ** 53, -1, 0.5, Number.NaN]) {
      expect(verifyInclusion(0, size, leaf, [], root)).toBe(false)
      expect(verifyConsistency(1, root, size, root, [])).toBe(false)
    }
    expect(verifyInclusion(-1, 1, leaf, [], root)).toBe(false)
    expect(verifyConsistency(2, tree.root(2), 1, root, [])).toBe(false)
    expect(verifyConsistency(3, tree.root(3), 3, tree.root(3), [])).toBe(true)
    expect(verifyConsistency(3, tree.root(3), 3, tree.root(3), [root])).toBe(false)
    expect(verifyConsistency(0, emptyRoot, 0, emptyRoot, [])).toBe(false)
  })

  test('the largest size is handled exactly', () => {
    const size = Number.MAX_SAFE_INTEGER
    const proof = Array.from({ length: 53 }, (_, at) => leafOf(`sibling ${at}`))
    const root = proof.reduce((hash, sibling) => Buffer.from(nodeHash(sibling, hash)), leafOf('last'))
    // The last of 2^53-1 leaves is a left edge all the way: 52 siblings to its left.
    expect(verifyInclusion(size - 1, size, leafOf('last'), proof, root)).toBe(false)
    const right = proof
      .slice(0, 52)
      .reduce((hash, sibling) => Buffer.from(nodeHash(sibling, hash)), leafOf('last'))
    expect(verifyInclusion(size - 1, size, leafOf('last'), proof.slice(0, 52), right)).toBe(true)
  })
})

function changed(proof: Buffer[], pick: number, bit: number): Buffer[] {
  return proof.map((hash, at) => {
    if (at !== pick % proof.length) return hash
    const copy = Buffer.from(hash)
    copy[Math.floor(bit / 8) % 32]! ^= 1 << (bit % 8)
    return copy
  })
}
