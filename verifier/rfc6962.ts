import { equalBytes } from './bytes.ts'
import { sha256 } from './sha256.ts'

const leafPrefix = 0x00
const nodePrefix = 0x01

/** Root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array())

/** RFC 6962 leaf hash: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(entry.length + 1)
  input[0] = leafPrefix
  input.set(entry, 1)
  return sha256(input)
}

/** RFC 6962 interior node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length)
  input[0] = nodePrefix
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return sha256(input)
}

/** Whether a number may be a tree size: above 2^53-1 neighbouring sizes are the same double. */
export const isTreeSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0

/** The roots of the complete subtrees of a growing tree: log₂(size) hashes, enough to extend it and give its root. */
export class Frontier {
  #size = 0
  #roots: Uint8Array[] = []

  get size(): number {
    return this.#size
  }

  /** Append a leaf hash. Throws RangeError beyond 2^53-1 leaves. */
  push(leaf: Uint8Array): void {
    if (!isTreeSize(this.#size + 1)) throw new RangeError('tree too large')
    let hash = leaf
    for (let bits = this.#size; bits % 2 === 1; bits = (bits - 1) / 2)
      hash = nodeHash(this.#roots.pop()!, hash)
    this.#roots.push(hash)
    this.#size++
  }

  root(): Uint8Array {
    return this.#roots.reduceRight<Uint8Array | undefined>(joinRight, undefined) ?? emptyRoot
  }
}

const joinRight = (right: Uint8Array | undefined, left: Uint8Array): Uint8Array =>
  right === undefined ? left : nodeHash(left, right)

/** Root of a tree given its leaf hashes in order; any length, in logarithmic memory. */
export function rootOfLeaves(leaves: Iterable<Uint8Array>): Uint8Array {
  const frontier = new Frontier()
  for (const leaf of leaves) frontier.push(leaf)
  return frontier.root()
}

const half = (n: number): number => Math.floor(n / 2)
const odd = (n: number): boolean => n % 2 === 1

/** Whether `proof` (sibling hashes from the leaf up) shows `leaf` at `index` of the tree of `size` leaves with `root`. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    const isRight = odd(at) || at === last
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    if (isRight) while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

/**
 * Whether `proof` shows that the tree of `size1` leaves with `root1` is the beginning of the one of `size2` with `root2`.
 * From size 0 the answer is `false`: everything extends nothing, so a caller must decide that case itself.
 */
export function verifyConsistency(
  size1: number,
  root1: Uint8Array,
  size2: number,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isTreeSize(size1) || !isTreeSize(size2) || size1 === 0 || size1 > size2) return false
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2)
  // A complete old tree is itself the first node on the path, so the proof does not repeat its root.
  const [first, ...rest] = isPowerOfTwo(size1) ? [root1, ...proof] : proof
  if (first === undefined || proof.length === 0) return false
  const found = consistencyRoots(size1, size2, first, rest)
  return found !== undefined && equalBytes(found[0], root1) && equalBytes(found[1], root2)
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest > 1 && !odd(rest)) rest = half(rest)
  return rest === 1
}

/** Both roots, of size1 and size2, that a consistency path leads to, or `undefined` when it is too long or too short. */
export function consistencyRoots(
  size1: number,
  size2: number,
  first: Uint8Array,
  rest: readonly Uint8Array[],
): [Uint8Array, Uint8Array] | undefined {
  let [at, last, older, newer] = [size1 - 1, size2 - 1, first, first]
  while (odd(at)) [at, last] = [half(at), half(last)]
  for (const hash of rest) {
    if (last === 0) return undefined
    const isRight = odd(at) || at === last
    if (isRight) older = nodeHash(hash, older)
    newer = isRight ? nodeHash(hash, newer) : nodeHash(newer, hash)
    if (isRight) while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 ? [older, newer] : undefined
}
