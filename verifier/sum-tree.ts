import { toBase64 } from './base64.ts'
import { concat, equalBytes, uint32, utf8 } from './bytes.ts'
import { canonicalJson } from './canonical.ts'
import { sha256 } from './sha256.ts'
import { uint64 } from './uint64.ts'

/** What a figure's sum tree is of. Everything in it is public; the same amounts under another context are another tree. */
export interface SumContext {
  /** Origin of the log. */
  readonly log: string
  readonly metric: string
  readonly period: string
  readonly unit: string
  /** Log index before which facts count. */
  readonly upTo: number
  /** What adds to the figure, and what takes from it, are two trees. */
  readonly side: 'plus' | 'minus'
}

/** A subtree: leaves, their sum, and its hash. */
export interface SumNode {
  readonly count: number
  readonly sum: bigint
  readonly hash: Uint8Array
}

/** One amount in a figure: an object of a fact of the log, and its way up to the root. */
export interface Share {
  readonly index: number
  readonly amount: bigint
  /** Log index of the fact, and the place of the object in it. */
  readonly logIndex: number
  readonly place: number
  /** Id of the fact. */
  readonly fact: string
  readonly salt: Uint8Array
  /** Siblings from the leaf up. */
  readonly path: readonly SumNode[]
}

/** Where a verified amount lies among all: from, inclusive, to, exclusive, in the unit of the figure. */
export interface Interval {
  readonly from: bigint
  readonly to: bigint
}

const [LEAF, NODE, STATEMENT] = [0x10, 0x11, 0x12].map(tag => Uint8Array.of(tag)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
]
const MOST = 2n ** 63n - 1n

export const contextHash = (context: SumContext): Uint8Array =>
  sha256(utf8(`silian/figure/v1\n${canonicalJson({ ...context })}`))

/** Binds an amount to one object of one fact; without the salt it tells of neither. */
export const shareCommitment = ({
  salt,
  logIndex,
  place,
  fact,
}: Omit<Share, 'path' | 'index' | 'amount'>) => {
  const id = utf8(fact)
  const parts = [salt, uint64(logIndex), uint32(place), uint32(id.length), id]
  return sha256(concat(utf8('silian/share/v1\n'), ...parts))
}

const leafOf = (context: Uint8Array, amount: bigint, commitment: Uint8Array): SumNode => ({
  count: 1,
  sum: amount,
  hash: sha256(concat(LEAF, context, uint64(amount), commitment)),
})

const sideOf = ({ count, sum, hash }: SumNode): Uint8Array => concat(uint64(count), uint64(sum), hash)

/** Every sum is made here, never read, and held to its range; `undefined` beyond it. */
function join(context: Uint8Array, left: SumNode, right: SumNode): SumNode | undefined {
  const sum = left.sum + right.sum
  if (!isAmount(left.sum) || !isAmount(right.sum) || !isAmount(sum)) return undefined
  return {
    count: left.count + right.count,
    sum,
    hash: sha256(concat(NODE, context, sideOf(left), sideOf(right))),
  }
}

const isAmount = (value: bigint): boolean => value >= 0n && value <= MOST

/** What the log says of a tree: count, sum and root in one hash. */
export const statementHash = (context: Uint8Array, root: SumNode): Uint8Array =>
  sha256(concat(STATEMENT, context, sideOf(root)))

/** The hash that a figure states of a tree, as the log has it: base64. */
export const statedBy = (context: SumContext, root: SumNode): string =>
  toBase64(statementHash(contextHash(context), root))

/** Where a tree of n leaves splits, as in RFC 6962: the largest power of two below n. */
function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/**
 * Whether an amount stands in the tree of a statement, and where among all of them; `undefined` if not. Which side each
 * sibling is on, and how many leaves it has, follows from the index and the count: no byte of the proof is believed.
 */
export function verifyShare(context: SumContext, statement: SumNode, share: Share): Interval | undefined {
  const { index, amount, path } = share
  if (!Number.isSafeInteger(index) || index < 0 || index >= statement.count || !isAmount(amount))
    return undefined
  const hash = contextHash(context)
  const siblings = [...path]
  const climb = (start: number, end: number): (SumNode & { readonly before: bigint }) | undefined => {
    if (end - start === 1) return { ...leafOf(hash, amount, shareCommitment(share)), before: 0n }
    const split = start + splitOf(end - start)
    const isLeft = index < split
    const sibling = siblings.pop()
    const below = isLeft ? climb(start, split) : climb(split, end)
    if (!sibling || !below || sibling.count !== (isLeft ? end - split : split - start)) return undefined
    const node = isLeft ? join(hash, below, sibling) : join(hash, sibling, below)
    return node && { ...node, before: isLeft ? below.before : below.before + sibling.sum }
  }
  const root = climb(0, statement.count)
  if (!root || siblings.length > 0 || root.sum !== statement.sum || !equalBytes(root.hash, statement.hash))
    return undefined
  return { from: root.before, to: root.before + amount }
}
