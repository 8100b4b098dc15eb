import { type Entry, parseEntry, verifyEntry } from './entry.ts'
import { KeyRegistry } from './keys.ts'
import { type Checked, good, type Problem } from './problems.ts'
import { leafHash, verifyInclusion } from './rfc6962.ts'

/**
 * The names that a log has had. Its entries were made for one of them; it takes another with `log.succeeded`, when what
 * its witnesses saw last was lost: the entries before stay the beginning of the tree.
 */
export class LogNames {
  readonly #names: string[] = []

  /** The name that it goes by after the entries so far. */
  get current(): string {
    return this.#names.at(-1) ?? ''
  }

  /** The names before, the first one first. */
  get former(): readonly string[] {
    return this.#names.slice(0, -1)
  }

  has(name: string): boolean {
    return this.#names.includes(name)
  }

  /** Learns from the next entry. Problems: `entry.wrong-log`, `log.bad-succession`. */
  admit(index: number, { type, log, pub }: Entry): Problem | undefined {
    if (index === 0) this.#names.push(log)
    if (type !== 'log.succeeded')
      return this.#names.includes(log) ? undefined : { name: 'entry.wrong-log', detail: { log } }
    if (pub.from !== this.current || pub.to !== log || this.#names.includes(log))
      return { name: 'log.bad-succession', detail: { log } }
    this.#names.push(log)
    return undefined
  }
}

/** An entry with its way up to the root of a tree: siblings from the leaf's up. */
export interface Included {
  readonly index: number
  readonly entry: Uint8Array
  readonly path: readonly Uint8Array[]
}

interface Tree {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/**
 * The names that the log of a tree has had, told by entries of that tree: the first one, which brings the operator's key,
 * and each `log.succeeded`, in order. Nothing of them is believed that the tree does not hold and that key did not sign;
 * the last name must be the tree's own. Problems: `proof.not-included`, `log.bad-succession`, and those of an entry and of
 * its key.
 */
export async function provenNames(tree: Tree, entries: readonly Included[]): Promise<Checked<LogNames>> {
  const [keys, names] = [new KeyRegistry(), new LogNames()]
  for (const [at, given] of entries.entries()) {
    const isNext = at === 0 ? given.index === 0 : given.index > entries[at - 1]!.index
    const problem = isNext ? await learn(tree, given, keys, names) : wrongOrder(tree)
    if (problem) return { ok: false, problem }
  }
  return names.current === tree.origin && names.former.length > 0
    ? good(names)
    : { ok: false, problem: wrongOrder(tree) }
}

const wrongOrder = ({ origin: log }: Tree): Problem => ({ name: 'log.bad-succession', detail: { log } })

async function learn(
  { size, root }: Tree,
  { index, entry: bytes, path }: Included,
  keys: KeyRegistry,
  names: LogNames,
): Promise<Problem | undefined> {
  if (!verifyInclusion(index, size, leafHash(bytes), path, root)) return { name: 'proof.not-included', index }
  const parsed = parseEntry(bytes)
  if (!parsed.ok) return { ...parsed.problem, index }
  const { entry } = parsed.value
  if (index > 0 && entry.type !== 'log.succeeded')
    return { name: 'log.bad-succession', index, detail: { log: entry.log } }
  const key = keys.admit(index, entry)
  if (!key.ok) return { ...key.problem, index }
  const named = names.admit(index, entry)
  if (named) return { ...named, index }
  return (await verifyEntry(parsed.value, key.value)) ? undefined : { name: 'entry.bad-signature', index }
}
