import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Share, verifyShare } from '../../verifier/sum-tree.ts'
import { type SumContext, SumTree, shareCommitment } from './sum-tree.ts'

const context: SumContext = {
  ...{ log: 'example.com/log/demo', metric: 'sales', period: '2026-03', unit: 'fen', upTo: 70 },
  side: 'plus',
}

/** A tree over facts of these amounts, with the share of each. */
function grown(amounts: readonly bigint[]) {
  const facts = amounts.map((amount, at) => ({
    ...{ amount, logIndex: 3 + at * 2, place: at % 3, subject: `fact-${at}` },
    salt: Buffer.alloc(32, at + 1),
  }))
  const committed = facts.map(fact => ({
    ...fact,
    commitment: shareCommitment(fact.salt, fact.logIndex, fact.place, fact.subject),
  }))
  const tree = new SumTree(context, committed)
  const shares = tree.leaves.map((leaf, index): Share => {
    const { commitment: _, ...fact } = committed.find(each => each.commitment.equals(leaf.commitment))!
    return { ...fact, index, path: tree.path(index) }
  })
  return { tree, shares }
}
const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })

describe('a sum tree', () => {
  it('proves each amount, and the intervals fill the sum without a gap', () => {
    fc.assert(
      fc.property(amounts, list => {
        const { tree, shares } = grown(list)
        expect(tree.root.sum).toBe(list.reduce((sum, amount) => sum + amount, 0n))
        let end = 0n
        for (const share of shares) {
          const found = verifyShare(context, tree.root, share)
          expect(found).toEqual({ from: end, to: end + share.amount })
          end = found!.to
        }
        expect(end).toBe(tree.root.sum)
      }),
      { numRuns: 60 },
    )
  })

  it('finds the leaf that covers a place', () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 14n }), (list, place) => {
        const { tree, shares } = grown(list)
        if (tree.root.sum === 0n) return
        const at = place % tree.root.sum
        const { from, to } = verifyShare(context, tree.root, shares[tree.covering(at)]!)!
        expect(from <= at && at < to).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('bears no change: of an amount, a place, a sibling, a count or the context', () => {
    const { tree, shares } = grown([5n, 0n, 7n, 11n, 2n, 9n, 4n])
    const holds = (share: Share, root = tree.root, of: SumContext = context) =>
      verifyShare(of, root, share) !== undefined
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
        { subject: 'fact-9' },
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
    expect(holds(shares[0]!, { ...tree.root, sum: tree.root.sum + 1n })).toBe(false)
    expect(holds(shares[0]!, { ...tree.root, count: 8 })).toBe(false)
    for (const other of [{ period: '2026-04' }, { unit: 'gram' }, { upTo: 71 }, { side: 'minus' as const }])
      expect(holds(shares[0]!, tree.root, { ...context, ...other })).toBe(false)
  })

  it('refuses amounts and sums out of range, in proofs as well', () => {
    const most = 2n ** 63n - 1n
    expect(() => grown([-1n])).toThrow(RangeError)
    expect(() => grown([most + 1n])).toThrow(RangeError)
    expect(() => grown([most, 1n])).toThrow(RangeError)
    expect(grown([most, 0n]).tree.root.sum).toBe(most)
  })

  it('of nothing states nothing', () => {
    const { tree } = grown([])
    expect([tree.root.count, tree.root.sum, tree.statement.length]).toEqual([0, 0n, 32])
  })
})
