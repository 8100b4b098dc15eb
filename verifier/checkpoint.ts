import { fromBase64Of } from './base64.ts'
import { equalBytes } from './bytes.ts'
import { parseNote, verifyNote } from './note.ts'
import { bad, type Checked, good } from './problems.ts'
import { emptyRoot, isTreeSize } from './rfc6962.ts'
import { ed25519Type, parseVkey } from './vkey.ts'

/** A tree head: name of the log, number of entries, root hash, extension lines. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly extensions: readonly string[]
}

/** Read the text of a checkpoint, with its last line feed. Problem: `checkpoint.malformed`. */
export function parseCheckpoint(text: string): Checked<Checkpoint> {
  const [origin = '', size = '', base64 = '', ...more] = text.split('\n')
  const root = fromBase64Of(32, base64)
  const number = /^(0|[1-9][0-9]*)$/.test(size) ? Number(size) : Number.NaN
  const extensions = more.slice(0, -1)
  const isComplete = more.at(-1) === '' && origin !== '' && extensions.every(line => line !== '')
  if (!isComplete || !isTreeSize(number) || !root) return bad('checkpoint.malformed')
  if (number === 0 && !equalBytes(root, emptyRoot)) return bad('checkpoint.malformed')
  return good({ origin, size: number, root, extensions })
}

/**
 * Read a signed checkpoint and check that the log named in `vkey` signed it.
 * Problems: those of the key and the note, `checkpoint.malformed`, and `checkpoint.wrong-origin` when the key signed
 * the head of a log with another name.
 */
export async function openCheckpoint(bytes: Uint8Array, vkey: string): Promise<Checked<Checkpoint>> {
  const key = parseVkey(vkey)
  if (!key.ok) return key
  if (key.value.type !== ed25519Type)
    return bad('vkey.unsupported', { detail: { type: String(key.value.type) } })
  const note = parseNote(bytes)
  if (!note.ok) return note
  const signed = await verifyNote(note.value, [key.value])
  if (!signed.ok) return signed
  const head = parseCheckpoint(note.value.text)
  if (head.ok && head.value.origin !== key.value.name) {
    return bad('checkpoint.wrong-origin', { detail: { expected: key.value.name, found: head.value.origin } })
  }
  return head
}
