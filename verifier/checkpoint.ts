import { fromBase64Of } from './base64.ts'
import { equalBytes } from './bytes.ts'
import type { Cosignature } from './cosignature.ts'
import { parseNote } from './note.ts'
import { bad, type Checked, good } from './problems.ts'
import { emptyRoot, isTreeSize } from './rfc6962.ts'
import { believed, type Trusted, trustOf } from './trust.ts'

/** A tree head: name of the log, number of entries, root hash, extension lines. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly extensions: readonly string[]
}

/** Read the text of a checkpoint, with its last line feed. Problem: `checkpoint.malformed`. */
export function parseCheckpoint(text: string): Checked<Checkpoint> {
  const head = readHead(text)
  return head.ok && isEmptyLie(head.value) ? bad('checkpoint.malformed') : head
}

/** Whether a tree without leaves is said to have a root that it cannot have. */
export const isEmptyLie = ({ size, root }: Checkpoint): boolean => size === 0 && !equalBytes(root, emptyRoot)

/** As {@link parseCheckpoint}, for whoever answers a lie about the empty tree otherwise than a wrong form. */
export function readHead(text: string): Checked<Checkpoint> {
  const [origin = '', size = '', base64 = '', ...more] = text.split('\n')
  const root = fromBase64Of(32, base64)
  const number = /^(0|[1-9][0-9]*)$/.test(size) ? Number(size) : Number.NaN
  const extensions = more.slice(0, -1)
  const isComplete = more.at(-1) === '' && origin !== '' && extensions.every(line => line !== '')
  if (!isComplete || !isTreeSize(number) || !root) return bad('checkpoint.malformed')
  return good({ origin, size: number, root, extensions })
}

/** A checkpoint that is believed, and the witnesses who saw it. */
export interface WitnessedCheckpoint extends Checkpoint {
  readonly cosignatures: readonly Cosignature[]
}

/**
 * Read a signed checkpoint and check that it is believed: signed by a known log and, where a policy asks for it,
 * cosigned. Problems: those of the key, the note and the trust, and `checkpoint.malformed`.
 */
export async function openCheckpoint(
  bytes: Uint8Array,
  trusted: Trusted,
): Promise<Checked<WitnessedCheckpoint>> {
  const trust = trustOf(trusted)
  if (!trust.ok) return trust
  const note = parseNote(bytes)
  if (!note.ok) return note
  const head = parseCheckpoint(note.value.text)
  const cosignatures = await believed(note.value, head.ok ? head.value.origin : undefined, trust.value)
  if (!cosignatures.ok) return cosignatures
  return head.ok ? good({ ...head.value, cosignatures: cosignatures.value }) : head
}
