import { concat } from './bytes.ts'
import { rootOfLeaves } from './rfc6962.ts'
import { type TilePlace, tileWidth } from './tiles.ts'

/** A tile as the entries give it. */
export interface Tile extends TilePlace {
  readonly bytes: Uint8Array
}

interface Row {
  hashes: Uint8Array[]
  filled: number
}

/** Builds every tile of a growing tree from its leaf hashes, keeping one unfinished tile a level. */
export class TileRows {
  #rows: Row[] = []

  /** Append a leaf hash; gives the tiles that it completes, lowest level first. */
  push(leaf: Uint8Array): Tile[] {
    const full: Tile[] = []
    let hash: Uint8Array | undefined = leaf
    for (let level = 0; hash; level++) {
      this.#rows[level] ??= { hashes: [], filled: 0 }
      const row: Row = this.#rows[level]!
      row.hashes.push(hash)
      hash = row.hashes.length === tileWidth ? rootOfLeaves(row.hashes) : undefined
      if (hash) full.push(finish(row, level))
    }
    return full
  }

  /** The unfinished tiles of the tree as it stands. */
  partials(): Tile[] {
    return this.#rows.flatMap((row, level) => (row.hashes.length > 0 ? [asTile(row, level)] : []))
  }
}

function finish(row: Row, level: number): Tile {
  const tile = asTile(row, level)
  row.hashes = []
  row.filled++
  return tile
}

const asTile = ({ hashes, filled }: Row, level: number): Tile => ({
  level,
  index: filled,
  width: hashes.length,
  bytes: concat(...hashes),
})
