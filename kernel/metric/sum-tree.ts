import { hash as digest } from 'node:crypto'
import canonicalize from 'canonicalize'

/** What a figure's sum tree is of (docs/log-format.md): the same amounts under another context are another tree. */
export interface SumContext {
  /** Origin of the log. */
  readonly log: string
  /** As the log calls it. */
  readonly metric: string
  readonly period: string
  readonly unit: string
  readonly upTo: number
  /** What adds to the figure, and what takes from it, are two trees. */
  readonly side: 'plus' | 'minus'
}

/** A subtree: how many leaves, their sum, and its hash. */
export interface SumNode {
  readonly count: number
  readonly sum: bigint
  readonly hash: Buffer
}

const MOST = 2n ** 63n - 1n
const SIDE = 8 + 8 + 32

/** Binds an amount to the object at a place of the fact (its id) at a log index; without the salt it tells of neither. */
export function shareCommitment(salt: Buffer, logIndex: number, place: number, fact: string): Buffer {
  const id = Buffer.from(fact)
  const head = Buffer.alloc(16)
  head.writeBigUInt64BE(BigInt(logIndex))
  head.writeUInt32BE(place, 8)
  head.writeUInt32BE(id.length, 12)
  return digest('sha256', Buffer.concat([Buffer.from('silian/share/v1\n'), salt, head, id]), 'buffer')
}

/** Hashes the nodes of one sum tree, in the shape of RFC 6962. Amounts and sums out of 0 … 2^63−1 throw RangeError. */
export class SumHasher {
  readonly #leaf: Buffer
  readonly #node: Buffer
  readonly #statement: Buffer

  constructor(context: SumContext) {
    const hash = digest('sha256', `silian/figure/v1\n${canonicalize(context)}`, 'buffer')
    this.#leaf = Buffer.concat([Buffer.of(0x10), hash, Buffer.alloc(40)])
    this.#node = Buffer.concat([Buffer.of(0x11), hash, Buffer.alloc(2 * SIDE)])
    this.#statement = Buffer.concat([Buffer.of(0x12), hash, Buffer.alloc(SIDE)])
  }

  leaf(amount: bigint, commitment: Buffer): SumNode {
    if (amount < 0n || amount > MOST) throw new RangeError('an amount of a sum tree is out of range')
    this.#leaf.writeBigUInt64BE(amount, 33)
    commitment.copy(this.#leaf, 41)
    return { count: 1, sum: amount, hash: digest('sha256', this.#leaf, 'buffer') }
  }

  /**
   * Root over neighbouring subtrees. All but the last are complete and of one size; the last may be smaller, because the
   * split then falls where it would over the leaves themselves.
   */
  root(nodes: readonly SumNode[]): SumNode {
    if (nodes.length === 0) return { count: 0, sum: 0n, hash: digest('sha256', '', 'buffer') }
    if (nodes.length === 1) return nodes[0]!
    const split = splitOf(nodes.length)
    return this.#join(this.root(nodes.slice(0, split)), this.root(nodes.slice(split)))
  }

  /** Siblings on the way from the node at `index` to the root, from below. */
  path(nodes: readonly SumNode[], index: number): SumNode[] {
    if (nodes.length <= 1) return []
    const split = splitOf(nodes.length)
    const [left, right] = [nodes.slice(0, split), nodes.slice(split)]
    return index < split
      ? [...this.path(left, index), this.root(right)]
      : [...this.path(right, index - split), this.root(left)]
  }

  /** What the log says of a tree: count, sum and root in one hash. */
  statement(root: SumNode): Buffer {
    write(this.#statement, 33, root)
    return digest('sha256', this.#statement, 'buffer')
  }

  #join(left: SumNode, right: SumNode): SumNode {
    const sum = left.sum + right.sum
    if (sum > MOST) throw new RangeError('a sum of a sum tree is out of range')
    write(this.#node, 33, left)
    write(this.#node, 33 + SIDE, right)
    return { count: left.count + right.count, sum, hash: digest('sha256', this.#node, 'buffer') }
  }
}

function write(into: Buffer, at: number, { count, sum, hash }: SumNode): void {
  into.writeBigUInt64BE(BigInt(count), at)
  into.writeBigUInt64BE(sum, at + 8)
  hash.copy(into, at + 16)
}

function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
