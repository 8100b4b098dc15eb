import { concat, utf8 } from './bytes.ts'
import { verifyEd25519 } from './ed25519.ts'
import type { NoteSignature, SignedNote } from './note.ts'
import { bad, type Checked, good } from './problems.ts'
import { uint64 } from './uint64.ts'
import { cosignatureType, type VerifierKey } from './vkey.ts'

/** A witness's word that, at a time, this was the largest tree it had seen of the log. */
export interface Cosignature {
  readonly witness: VerifierKey
  /** Seconds since 1970. */
  readonly time: number
  /** Over the time and the text of the checkpoint, 64 bytes. */
  readonly signature: Uint8Array
}

/** A witness's name and the second of its word, for a report. */
export interface Seen {
  readonly name: string
  readonly time: number
}

export const seenBy = (cosignatures: readonly Cosignature[]): Seen[] =>
  cosignatures.map(({ witness, time }) => ({ name: witness.name, time }))

/** What a witness signs (C2SP tlog-cosignature, Ed25519): a time and the text of the checkpoint. */
export const cosignedMessage = (text: string, time: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`)

/** What stands behind the key id in its line: the time, eight bytes big-endian, and the signature. */
export const timestamped = (time: number, signature: Uint8Array): Uint8Array =>
  concat(uint64(time), signature)

/**
 * The cosignatures of the given witnesses under a checkpoint, all of them good, at most one of each: the latest. Lines of
 * others are ignored, whatever they hold. Problem: `cosignature.bad` when a line of a given witness is bad, even beside a
 * good one.
 */
export async function verifyCosignatures(
  note: SignedNote,
  witnesses: readonly VerifierKey[],
): Promise<Checked<readonly Cosignature[]>> {
  const found = new Map<VerifierKey, Cosignature>()
  for (const line of note.signatures) {
    const witness = witnesses.find(key => key.name === line.name && key.id === line.id)
    if (witness?.type !== cosignatureType) continue
    const time = await timeOf(note.text, line, witness)
    if (time === undefined) return bad('cosignature.bad', { detail: { name: line.name } })
    if (time >= (found.get(witness)?.time ?? 0)) {
      found.set(witness, { witness, time, signature: line.signature.slice(8) })
    }
  }
  return good([...found.values()])
}

/** The time of a good cosignature. */
async function timeOf(
  text: string,
  { signature: bytes }: NoteSignature,
  { key }: VerifierKey,
): Promise<number | undefined> {
  if (bytes.length !== 72) return undefined
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  if (!Number.isSafeInteger(time)) return undefined
  const message = cosignedMessage(text, time)
  return (await verifyEd25519({ key, message, signature: bytes.slice(8) })) ? time : undefined
}
