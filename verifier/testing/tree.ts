import { sha256 } from './keys.ts'

/** A Merkle tree written as RFC 6962 defines it, recursively: slow, obvious, and independent of the verifier. */
export class TestTree {
  readonly leaves: Buffer[]
  #complete = new Map<string, Buffer>()

  constructor(leaves: Buffer[] = []) {
    this.leaves = leaves
  }

  /** MTH(D[start:end]). */
  hash(start: number, end: number): Buffer {
    const width = end - start
    if (width === 0) return sha256()
    if (width === 1) return this.leaves[start]!
    const name = `${start}-${end}`
    const known = this.#complete.get(name)
    if (known) return known
    const middle = start + split(width)
    const hash = sha256(Buffer.of(1), this.hash(start, middle), this.hash(middle, end))
    // A complete subtree never changes; a ragged one does when the tree grows.
    if (split(width) * 2 === width) this.#complete.set(name, hash)
    return hash
  }

  root(size = this.leaves.length): Buffer {
    return this.hash(0, size)
  }

  /** PATH(index, D[start:end]). */
  inclusion(index: number, end = this.leaves.length, start = 0): Buffer[] {
    if (end - start <= 1) return []
    const middle = start + split(end - start)
    return index < middle
      ? [...this.inclusion(index, middle, start), this.hash(middle, end)]
      : [...this.inclusion(index, end, middle), this.hash(start, middle)]
  }

  /** PROOF(size, D[:end]). */
  consistency(size: number, end = this.leaves.length): Buffer[] {
    return this.#subproof(size, 0, end, true)
  }

  #subproof(size: number, start: number, end: number, isWhole: boolean): Buffer[] {
    if (size === end) return isWhole ? [] : [this.hash(start, end)]
    const middle = start + split(end - start)
    return size <= middle
      ? [...this.#subproof(size, start, middle, isWhole), this.hash(middle, end)]
      : [...this.#subproof(size, middle, end, false), this.hash(start, middle)]
  }
}

/** Largest power of two below n. */
const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1)

/** RFC 6962 leaf hash. */
export const leafOf = (entry: Uint8Array | string): Buffer => sha256(Buffer.of(0), entry)
