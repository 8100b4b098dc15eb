import { HASH_BYTES, hashesIn, rootOf, splitOf } from './merkle.ts'

/** Hashes in a full tile. */
export const TILE_WIDTH = 256
const FULL = TILE_WIDTH * HASH_BYTES

/** A place in the tiled tree: level 0 holds leaf hashes, level l the roots of 256^l leaves. */
export interface TileId {
  readonly level: number
  readonly index: number
}

export interface Tile extends TileId {
  /** Up to 256 hashes one after another. */
  readonly hashes: Buffer
}

/** Hashes that stand at a level in a tree of this size. */
export const countAt = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level)

/** The partial tiles at the right edge of a tree, lowest level first; with them it can grow and give its root. */
export function edgeOf(size: number): (TileId & { readonly width: number })[] {
  const edge = []
  for (let level = 0; countAt(size, level) > 0; level++) {
    const count = countAt(size, level)
    const width = count % TILE_WIDTH
    if (width > 0) edge.push({ level, index: Math.floor(count / TILE_WIDTH), width })
  }
  return edge
}

/** Root of the tree whose right edge these tiles are. */
export function rootFromEdge(edge: readonly Tile[]): Buffer {
  let smaller: Buffer[] = []
  for (const { hashes } of [...edge].sort((a, b) => a.level - b.level))
    smaller = [rootOf([...hashesIn(hashes), ...smaller])]
  return rootOf(smaller)
}

export interface Grown {
  readonly size: number
  readonly root: Buffer
  /** Tiles that are new or longer than they were. */
  readonly tiles: readonly Tile[]
}

/** Appends leaf hashes to a tree of which the right edge is given. */
export function grow(size: number, edge: readonly Tile[], leafHashes: readonly Buffer[]): Grown {
  const kept = new Map(edge.map(tile => [tile.level, tile.hashes]))
  const tiles: Tile[] = []
  let incoming = leafHashes
  for (let level = 0; incoming.length > 0; level++) {
    const first = Math.floor(countAt(size, level) / TILE_WIDTH)
    const changed = cut(level, first, Buffer.concat([kept.get(level) ?? Buffer.alloc(0), ...incoming]))
    tiles.push(...changed)
    const full = changed.filter(tile => tile.hashes.length === FULL)
    const last = changed.at(-1)!
    kept.set(level, last.hashes.length === FULL ? Buffer.alloc(0) : last.hashes)
    incoming = full.map(tile => rootOf(hashesIn(tile.hashes)))
  }
  const grownEdge = [...kept].map(([level, hashes]) => ({ level, index: 0, hashes }))
  const root = rootFromEdge(grownEdge.filter(tile => tile.hashes.length > 0))
  return { size: size + leafHashes.length, root, tiles }
}

function cut(level: number, first: number, hashes: Buffer): Tile[] {
  const tiles: Tile[] = []
  for (let at = 0; at < hashes.length; at += FULL)
    tiles.push({ level, index: first + at / FULL, hashes: hashes.subarray(at, at + FULL) })
  return tiles
}

/** Leaves from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The subtrees whose roots prove that the leaf stands in the tree, from its sibling up (RFC 6962 §2.1.1). */
export function inclusionPath(index: number, size: number): Range[] {
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const split = start + splitOf(end - start)
    path.push(index < split ? { start: split, end } : { start, end: split })
    if (index < split) end = split
    else start = split
  }
  return path.reverse()
}

/** The subtrees whose roots prove that the tree of size `from` begins that of size `to` (RFC 6962 §2.1.2). */
export function consistencyPath(from: number, to: number): Range[] {
  if (from === 0 || from === to) return []
  const path: Range[] = []
  let [start, end] = [0, to]
  while (end !== from) {
    const split = start + splitOf(end - start)
    path.push(from <= split ? { start: split, end } : { start, end: split })
    if (from <= split) end = split
    else start = split
  }
  // the old tree itself, if it is a complete subtree, is known to whoever asks
  if (start > 0) path.push({ start, end })
  return path.reverse()
}

/** Where the hash of a complete subtree lies: `count` hashes of a tile, from `offset`. */
interface Place extends TileId {
  readonly offset: number
  readonly count: number
}

/** The complete subtrees that make up a range of a proof, left to right. */
function completeIn({ start, end }: Range): Range[] {
  const size = end - start
  const split = size > 1 ? splitOf(size) : 1
  if (split * 2 === size || size === 1) return [{ start, end }]
  return [{ start, end: start + split }, ...completeIn({ start: start + split, end })]
}

function placeOf({ start, end }: Range): Place {
  let [level, unit] = [0, 1]
  while (unit * TILE_WIDTH <= end - start) {
    level += 1
    unit *= TILE_WIDTH
  }
  const first = start / unit
  const index = Math.floor(first / TILE_WIDTH)
  return { level, index, offset: first % TILE_WIDTH, count: (end - start) / unit }
}

/** The tiles from which the roots of the ranges can be worked out, each once. */
export function tilesFor(ranges: readonly Range[]): TileId[] {
  const places = ranges.flatMap(completeIn).map(placeOf)
  return [...new Map(places.map(({ level, index }) => [`${level}/${index}`, { level, index }])).values()]
}

/** Root of a range. `hashesOf` gives a tile's hashes, at least as many as the tree had. */
export function rootOfRange(range: Range, hashesOf: (tile: TileId) => Buffer): Buffer {
  const roots = completeIn(range).map(part => {
    const place = placeOf(part)
    const from = place.offset * HASH_BYTES
    const hashes = hashesOf(place).subarray(from, from + place.count * HASH_BYTES)
    if (hashes.length !== place.count * HASH_BYTES) throw new RangeError('a tile is shorter than its tree')
    return rootOf(hashesIn(hashes))
  })
  return roots.reduceRight((right, left) => rootOf([left, right]))
}
