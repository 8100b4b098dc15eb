import { equalBytes } from './bytes.ts'
import type { Checkpoint } from './checkpoint.ts'
import { bad, type Checked, good, type ProblemName } from './problems.ts'
import { consistencyRoots, isTreeSize, verifyConsistency, verifyInclusion } from './rfc6962.ts'
import type { FetchBytes } from './source.ts'
import { splitPoint, TileError, TileReader } from './tile-reader.ts'

type Head = Pick<Checkpoint, 'size' | 'root'>

/**
 * Leaf hash and inclusion proof of the entry at `index`, built from tiles and checked against the signed root of `head`.
 * Problems: `read.failed`, `tile.mismatch`, `proof.not-included`. Throws RangeError for an index outside the tree.
 */
export async function inclusionProof(
  fetchBytes: FetchBytes,
  index: number,
  head: Head,
): Promise<Checked<{ leaf: Uint8Array; proof: Uint8Array[] }>> {
  if (!isTreeSize(index) || index >= head.size) throw new RangeError('index outside the tree')
  const tiles = new TileReader(fetchBytes, head.size)
  return fromTiles('proof.not-included', async () => {
    const leaf = await tiles.subtree(index, index + 1)
    const proof = await inclusionPath(tiles, index, 0, head.size)
    return verifyInclusion(index, head.size, leaf, proof, head.root) ? { leaf, proof } : undefined
  })
}

/**
 * Proof that `newer` extends `older`, built from tiles and checked against both roots.
 * Problems: `read.failed`, `tile.mismatch`, `checkpoint.rolled-back`, `checkpoint.inconsistent`.
 */
export async function consistencyProof(
  fetchBytes: FetchBytes,
  older: Head,
  newer: Head,
): Promise<Checked<Uint8Array[]>> {
  if (older.size > newer.size) return bad('checkpoint.rolled-back')
  if (older.size === 0) return good([])
  if (older.size === newer.size)
    return equalBytes(older.root, newer.root) ? good([]) : bad('checkpoint.inconsistent')
  const tiles = new TileReader(fetchBytes, newer.size)
  return fromTiles('checkpoint.inconsistent', async () => {
    const proof = await consistencyPath(tiles, older.size, 0, newer.size, true)
    return verifyConsistency(older.size, older.root, newer.size, newer.root, proof) ? proof : undefined
  })
}

/**
 * Root of the tree when it had `size` entries, at least one and fewer than now, as the tiles tell it: every hash that it is
 * made of was checked against the signed root of `newer`. Problems: `read.failed`, `tile.mismatch`.
 */
export async function prefixRoot(
  fetchBytes: FetchBytes,
  size: number,
  newer: Head,
): Promise<Checked<Uint8Array>> {
  const tiles = new TileReader(fetchBytes, newer.size)
  return fromTiles('tile.mismatch', async () => {
    const [first, ...rest] = await consistencyPath(tiles, size, 0, newer.size, false)
    const roots = consistencyRoots(size, newer.size, first!, rest)
    return roots && equalBytes(roots[1], newer.root) ? roots[0] : undefined
  })
}

async function fromTiles<T>(refusal: ProblemName, build: () => Promise<T | undefined>): Promise<Checked<T>> {
  try {
    const proof = await build()
    return proof === undefined ? bad(refusal) : good(proof)
  } catch (error) {
    if (error instanceof TileError) return { ok: false, problem: error.problem }
    throw error
  }
}

/** RFC 6962 §2.1.1: siblings on the way from leaf `index` up to the root of [start, end). */
async function inclusionPath(
  tiles: TileReader,
  index: number,
  start: number,
  end: number,
): Promise<Uint8Array[]> {
  if (end - start === 1) return []
  const middle = start + splitPoint(end - start)
  if (index < middle)
    return [...(await inclusionPath(tiles, index, start, middle)), await tiles.subtree(middle, end)]
  return [...(await inclusionPath(tiles, index, middle, end)), await tiles.subtree(start, middle)]
}

/** RFC 6962 §2.1.2: nodes that lead from the tree of `size` leaves to [start, end). */
async function consistencyPath(
  tiles: TileReader,
  size: number,
  start: number,
  end: number,
  isWhole: boolean,
): Promise<Uint8Array[]> {
  // The verifier knows the old root, so it is left out where the old tree is one complete subtree.
  if (size === end) return isWhole ? [] : [await tiles.subtree(start, end)]
  const middle = start + splitPoint(end - start)
  if (size <= middle) {
    return [...(await consistencyPath(tiles, size, start, middle, isWhole)), await tiles.subtree(middle, end)]
  }
  return [...(await consistencyPath(tiles, size, middle, end, false)), await tiles.subtree(start, middle)]
}
