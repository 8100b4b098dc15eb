import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyConsistency, verifyInclusion } from '../../verifier/rfc6962.ts'
import { leafHashOf } from '../fact/entry.ts'
import { EMPTY_ROOT, nodeHash, rootOf } from './merkle.ts'
import {
  consistencyPath,
  edgeOf,
  grow,
  inclusionPath,
  rootFromEdge,
  rootOfRange,
  type Tile,
  tilesFor,
} from './tree.ts'

const leaf = (n: number): Buffer => leafHashOf(Buffer.from(`entry ${n}`))
const leaves = Array.from({ length: 70_000 }, (_, n) => leaf(n))

/** RFC 6962 §2.1 word for word, with nothing of the code under test. */
function mth(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return hash('sha256', '', 'buffer')
  if (hashes.length === 1) return hashes[0]!
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return hash(
    'sha256',
    Buffer.concat([Buffer.of(1), mth(hashes.slice(0, k)), mth(hashes.slice(k))]),
    'buffer',
  )
}

/** RFC 6962 §2.1.1. */
function naivePath(m: number, d: readonly Buffer[]): Buffer[] {
  if (d.length === 1) return []
  let k = 1
  while (k * 2 < d.length) k *= 2
  return m < k
    ? [...naivePath(m, d.slice(0, k)), mth(d.slice(k))]
    : [...naivePath(m - k, d.slice(k)), mth(d.slice(0, k))]
}

/** RFC 6962 §2.1.2. */
function naiveSubproof(m: number, d: readonly Buffer[], whole: boolean): Buffer[] {
  if (m === d.length) return whole ? [] : [mth(d)]
  let k = 1
  while (k * 2 < d.length) k *= 2
  return m <= k
    ? [...naiveSubproof(m, d.slice(0, k), whole), mth(d.slice(k))]
    : [...naiveSubproof(m - k, d.slice(k), false), mth(d.slice(0, k))]
}

/** Hash i of tile n at level l is the root over 256^l leaves; only whole ones stand there. */
function naiveTiles(size: number): Map<string, Buffer> {
  const tiles = new Map<string, Buffer>()
  for (let [level, unit] = [0, 1]; size >= unit; level++, unit *= 256)
    for (let first = 0; first < Math.floor(size / unit); first += 256) {
      const count = Math.min(256, Math.floor(size / unit) - first)
      const roots = Array.from({ length: count }, (_, i) =>
        mth(leaves.slice((first + i) * unit, (first + i + 1) * unit)),
      )
      tiles.set(`${level}/${first / 256}`, Buffer.concat(roots))
    }
  return tiles
}

/** A tree kept as the database keeps it. */
class StoredTree {
  size = 0
  root = EMPTY_ROOT
  readonly tiles = new Map<string, Buffer>()

  append(batch: readonly Buffer[]): void {
    const edge = edgeOf(this.size).map(({ level, index }) => ({
      level,
      index,
      hashes: this.at({ level, index }),
    }))
    const grown = grow(this.size, edge, batch)
    for (const { level, index, hashes } of grown.tiles) this.tiles.set(`${level}/${index}`, hashes)
    this.size = grown.size
    this.root = grown.root
  }

  at = ({ level, index }: Pick<Tile, 'level' | 'index'>): Buffer => this.tiles.get(`${level}/${index}`)!
}

function treeOf(size: number): StoredTree {
  const tree = new StoredTree()
  if (size > 0) tree.append(leaves.slice(0, size))
  return tree
}

describe('hashing', () => {
  it('gives the fixed values of RFC 6962', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(leafHashOf(Buffer.alloc(0)).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(leafHashOf(Buffer.from('L123456')).toString('hex')).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    )
    expect(nodeHash(Buffer.from('N123'), Buffer.from('N456')).toString('hex')).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    )
  })

  it('roots a list as the RFC splits it', () => {
    for (const n of [0, 1, 2, 3, 5, 8, 100, 255, 256])
      expect(rootOf(leaves.slice(0, n))).toEqual(mth(leaves.slice(0, n)))
  })
})

