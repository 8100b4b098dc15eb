import { hash } from 'node:crypto'

export const HASH_BYTES = 32

/** Root of the tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer')

const NODE = Buffer.of(1)

/** RFC 6962 interior node: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')

/** The largest power of two below n, for n ≥ 2: where RFC 6962 splits a tree. Without bit operations, which end at 2^31. */
export function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/**
 * Root over neighbouring subtrees. All but the last are complete and of one size; the last may be smaller, because the
 * split then falls where it would over the leaves themselves.
 */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT
  if (hashes.length === 1) return hashes[0]!
  const split = splitOf(hashes.length)
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)))
}

/** The hashes that stand one after another in a tile. */
export const hashesIn = (tile: Buffer): Buffer[] =>
  Array.from({ length: tile.length / HASH_BYTES }, (_, at) =>
    tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  )
