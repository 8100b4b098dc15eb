import { hash as digest } from 'node:crypto'
import canonicalize from 'canonicalize'

/** What a figure's sum tree is of (docs/log-format.md): the same amounts under another context are another tree. */
export interface SumContext {
  readonly log: string
  readonly metric: string
  readonly period: string
  readonly unit: string
  readonly upTo: number
  readonly side: 'plus' | 'minus'
}

/** An amount with what it is committed to: an object of a fact of the log. */
export interface SumLeaf {
  /** 0 … 2^63−1, of the figure's unit. */
  readonly amount: bigint
  readonly commitment: Buffer
}

export interface SumNode {
  readonly count: number
  readonly sum: bigint
  readonly hash: Buffer
}

const sha256 = (...parts: Buffer[]): Buffer => digest('sha256', Buffer.concat(parts), 'buffer')
const [LEAF, NODE, STATEMENT] = [0x10, 0x11, 0x12].map(tag => Buffer.of(tag)) as [Buffer, Buffer, Buffer]

function uint64(value: bigint | number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export const contextHash = (context: SumContext): Buffer =>
  sha256(Buffer.from(`silian/figure/v1\n${canonicalize(context)}`))

/** Binds an amount to the object at a place of the fact at a log index. */
export function shareCommitment(salt: Buffer, logIndex: number, place: number, subject: string): Buffer {
  const id = Buffer.from(subject)
  return sha256(
    Buffer.from('silian/share/v1\n'),
    salt,
    uint64(logIndex),
    uint32(place),
    uint32(id.length),
    id,
  )
}

const sideOf = ({ count, sum, hash }: SumNode): Buffer => Buffer.concat([uint64(count), uint64(sum), hash])

/** The root over count, sum and hash as the log states it. */
export const statementHash = (context: Buffer, root: SumNode): Buffer =>
  sha256(STATEMENT, context, sideOf(root))

const EMPTY: SumNode = { count: 0, sum: 0n, hash: digest('sha256', '', 'buffer') }

function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** A Merkle sum tree in the shape of RFC 6962; amounts stand in the order of their commitments, which tells nothing. */
export class SumTree {
  readonly leaves: readonly SumLeaf[]
  readonly root: SumNode
  readonly #context: Buffer
  /** Roots of complete subtrees, by their first leaf and height; what a proof needs is one lookup each. */
  readonly #levels: SumNode[][] = []

  constructor(context: SumContext, leaves: readonly SumLeaf[]) {
    this.#context = contextHash(context)
    this.leaves = leaves.toSorted((a, b) => a.commitment.compare(b.commitment))
    this.#levels.push(this.leaves.map(leaf => this.#leaf(leaf)))
    for (let below = this.#levels[0]!; below.length > 1; below = this.#levels.at(-1)!)
      this.#levels.push(
        Array.from({ length: Math.floor(below.length / 2) }, (_, at) =>
          this.#join(below[2 * at]!, below[2 * at + 1]!),
        ),
      )
    this.root = this.leaves.length === 0 ? EMPTY : this.#over(0, this.leaves.length)
  }

  /** The statement of this tree: what stands in the log. */
  get statement(): Buffer {
    return statementHash(this.#context, this.root)
  }

  /** Siblings of a leaf, from the leaf up. */
  path(index: number): SumNode[] {
    const path: SumNode[] = []
    let [start, end] = [0, this.leaves.length]
    while (end - start > 1) {
      const split = start + splitOf(end - start)
      path.push(index < split ? this.#over(split, end) : this.#over(start, split))
      if (index < split) end = split
      else start = split
    }
    return path.reverse()
  }

  /** The leaf that covers a place in the sum, 0 … sum−1, and what lies before it. */
  covering(place: bigint): number {
    let [start, end, before] = [0, this.leaves.length, 0n]
    while (end - start > 1) {
      const split = start + splitOf(end - start)
      const left = this.#over(start, split)
      if (place < before + left.sum) end = split
      else {
        before += left.sum
        start = split
      }
    }
    return start
  }

  #leaf({ amount, commitment }: SumLeaf): SumNode {
    if (amount < 0n || amount > 2n ** 63n - 1n)
      throw new RangeError('an amount of a sum tree is out of range')
    return { count: 1, sum: amount, hash: sha256(LEAF, this.#context, uint64(amount), commitment) }
  }

  #join(left: SumNode, right: SumNode): SumNode {
    const sum = left.sum + right.sum
    if (sum > 2n ** 63n - 1n) throw new RangeError('a sum of a sum tree is out of range')
    return {
      count: left.count + right.count,
      sum,
      hash: sha256(NODE, this.#context, sideOf(left), sideOf(right)),
    }
  }

  #over(start: number, end: number): SumNode {
    const size = end - start
    const split = size === 1 ? 1 : splitOf(size)
    // a complete subtree was made with its level
    if (size === 1 || split * 2 === size) return this.#levels[Math.round(Math.log2(size))]![start / size]!
    return this.#join(this.#over(start, start + split), this.#over(start + split, end))
  }
}
