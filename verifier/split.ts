import { equalBytes } from './bytes.ts'
import type { Problem } from './problems.ts'
import { type ProofReport, parseProof, verifyProof } from './proof.ts'
import { nodeHash } from './rfc6962.ts'
import type { FetchBytes } from './source.ts'
import { prefixRoot } from './tile-proofs.ts'
import { splitPoint } from './tile-reader.ts'
import { type Trusted, trustOf } from './trust.ts'

/** Two receipts, whose log is to be believed, and where the log may be read if need be. */
export type SplitOptions = Trusted & {
  readonly proofs: readonly [Uint8Array, Uint8Array]
  readonly fetchBytes?: FetchBytes
}

/**
 * What two receipts say of the log that both come from. `same`: one tree. `extends`: the smaller tree begins the larger one.
 * `fork`: the log has signed two trees that cannot both be its own; `where` are entries that differ. `unconnected`: nothing
 * speaks against it, and only the log itself could connect them. `apart`: of two logs, so there is nothing to compare.
 */
export type Split = {
  readonly kind: 'same' | 'extends' | 'fork' | 'unconnected' | 'apart'
  readonly reports: readonly [ProofReport, ProofReport]
  readonly where?: Span
  /** What stood in the way of asking the log. */
  readonly problem?: Problem
}

/** Entries from `start`, inclusive, to `end`, exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type SplitResult =
  | { readonly ok: true; readonly split: Split }
  | { readonly ok: false; readonly which: 0 | 1; readonly problems: readonly Problem[] }

/**
 * Whether two receipts can come from one log. That a log's key signed both trees is all that counts here: whoever shows
 * people different trees does not ask the witnesses about each. A receipt that is bad in itself says nothing of the log.
 */
export async function compareProofs({ proofs, fetchBytes, ...trusted }: SplitOptions): Promise<SplitResult> {
  const trust = trustOf(trusted)
  if (!trust.ok) return { ok: false, which: 0, problems: [trust.problem] }
  const logs = { trust: { policy: { ...trust.value.policy, quorum: undefined } } }
  const [a, b] = [
    await verifyProof({ proof: proofs[0], ...logs }),
    await verifyProof({ proof: proofs[1], ...logs }),
  ]
  if (!a.ok) return { ok: false, which: 0, problems: a.problems }
  if (!b.ok) return { ok: false, which: 1, problems: b.problems }
  const reports = [a.report, b.report] as const
  return { ok: true, split: { reports, ...(await relation(reports, proofs, fetchBytes)) } }
}

async function relation(
  [a, b]: Split['reports'],
  proofs: SplitOptions['proofs'],
  fetchBytes: FetchBytes | undefined,
): Promise<Omit<Split, 'reports'>> {
  if (a.origin !== b.origin) return { kind: 'apart' }
  const where = firstConflict(knownNodes(a, proofs[0]), knownNodes(b, proofs[1]))
  const isSame = a.size === b.size && equalBytes(a.root, b.root)
  if (where || (a.size === b.size && !isSame)) return { kind: 'fork', ...(where && { where }) }
  if (isSame) return { kind: 'same' }
  return fetchBytes ? ask(fetchBytes, a, b) : { kind: 'unconnected' }
}

/** The log's own tiles, checked against the larger tree, tell what the smaller one must have been. */
async function ask(fetchBytes: FetchBytes, a: ProofReport, b: ProofReport): Promise<Omit<Split, 'reports'>> {
  const [older, newer] = a.size < b.size ? [a, b] : [b, a]
  const root = await prefixRoot(fetchBytes, older.size, newer)
  if (!root.ok) return { kind: 'unconnected', problem: root.problem }
  return { kind: equalBytes(root.value, older.root) ? 'extends' : 'fork' }
}

interface Node extends Span {
  readonly hash: Uint8Array
}

/**
 * The complete subtrees whose hashes a good proof tells: what it brings, and what follows from it. Unlike the others they
 * are the same in every tree of the log that holds them.
 */
function knownNodes({ index, size, leaf }: ProofReport, file: Uint8Array): ReadonlyMap<string, Node> {
  const proof = parseProof(file)
  const siblings = proof.ok ? [...proof.value.hashes] : []
  const nodes = new Map<string, Node>()
  const keep = (start: number, end: number, hash: Uint8Array): Uint8Array => {
    const width = end - start
    if (width === 1 || splitPoint(width) * 2 === width) nodes.set(`${start}-${end}`, { start, end, hash })
    return hash
  }
  const climb = (start: number, end: number): Uint8Array => {
    if (end - start === 1) return keep(start, end, leaf)
    const middle = start + splitPoint(end - start)
    const sibling = siblings.pop()!
    if (index < middle) return keep(start, end, nodeHash(climb(start, middle), keep(middle, end, sibling)))
    return keep(start, end, nodeHash(keep(start, middle, sibling), climb(middle, end)))
  }
  climb(0, size)
  return nodes
}

/** The narrowest entries that both tell of, each otherwise. */
function firstConflict(a: ReadonlyMap<string, Node>, b: ReadonlyMap<string, Node>): Span | undefined {
  const conflicts = [...a].flatMap(([key, { start, end, hash }]) => {
    const other = b.get(key)
    return other && !equalBytes(other.hash, hash) ? [{ start, end }] : []
  })
  return conflicts.toSorted((x, y) => x.end - x.start - (y.end - y.start))[0]
}
