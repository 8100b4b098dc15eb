import { createHash } from 'node:crypto'

const NODE = Buffer.of(1)
const WIDTH = 256

const join = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest()

/** The roots of the complete subtrees of a growing tree, largest first: all one needs for its root (RFC 6962). */
export class Frontier {
  size = 0
  readonly #peaks: { height: number; root: Buffer }[] = []

  push(leaf: Buffer): void {
    let peak = { height: 0, root: leaf }
    for (let last = this.#peaks.at(-1); last?.height === peak.height; last = this.#peaks.at(-1)) {
      this.#peaks.pop()
      peak = { height: peak.height + 1, root: join(last.root, peak.root) }
    }
    this.#peaks.push(peak)
    this.size += 1
  }

  root(): Buffer {
    const roots = this.#peaks.map(peak => peak.root)
    if (roots.length === 0) return createHash('sha256').digest()
    return roots.reduceRight((right, left) => join(left, right))
  }
}

/** What every hash tile of the tree must hold, by `level/index`, as a digest of its bytes: tiles are many. */
export class Tiles {
  readonly digests = new Map<string, string>()
  readonly #levels: { hashes: Buffer[]; index: number }[] = []

  push(hash: Buffer, level = 0): void {
    this.#levels[level] ??= { hashes: [], index: 0 }
    const tile = this.#levels[level]
    tile.hashes.push(hash)
    if (tile.hashes.length < WIDTH) return
    this.#keep(level)
    const root = new Frontier()
    for (const each of tile.hashes) root.push(each)
    this.#levels[level] = { hashes: [], index: tile.index + 1 }
    this.push(root.root(), level + 1)
  }

  /** Takes in the partial tiles at the right edge, once all is pushed. */
  end(): void {
    for (const [level, tile] of this.#levels.entries()) if (tile.hashes.length > 0) this.#keep(level)
  }

  #keep(level: number): void {
    const { hashes, index } = this.#levels[level]!
    this.digests.set(`${level}/${index}`, digestOf(Buffer.concat(hashes)))
  }
}

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64')
