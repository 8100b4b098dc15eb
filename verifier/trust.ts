import { type Cosignature, verifyCosignatures } from './cosignature.ts'
import { type SignedNote, verifyNote } from './note.ts'
import { isQuorum, type Policy, witnessKeys } from './policy.ts'
import { bad, type Checked, good } from './problems.ts'
import { ed25519Type, parseVkey } from './vkey.ts'

/** Whom a checkpoint must convince. */
export interface Trust {
  readonly policy: Policy
  /** Cosignatures older than so many seconds at `now` (seconds since 1970) are not counted. */
  readonly fresh?: { readonly now: number; readonly within: number }
}

/** Whose word is taken for a log: its verifier key alone, or a policy with its witnesses. */
export type Trusted = { readonly vkey: string } | { readonly trust: Trust }

/** A clock may run so many seconds ahead of another. */
const SKEW = 300

/** The trust that a verifier key stands for: this log, and nobody beside it. Problems: those of the key. */
export function trustOf(given: Trusted): Checked<Trust> {
  if ('trust' in given) return good(given.trust)
  const key = parseVkey(given.vkey)
  if (!key.ok) return key
  if (key.value.type !== ed25519Type)
    return bad('vkey.unsupported', { detail: { type: String(key.value.type) } })
  const policy = { logs: [{ key: key.value }], witnesses: new Map(), groups: new Map(), quorum: undefined }
  return good({ policy })
}

/**
 * Whether a note that calls itself a checkpoint of `origin` is believed, and on whose word beside the log's. Problems:
 * those of the note, `checkpoint.wrong-origin` when another log's key signed it, `cosignature.bad`, `policy.no-quorum`,
 * and `checkpoint.stale` when the quorum is there, but too old.
 */
export async function believed(
  note: SignedNote,
  origin: string | undefined,
  { policy, fresh }: Trust,
): Promise<Checked<readonly Cosignature[]>> {
  const signed = await verifyNote(
    note,
    policy.logs.map(({ key }) => key),
  )
  if (!signed.ok) return signed
  if (origin !== undefined && signed.value.every(({ name }) => name !== origin))
    return bad('checkpoint.wrong-origin', { detail: { expected: signed.value[0]!.name, found: origin } })
  const cosigned = await verifyCosignatures(note, witnessKeys(policy))
  if (!cosigned.ok) return cosigned
  if (!isQuorum(policy, cosigned.value))
    return bad('policy.no-quorum', { detail: { quorum: policy.quorum ?? '' } })
  const counted = cosigned.value.filter(
    ({ time }) => !fresh || (time >= fresh.now - fresh.within && time <= fresh.now + SKEW),
  )
  return isQuorum(policy, counted) ? good(cosigned.value) : bad('checkpoint.stale')
}
