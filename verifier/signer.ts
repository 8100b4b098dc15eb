import { verifyEntry } from './entry.ts'
import { KeyRegistry, type RegisteredKey } from './keys.ts'
import { bad, type Checked, good } from './problems.ts'
import { type ProofReport, verifyProof } from './proof.ts'
import type { Trusted } from './trust.ts'

/** A checked receipt, and the receipts that tell whose key signed it. */
export type SignerOptions = Trusted & {
  readonly report: ProofReport
  /** Receipt of the log's first entry. */
  readonly beginning: Uint8Array
  /** Receipt of the key's registration; the operator's own key has none. */
  readonly registration?: Uint8Array
}

/**
 * Whose key signed an entry: who the operator said holds it, before the entry was made, and that the signature is that
 * key's. Whether the key had been revoked by then takes an audit. Problems: those of a receipt, of a key and of an entry;
 * `checkpoint.wrong-origin` for receipts of several logs.
 */
export async function verifySigner({
  report,
  beginning,
  registration,
  ...trusted
}: SignerOptions): Promise<Checked<RegisteredKey>> {
  const keys = new KeyRegistry()
  for (const proof of registration ? [beginning, registration] : [beginning]) {
    const result = await verifyProof({ proof, ...trusted })
    if (!result.ok) return { ok: false, problem: result.problems[0]! }
    const { origin, index, entry, parsed } = result.report
    if (origin !== report.origin)
      return bad('checkpoint.wrong-origin', { detail: { expected: report.origin, found: origin } })
    const key = keys.admit(index, entry)
    if (!key.ok) return key
    if (!(await verifyEntry(parsed, key.value))) return bad('entry.bad-signature', { index })
    if (index > report.index) return bad('entry.unknown-key', { detail: { actor: report.entry.actor } })
  }
  return signedBy(keys, report)
}

async function signedBy(keys: KeyRegistry, { entry, parsed }: ProofReport): Promise<Checked<RegisteredKey>> {
  const detail = { actor: entry.actor }
  const known = keys.get(entry.actor)
  if (!known) return bad('entry.unknown-key', { detail })
  if (known.custody !== entry.by) return bad('entry.wrong-custody', { detail })
  return (await verifyEntry(parsed, known.key)) ? good(known) : bad('entry.bad-signature')
}
