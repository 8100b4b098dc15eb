import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Share, verifyShare } from '../../verifier/sum-tree.ts'
import { type SumContext, SumHasher, shareCommitment } from './sum-tree.ts'

const context: SumContext = {
  ...{ log: 'example.com/log/demo', metric: 'sales', period: '2026-03', unit: 'fen', upTo: 70 },
  side: 'plus',
}

/** A tree over facts of these amounts, in the order of their commitments, with the share of each. */
function grown(amounts: readonly bigint[]) {
  const hasher = new SumHasher(context)
  const facts = amounts
    .map((amount, at) => {
      const fact = {
        amount,
        logIndex: 3 + at * 2,
        place: at % 3,
        fact: `fact-${at}`,
        salt: Buffer.alloc(32, at + 1),
      }
      return { ...fact, commitment: shareCommitment(fact.salt, fact.logIndex, fact.place, fact.fact) }
    })
    .sort((a, b) => a.commitment.compare(b.commitment))
  const nodes = facts.map(({ amount, commitment }) => hasher.leaf(amount, commitment))
  const root = hasher.root(nodes)
  const shares = facts.map(
    ({ commitment: _, ...fact }, index): Share => ({ ...fact, index, path: hasher.path(nodes, index) }),
  )
  return { root, shares, nodes, hasher }
}
const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })

describe('a sum tree', () => {
  it('proves each amount, and the intervals fill the sum without a gap', () => {
    fc.assert(
      fc.property(amounts, list => {
        const { root, shares } = grown(list)
        expect(root.sum).toBe(list.reduce((sum, amount) => sum + amount, 0n))
        let end = 0n
        for (const share of shares) {
          const found = verifyShare(context, root, share)
          expect(found).toEqual({ from: end, to: end + share.amount })
          end = found!.to
        }
        expect(end).toBe(root.sum)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same over its subtrees, where all but the last are complete', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom(1, 2, 4, 8), (list, width) => {
        const { root, nodes, shares, hasher } = grown(list)
        const parts = Array.from({ length: Math.ceil(nodes.length / width) }, (_, at) =>
          nodes.slice(at * width, (at + 1) * width),
        )
        const roots = parts.map(part => hasher.root(part))
        expect(hasher.root(roots)).toEqual(root)
        const [last] = shares.slice(-1)
        const inside = hasher.path(parts.at(-1)!, (shares.length - 1) % width)
        expect([...inside, ...hasher.path(roots, roots.length - 1)]).toEqual(last!.path)
      }),
      { numRuns: 60 },
    )
  })

  it('bears no change: of an amount, a place, a sibling, a count or the context', () => {
    const { root, shares } = grown([5n, 0n, 7n, 11n, 2n, 9n, 4n])
    const holds = (share: Share, to = root, of: SumContext = context) =>
      verifyShare(of, to, share) !== undefined
    for (const share of shares) {
      expect(holds(share)).toBe(true)
      const salt = Buffer.from(share.salt)
      salt[0]! ^= 1
      const changes: Partial<Share>[] = [
        { amount: share.amount + 1n },
        { amount: share.amount - 20n },
        { index: (share.index + 1) % 7 },
        { index: -1 },
        { index: 7 },
        { logIndex: share.logIndex + 1 },
        { place: share.place + 1 },
        { fact: 'fact-9' },
        { salt },
        { path: share.path.slice(1) },
        { path: [...share.path, share.path[0]!] },
      ]
      for (const change of changes) expect([change, holds({ ...share, ...change })]).toEqual([change, false])
      share.path.forEach((node, at) => {
        const others = [
          { ...node, count: node.count + 1 },
          { ...node, sum: node.sum + 1n },
          { ...node, sum: -1n },
          { ...node, hash: Buffer.alloc(32) },
        ]
        for (const other of others) expect(holds({ ...share, path: share.path.with(at, other) })).toBe(false)
      })
    }
    expect(holds(shares[0]!, { ...root, sum: root.sum + 1n })).toBe(false)
    expect(holds(shares[0]!, { ...root, count: 8 })).toBe(false)
    for (const other of [{ period: '2026-04' }, { unit: 'gram' }, { upTo: 71 }, { side: 'minus' as const }])
      expect(holds(shares[0]!, root, { ...context, ...other })).toBe(false)
  })

  it('refuses amounts and sums out of range, in proofs as well', () => {
    const most = 2n ** 63n - 1n
    expect(() => grown([-1n])).toThrow(RangeError)
    expect(() => grown([most + 1n])).toThrow(RangeError)
    expect(() => grown([most, 1n])).toThrow(RangeError)
    expect(grown([most, 0n]).root.sum).toBe(most)
  })

  it('of nothing states nothing', () => {
    const { root, hasher } = grown([])
    expect([root.count, root.sum, hasher.statement(root).length]).toEqual([0, 0n, 32])
  })
})
