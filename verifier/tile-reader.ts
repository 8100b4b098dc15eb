import { bad, type Problem } from './problems.ts'
import { nodeHash } from './rfc6962.ts'
import { type FetchBytes, read } from './source.ts'
import { tilePath, tileWidth, widthOf } from './tiles.ts'

/** Carries a problem out of a recursion; caught where the proof is asked for. */
export class TileError extends Error {
  override name = 'TileError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.name)
    this.problem = problem
  }
}

/** Largest power of two below `n`, for `n` ≥ 2: where RFC 6962 splits a tree. */
export function splitPoint(n: number): number {
  let split = 1
  while (split * 2 < n) split *= 2
  return split
}

/**
 * Hashes of subtrees as a server's tiles give them. Nothing here is authenticated: use only to *build* a proof that
 * is then checked against a signed root.
 */
export class TileReader {
  readonly #fetchBytes: FetchBytes
  readonly #size: number
  #tiles = new Map<string, Promise<Uint8Array>>()

  constructor(fetchBytes: FetchBytes, size: number) {
    this.#fetchBytes = fetchBytes
    this.#size = size
  }

  /** Hash of the leaves from `start` to before `end`. Rejects with TileError. */
  async subtree(start: number, end: number): Promise<Uint8Array> {
    const width = end - start
    if (width === 1) return this.#stored(0, start)
    const level = fullTileLevel(width)
    if (level !== undefined && start % width === 0) return this.#stored(level, start / width)
    const middle = start + splitPoint(width)
    const [left, right] = await Promise.all([this.subtree(start, middle), this.subtree(middle, end)])
    return nodeHash(left, right)
  }

  async #stored(level: number, position: number): Promise<Uint8Array> {
    const index = Math.floor(position / tileWidth)
    const tile = await this.#tile(level, index)
    const at = (position % tileWidth) * 32
    return tile.subarray(at, at + 32)
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const width = widthOf(this.#size, level, index)
    const path = tilePath({ level, index, width })
    const known = this.#tiles.get(path) ?? this.#fetch(path, width)
    this.#tiles.set(path, known)
    return known
  }

  async #fetch(path: string, width: number): Promise<Uint8Array> {
    const bytes = await read(this.#fetchBytes, path)
    if (!bytes.ok) throw new TileError(bytes.problem)
    if (bytes.value.length !== width * 32) throw new TileError(bad('tile.mismatch', { path }).problem)
    return bytes.value
  }
}

/** Level at which a tile stores the hash of a complete subtree of `width` leaves, if any does. */
function fullTileLevel(width: number): number | undefined {
  let level = 0
  for (let rest = width; rest > 1; rest /= tileWidth) {
    if (rest % tileWidth !== 0) return undefined
    level++
  }
  return level
}
