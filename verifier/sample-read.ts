import { parseBundle } from './bundle.ts'
import { equalBytes } from './bytes.ts'
import type { Checkpoint } from './checkpoint.ts'
import { bad, type Checked, good, type Problem } from './problems.ts'
import { Frontier, leafHash } from './rfc6962.ts'
import { type FetchBytes, read, readAll } from './source.ts'
import { bundlePath, bundlePathsOf, tileWidth, widthOf } from './tiles.ts'

type Head = Pick<Checkpoint, 'size' | 'root'>

/** What is told of an entry that passes: its type without its being parsed. */
export interface Passing {
  readonly index: number
  readonly type: string
  readonly bytes: Uint8Array
  readonly leaf: Uint8Array
}

/**
 * Shows every entry of a tree in order; what was shown stands only where nothing is answered. Problems: `read.failed`,
 * `bundle.malformed`, `root.mismatch`.
 */
export async function readTree(
  fetchBytes: FetchBytes,
  head: Head,
  see: (entry: Passing) => void,
): Promise<Problem | undefined> {
  const frontier = new Frontier()
  for await (const { path, bytes } of readAll(fetchBytes, bundlePathsOf(head.size))) {
    if (!bytes.ok) return bytes.problem
    const index = frontier.size
    const entries = parseBundle(bytes.value, widthOf(head.size, 0, index / tileWidth))
    if (!entries) return { name: 'bundle.malformed', path }
    for (const entry of entries) {
      const leaf = leafHash(entry)
      see({ index: frontier.size, type: typeOf(entry), bytes: entry, leaf })
      frontier.push(leaf)
    }
  }
  return equalBytes(frontier.root(), head.root) ? undefined : { name: 'root.mismatch', path: 'checkpoint' }
}

/** Canonical entries end with `"type":"…","v":1}`. */
function typeOf(entry: Uint8Array): string {
  const tail = String.fromCharCode(...entry.subarray(-120))
  return /"type":"([\w.-]+)","v":1\}$/.exec(tail)?.[1] ?? ''
}

/** Some entries of a tree, by their index; nothing of them is proven. Problems: `read.failed`, `bundle.malformed`. */
export async function entriesAt(
  fetchBytes: FetchBytes,
  size: number,
  indexes: Iterable<number>,
): Promise<Checked<Map<number, Uint8Array>>> {
  const found = new Map<number, Uint8Array>()
  const bundles = Map.groupBy(indexes, index => Math.floor(index / tileWidth))
  for (const [number, wanted] of bundles) {
    const width = widthOf(size, 0, number)
    const path = bundlePath(number, width)
    const bytes = await read(fetchBytes, path)
    if (!bytes.ok) return bytes
    const entries = parseBundle(bytes.value, width)
    if (!entries) return bad('bundle.malformed', { path })
    for (const index of wanted) found.set(index, entries[index % tileWidth]!)
  }
  return good(found)
}
