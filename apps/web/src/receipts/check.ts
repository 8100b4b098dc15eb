import { fromUtf8, utf8 } from '@silian/verifier/bytes.ts'
import { fromFragment } from '@silian/verifier/link.ts'
import { type Policy, parsePolicy } from '@silian/verifier/policy.ts'
import type { Checked, Problem } from '@silian/verifier/problems.ts'
import { type ProofReport, parseProof, verifyProof } from '@silian/verifier/proof.ts'
import { httpSource } from '@silian/verifier/source-http.ts'
import { compareProofs, type SplitResult } from '@silian/verifier/split.ts'

/** Whom to believe, and where that was had from: a policy of the server under test proves less than one from elsewhere. */
export interface Believed {
  readonly policy: Policy
  readonly from: 'server' | 'kept' | 'own'
}

export type Judged =
  | { readonly ok: true; readonly report: ProofReport }
  | { readonly ok: false; readonly group: ProblemGroup; readonly problem: Problem; readonly origin: string }

/** What a visitor can do about a problem. */
export type ProblemGroup = 'damaged' | 'other' | 'quorum' | 'stale' | 'noEntry' | 'names'

const groups: readonly (readonly [RegExp, ProblemGroup])[] = [
  [/^(note\.unsigned|checkpoint\.wrong-origin|entry\.wrong-log)$/, 'other'],
  [/^policy\.no-quorum$/, 'quorum'],
  [/^checkpoint\.stale$/, 'stale'],
  [/^proof\.no-entry$/, 'noEntry'],
  [/^(log\.|key\.)/, 'names'],
]
export const groupOf = ({ name }: Problem): ProblemGroup =>
  groups.find(([names]) => names.test(name))?.[1] ?? 'damaged'

/** Checks a receipt in this browser; `within` is how many seconds the witnesses' word may be old, if that matters. */
export async function judge(proof: Uint8Array, { policy }: Believed, within?: number): Promise<Judged> {
  const now = Math.floor(Date.now() / 1000)
  const fresh = within === undefined ? {} : { fresh: { now, within } }
  const result = await verifyProof({ proof, trust: { policy, ...fresh } })
  if (result.ok) return result
  const [problem] = result.problems as [Problem]
  return { ok: false, group: groupOf(problem), problem, origin: originOf(proof) }
}

/** The log that a receipt says it is of, believed or not. */
function originOf(file: Uint8Array): string {
  const proof = parseProof(file)
  return proof.ok ? (fromUtf8(proof.value.checkpoint)?.split('\n')[0] ?? '') : ''
}

/** What two receipts say of their log together; the log is asked where that helps. */
export const compare = (
  proofs: readonly [Uint8Array, Uint8Array],
  { policy }: Believed,
  programme: string,
): Promise<SplitResult> =>
  compareProofs({
    proofs,
    trust: { policy },
    fetchBytes: httpSource(new URL(`/log/${programme}`, location.href).href),
  })

export const readPolicy = (text: string): Checked<Policy> => parsePolicy(text)

/** The policy that the server shows; where it cannot be reached, the one that it showed last. */
export async function servedPolicy(programme: string, storage: Storage): Promise<Believed> {
  const place = `silian.policy.${programme}`
  const text = await fetchText(`/log/${programme}/policy`)
  const read = parsePolicy(text ?? storage.getItem(place) ?? '')
  if (!read.ok) throw new Error(read.problem.name)
  if (text !== undefined) storage.setItem(place, text)
  return { policy: read.value, from: text === undefined ? 'kept' : 'server' }
}

async function fetchText(path: string): Promise<string | undefined> {
  try {
    const response = await fetch(path)
    return response.ok ? await response.text() : undefined
  } catch {
    return undefined
  }
}

const LINK = '#r='

export const bringsReceipt = (hash: string): boolean => hash.startsWith(LINK)

/** The receipt that an address brings behind its `#`, where no server sees it. */
export const receiptIn = (hash: string): Promise<Uint8Array | undefined> =>
  bringsReceipt(hash) ? fromFragment(hash.slice(LINK.length)) : Promise.resolve(undefined)

/** A pasted receipt; or a pasted address that brings one. */
export async function receiptFrom(pasted: string): Promise<Uint8Array> {
  const at = pasted.indexOf(LINK)
  const linked = at < 0 ? undefined : await receiptIn(pasted.slice(at).trim())
  // mail and chat programs leave blanks around, and other line ends
  return linked ?? utf8(`${pasted.replaceAll('\r\n', '\n').trim()}\n`)
}