describe('tiles', () => {
  it('are byte for byte those of the definition at every size from 1 to 600, grown one by one', () => {
    const tree = new StoredTree()
    for (let size = 1; size <= 600; size++) {
      tree.append([leaves[size - 1]!])
      expect(tree.root).toEqual(mth(leaves.slice(0, size)))
      if (size % 37 === 0 || [1, 255, 256, 257, 511, 512, 513, 600].includes(size))
        expect(tree.tiles).toEqual(naiveTiles(size))
    }
  })

  it('are the same however the leaves come in batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }), batches => {
        const tree = new StoredTree()
        for (const count of batches) tree.append(leaves.slice(tree.size, tree.size + count))
        expect(tree.tiles).toEqual(naiveTiles(tree.size))
        expect(tree.root).toEqual(mth(leaves.slice(0, tree.size)))
      }),
      { numRuns: 60 },
    )
  })

  it('of 70,000 entries are 273 full and .p/112, 1 full and .p/17, .p/1', () => {
    const tree = new StoredTree()
    for (const end of [1, 65_535, 65_536, 65_537, 69_632, 70_000]) tree.append(leaves.slice(tree.size, end))
    expect(tree.tiles.size).toBe(277)
    expect(
      [...tree.tiles].filter(([, hashes]) => hashes.length < 8192).map(([at, h]) => [at, h.length / 32]),
    ).toEqual(
      expect.arrayContaining([
        ['0/273', 112],
        ['1/1', 17],
        ['2/0', 1],
      ]),
    )
    expect(tree.tiles).toEqual(naiveTiles(70_000))
    expect(tree.root).toEqual(mth(leaves))
  })

  it('at the right edge are enough for the root', () => {
    for (const size of [0, 1, 255, 256, 257, 600, 65_536, 65_793]) {
      const tree = treeOf(size)
      const edge = edgeOf(size).map(({ level, index, width }) => {
        expect(tree.at({ level, index }).length).toBe(width * 32)
        return { level, index, hashes: tree.at({ level, index }) }
      })
      expect(rootFromEdge(edge)).toEqual(mth(leaves.slice(0, size)))
    }
  })
})

describe('proofs', () => {
  const big = treeOf(70_000)
  const path = (index: number, size: number) =>
    inclusionPath(index, size).map(range => rootOfRange(range, big.at))
  const proof = (from: number, to: number) =>
    consistencyPath(from, to).map(range => rootOfRange(range, big.at))

  it('of inclusion are those of the RFC for every leaf of every size up to 40, out of longer tiles', () => {
    for (let size = 1; size <= 40; size++)
      for (let index = 0; index < size; index++)
        expect(path(index, size)).toEqual(naivePath(index, leaves.slice(0, size)))
  })

  it('of consistency are those of the RFC for every pair of sizes up to 40', () => {
    for (let to = 1; to <= 40; to++)
      for (let from = 1; from <= to; from++)
        expect(proof(from, to)).toEqual(naiveSubproof(from, leaves.slice(0, to), true))
  })

  it('convince the independent verifier at any size, and no other leaf or root does', () => {
    const sizes = fc.integer({ min: 2, max: 70_000 }).chain(to =>
      fc.record({
        to: fc.constant(to),
        from: fc.integer({ min: 1, max: to }),
        index: fc.integer({ min: 0, max: to - 1 }),
      }),
    )
    const rootAt = (size: number) => rootOfRange({ start: 0, end: size }, big.at)
    fc.assert(
      fc.property(sizes, ({ to, from, index }) => {
        expect(verifyInclusion(index, to, leaves[index]!, path(index, to), rootAt(to))).toBe(true)
        expect(verifyInclusion(index, to, leaf(-1), path(index, to), rootAt(to))).toBe(false)
        expect(verifyConsistency(from, rootAt(from), to, rootAt(to), proof(from, to))).toBe(true)
        expect(verifyConsistency(from, leaf(-1), to, rootAt(to), proof(from, to))).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('need few tiles, each once', () => {
    expect(tilesFor(inclusionPath(0, 70_000))).toHaveLength(4)
    expect(tilesFor(inclusionPath(69_999, 70_000)).length).toBeLessThanOrEqual(4)
    expect(tilesFor([{ start: 0, end: 256 }])).toEqual([{ level: 1, index: 0 }])
  })

  it('refuse a tile that is shorter than its tree', () => {
    expect(() => rootOfRange({ start: 0, end: 3 }, () => Buffer.alloc(64))).toThrow('shorter than its tree')
  })

  it('place subtrees of trees beyond 2^32 leaves', () => {
    const size = 2 ** 40
    expect(tilesFor(inclusionPath(2 ** 33 + 5, size)).map(tile => tile.level)).toEqual(
      expect.arrayContaining([0, 1, 2, 3, 4]),
    )
    expect(inclusionPath(2 ** 33 + 5, size)).toHaveLength(40)
    expect(edgeOf(size + 1)).toEqual([
      { level: 0, index: 2 ** 32, width: 1 },
      { level: 5, index: 0, width: 1 },
    ])
  })
})
