import { equalBytes } from './bytes.ts'
import type { Problem } from './problems.ts'
import { type FetchBytes, read } from './source.ts'
import { type Tile, TileRows } from './tile-rows.ts'
import { tilePath } from './tiles.ts'

/** Compares every served hash tile with what the entries give. */
export class TileChecker {
  readonly #fetchBytes: FetchBytes
  #rows = new TileRows()
  #due: Tile[] = []
  compared = 0

  constructor(fetchBytes: FetchBytes) {
    this.#fetchBytes = fetchBytes
  }

  add(leaf: Uint8Array): void {
    this.#due.push(...this.#rows.push(leaf))
  }

  /** Read and compare the tiles completed since the last call. Problems: `read.failed`, `tile.mismatch`. */
  async compareFull(): Promise<Problem[]> {
    const due = this.#due
    this.#due = []
    const found = await Promise.all(due.map(tile => this.#compare(tile)))
    return found.flat()
  }

  /** The same for the unfinished tiles at the right edge, once all leaves are in. */
  async comparePartial(): Promise<Problem[]> {
    this.#due.push(...this.#rows.partials())
    return this.compareFull()
  }

  async #compare(tile: Tile): Promise<Problem[]> {
    this.compared++
    const path = tilePath(tile)
    const served = await read(this.#fetchBytes, path)
    if (!served.ok) return [served.problem]
    return equalBytes(served.value, tile.bytes) ? [] : [{ name: 'tile.mismatch', path }]
  }
}
