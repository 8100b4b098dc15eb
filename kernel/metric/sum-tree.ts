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

/** The root over count, sum and hash as the log states it. */
export const statementHash = (context: Buffer, { count, sum, hash }: SumNode): Buffer =>
  sha256(STATEMENT, context, uint64(count), uint64(sum), hash)

const EMPTY: SumNode = { count: 0, sum: 0n, hash: digest('sha256', '', 'buffer') }
const MOST = 2n ** 63n - 1n

function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** Roots of complete subtrees of one height, side by side: a million of them take little room so. */
interface Level {
  readonly sums: BigInt64Array
  readonly hashes: Buffer
}

/** A Merkle sum tree in the shape of RFC 6962; amounts stand in the order of their commitments, which tells nothing. */
export class SumTree {
  readonly leaves: readonly SumLeaf[]
  readonly root: SumNode
  readonly #context: Buffer
  readonly #levels: Level[] = []
  /** What a node is hashed from: tag, context, and count, sum and hash of both sides. */
  readonly #input: Buffer

  constructor(context: SumContext, leaves: readonly SumLeaf[]) {
    this.#context = contextHash(context)
    this.#input = Buffer.concat([NODE, this.#context, Buffer.alloc(2 * SIDE)])
    this.leaves = leaves.toSorted((a, b) => a.commitment.compare(b.commitment))
    this.#levels.push(this.#ground())
    for (let height = 1; 2 ** height <= this.leaves.length; height++) this.#levels.push(this.#above(height))
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

  /** The leaf that covers a place in the sum, 0 … sum−1. */
  covering(place: bigint): number {
    let [start, end, before] = [0, this.leaves.length, 0n]
    while (end - start > 1) {
      const split = start + splitOf(end - start)
      const left = this.#over(start, split).sum
      if (place < before + left) end = split
      else {
        before += left
        start = split
      }
    }
    return start
  }

  #ground(): Level {
    const level = levelOf(this.leaves.length)
    const input = Buffer.concat([LEAF, this.#context, Buffer.alloc(40)])
    this.leaves.forEach(({ amount, commitment }, at) => {
      if (amount < 0n || amount > MOST) throw new RangeError('an amount of a sum tree is out of range')
      input.writeBigUInt64BE(amount, 33)
      commitment.copy(input, 41)
      level.sums[at] = amount
      digest('sha256', input, 'buffer').copy(level.hashes, at * 32)
    })
    return level
  }

  #above(height: number): Level {
    const level = levelOf(Math.floor(this.leaves.length / 2 ** height))
    for (let at = 0; at < level.sums.length; at++) {
      const { sum, hash } = this.#join(
        this.#complete(height - 1, 2 * at),
        this.#complete(height - 1, 2 * at + 1),
      )
      level.sums[at] = sum
      hash.copy(level.hashes, at * 32)
    }
    return level
  }

  #complete(height: number, at: number): SumNode {
    const { sums, hashes } = this.#levels[height]!
    return { count: 2 ** height, sum: sums[at]!, hash: hashes.subarray(at * 32, at * 32 + 32) }
  }

  #join(left: SumNode, right: SumNode): SumNode {
    const sum = left.sum + right.sum
    if (sum > MOST) throw new RangeError('a sum of a sum tree is out of range')
    ;[left, right].forEach(({ count, sum, hash }, side) => {
      const at = 33 + side * SIDE
      this.#input.writeBigUInt64BE(BigInt(count), at)
      this.#input.writeBigUInt64BE(sum, at + 8)
      hash.copy(this.#input, at + 16)
    })
    return { count: left.count + right.count, sum, hash: digest('sha256', this.#input, 'buffer') }
  }

  #over(start: number, end: number): SumNode {
    const size = end - start
    const split = size === 1 ? 1 : splitOf(size)
    // a complete subtree was made with its level
    if (size === 1 || split * 2 === size) return this.#complete(Math.round(Math.log2(size)), start / size)
    return this.#join(this.#over(start, start + split), this.#over(start + split, end))
  }
}

const SIDE = 8 + 8 + 32
const levelOf = (length: number): Level => ({
  sums: new BigInt64Array(length),
  hashes: Buffer.alloc(length * 32),
})
