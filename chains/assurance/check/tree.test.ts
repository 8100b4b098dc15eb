import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leafOf } from './entry.ts'
import { digestOf, Frontier, Tiles } from './tree.ts'

/** The inputs and roots that certificate transparency's own tests use for RFC 6962. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(hex => leafOf(Buffer.from(hex, 'hex')))
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const hash = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()

/** RFC 6962 §2.1 word for word. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return hash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

const leaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => leafOf(Buffer.from(`leaf ${i}`)))

describe('the frontier', () => {
  it('has the published roots of the first eight leaves', () => {
    const frontier = new Frontier()
    expect(frontier.root().toString('hex')).toBe(roots[0])
    for (const [i, leaf] of inputs.entries()) {
      frontier.push(leaf)
      expect([i, frontier.root().toString('hex')]).toEqual([i, roots[i + 1]])
    }
    expect(frontier.size).toBe(8)
  })

  it('has the root of the recursive definition at every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), count => {
        const frontier = new Frontier()
        for (const leaf of leaves(count)) frontier.push(leaf)
        expect(frontier.root()).toEqual(rootOf(leaves(count)))
      }),
      { numRuns: 40 },
    )
  })
})

describe('tiles', () => {
  const tilesOf = (count: number): Map<string, string> => {
    const tiles = new Tiles()
    for (const leaf of leaves(count)) tiles.push(leaf)
    tiles.end()
    return tiles.digests
  }

  it('of a small tree are one partial tile', () => {
    expect(tilesOf(3)).toEqual(new Map([['0/0', digestOf(Buffer.concat(leaves(3)))]]))
    expect(tilesOf(0)).toEqual(new Map())
  })

  it('of full ones stand the roots a level higher', () => {
    const all = leaves(515)
    const digests = tilesOf(515)
    expect([...digests.keys()].sort()).toEqual(['0/0', '0/1', '0/2', '1/0'])
    expect(digests.get('0/1')).toBe(digestOf(Buffer.concat(all.slice(256, 512))))
    expect(digests.get('0/2')).toBe(digestOf(Buffer.concat(all.slice(512))))
    const above = Buffer.concat([rootOf(all.slice(0, 256)), rootOf(all.slice(256, 512))])
    expect(digests.get('1/0')).toBe(digestOf(above))
  })
})
