import { fromBase64 } from './base64.ts'
import { fromUtf8, toHex, utf8 } from './bytes.ts'
import { verifyEd25519 } from './ed25519.ts'
import { bad, type Checked, good } from './problems.ts'
import { ed25519Type, isKeyName, type VerifierKey } from './vkey.ts'

/** One signature line: `id` is the key id in hexadecimal, `signature` what follows it. */
export interface NoteSignature {
  readonly name: string
  readonly id: string
  readonly signature: Uint8Array
}

/** A C2SP signed note: `text` ends in a line feed and is what the signatures cover. */
export interface SignedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

const maxSignatures = 100

/** Read a signed note without judging its signatures. Problem: `note.malformed`. */
export function parseNote(bytes: Uint8Array): Checked<SignedNote> {
  const whole = fromUtf8(bytes)
  // The last empty line separates: a text may itself hold empty lines, signature lines may not.
  const split = whole?.lastIndexOf('\n\n') ?? -1
  if (whole === undefined || split < 0 || hasControl(whole) || !whole.endsWith('\n'))
    return bad('note.malformed')
  const lines = whole
    .slice(split + 2)
    .split('\n')
    .slice(0, -1)
  const signatures = lines.map(parseSignature).filter(line => line !== undefined)
  const complete = lines.length > 0 && lines.length <= maxSignatures && signatures.length === lines.length
  return complete ? good({ text: whole.slice(0, split + 1), signatures }) : bad('note.malformed')
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x0a) return true
  }
  return false
}

function parseSignature(line: string): NoteSignature | undefined {
  const [dash, name = '', base64 = '', ...more] = line.split(' ')
  const bytes = fromBase64(base64)
  if (dash !== '\u2014' || !isKeyName(name) || more.length > 0 || !bytes || bytes.length < 5) return undefined
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) }
}

/**
 * The signatures of the given keys, all of them good. Lines of unknown keys are ignored, whatever they hold.
 * Problems: `note.bad-signature` when a line of a given key is bad, even beside a good one; `note.unsigned` when no
 * given key has signed.
 */
export async function verifyNote(
  note: SignedNote,
  keys: readonly VerifierKey[],
): Promise<Checked<readonly NoteSignature[]>> {
  const message = utf8(note.text)
  const found: NoteSignature[] = []
  for (const line of note.signatures) {
    const known = keys.find(key => key.type === ed25519Type && key.name === line.name && key.id === line.id)
    if (!known) continue
    const isGood = await verifyEd25519({ key: known.key, message, signature: line.signature })
    if (!isGood) return bad('note.bad-signature', { detail: { name: line.name } })
    found.push(line)
  }
  return found.length > 0 ? good(found) : bad('note.unsigned')
}
