import { fromBase64, fromBase64Of, toBase64 } from './base64.ts'
import { fromUtf8, utf8 } from './bytes.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { type Seen, seenBy } from './cosignature.ts'
import { type Entry, type ParsedEntry, parseEntry, verifyEntry } from './entry.ts'
import { provenNames } from './names.ts'
import { bad, type Checked, good, type Problem } from './problems.ts'
import {
  type Opening,
  placeOfShare,
  type Receipt,
  readReceipt,
  type SidedShare,
  wrongOpening,
} from './receipt.ts'
import { isTreeSize, leafHash, verifyInclusion } from './rfc6962.ts'
import type { Interval } from './sum-tree.ts'
import type { Trusted } from './trust.ts'

const header = 'c2sp.org/tlog-proof@v1'
const maxHashes = 63

/** A C2SP `.tlog-proof`: `hashes` from the leaf's sibling up, `checkpoint` the signed note as served. */
export interface TlogProof {
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  readonly checkpoint: Uint8Array
  /** Not authenticated by the proof. */
  readonly extra?: Uint8Array
}

/** The file of a proof. */
export function formatProof({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [
    header,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(toBase64),
  ]
  return utf8(`${lines.join('\n')}\n\n${fromUtf8(checkpoint)}`)
}

/** Read a proof file without judging it. Problem: `proof.malformed`. */
export function parseProof(bytes: Uint8Array): Checked<TlogProof> {
  const text = fromUtf8(bytes)
  const split = text?.indexOf('\n\n') ?? -1
  if (text === undefined || split < 0) return bad('proof.malformed')
  const [first, ...lines] = text.slice(0, split).split('\n')
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) : null
  const index = readIndex(lines.shift())
  const hashes = lines.map(line => fromBase64Of(32, line)).filter(hash => hash !== undefined)
  if (first !== header || extra === undefined || index === undefined) return bad('proof.malformed')
  if (hashes.length !== lines.length || hashes.length > maxHashes) return bad('proof.malformed')
  const proof = { index, hashes, checkpoint: utf8(text.slice(split + 2)) }
  return good(extra === null ? proof : { ...proof, extra })
}

function readIndex(line: string | undefined): number | undefined {
  const digits = /^index (0|[1-9]\d*)$/.exec(line ?? '')?.[1]
  return digits !== undefined && isTreeSize(Number(digits)) ? Number(digits) : undefined
}

/** `vkey` or the policy of `trust` come from a source other than whoever gave the proof. */
export type ProofOptions = Trusted & {
  readonly proof: Uint8Array
  /** Bytes of the entry; may be left out when the proof's `extra` holds them. */
  readonly entry?: Uint8Array
  /** Raw public key of the actor where it is known otherwise: then the entry's own signature is checked too. */
  readonly actorKey?: Uint8Array
}

/** What a good proof shows: this entry stood in the log, and these hidden values belong to it. */
export interface ProofReport {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly index: number
  /** Hash of the entry's leaf. */
  readonly leaf: Uint8Array
  readonly entry: Entry
  /** The same, as its actor signed it. */
  readonly parsed: ParsedEntry
  /** Where the entry was made for a former name of the log: those names, the first one first. */
  readonly former?: readonly string[]
  readonly openings: readonly Opening[]
  /** Who saw the tree beside the log, and when. */
  readonly witnesses: readonly Seen[]
  /** Of a share in a figure: whose amount it is, and where it lies among all. */
  readonly share?: ProvenShare
}

export interface ProvenShare extends Interval {
  readonly side: 'plus' | 'minus'
  readonly amount: bigint
  readonly fact: string
  readonly logIndex: number
}

export type ProofResult =
  | { readonly ok: true; readonly report: ProofReport }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Check a proof offline. It says that the log holds the entry, not that the actor's key was registered or the entry's
 * references exist: that takes an audit. Bad evidence never throws.
 */
export async function verifyProof(options: ProofOptions): Promise<ProofResult> {
  const result = await check(options)
  return result.ok ? { ok: true, report: result.value } : { ok: false, problems: [result.problem] }
}

async function check({
  proof: file,
  entry: given,
  actorKey,
  ...trusted
}: ProofOptions): Promise<Checked<ProofReport>> {
  const proof = parseProof(file)
  if (!proof.ok) return proof
  const head = await openCheckpoint(proof.value.checkpoint, trusted)
  if (!head.ok) return head
  const receipt = await readReceipt(proof.value.extra)
  if (!receipt.ok) return receipt
  const bytes = given ?? receipt.value.entry
  if (!bytes) return bad('proof.no-entry')
  const { origin, size, root, cosignatures } = head.value
  const { index, hashes } = proof.value
  const leaf = leafHash(bytes)
  if (!verifyInclusion(index, size, leaf, hashes, root)) return bad('proof.not-included', { index })
  const { openings } = receipt.value
  const checked = await checkEntry(bytes, openings, actorKey)
  if (!checked.ok) return checked
  const { value: parsed } = checked
  const { entry } = parsed
  const former = await formerNames(entry, head.value, receipt.value)
  if (!former.ok) return former
  const share = receipt.value.share && provenShare(entry, receipt.value.share)
  if (receipt.value.share && !share) return bad('proof.bad-share')
  const witnesses = seenBy(cosignatures)
  return good({
    ...{ origin, size, root, index, leaf, entry, parsed, openings, witnesses },
    ...(former.value.length > 0 && { former: former.value }),
    ...(share && { share }),
  })
}

/**
 * The log's former names, where the entry was made for one of them; none where it was made for the checkpoint's own.
 * Problems: `entry.wrong-log`, `proof.extra-malformed` for a proof of names that nobody needs, and those of a wrong one.
 */
async function formerNames(
  entry: Entry,
  head: Checkpoint,
  { names }: Receipt,
): Promise<Checked<readonly string[]>> {
  if (entry.log === head.origin) return names ? bad('proof.extra-malformed') : good([])
  const wrong = bad('entry.wrong-log', { detail: { log: entry.log } })
  if (!names) return wrong
  const proven = await provenNames(head, names)
  if (!proven.ok) return proven
  return proven.value.has(entry.log) ? good(proven.value.former) : wrong
}

function provenShare(entry: Entry, share: SidedShare): ProvenShare | undefined {
  const interval = placeOfShare(entry, share)
  const { side, amount, fact, logIndex } = share
  return interval && { ...interval, side, amount, fact, logIndex }
}

async function checkEntry(
  bytes: Uint8Array,
  openings: readonly Opening[],
  actorKey: Uint8Array | undefined,
): Promise<Checked<ParsedEntry>> {
  const parsed = parseEntry(bytes)
  if (!parsed.ok) return parsed
  const { entry } = parsed.value
  const field = wrongOpening(entry, openings)
  if (field !== undefined) return bad('proof.bad-opening', { detail: { field } })
  if (actorKey && !(await verifyEntry(parsed.value, actorKey))) return bad('entry.bad-signature')
  return parsed
}
