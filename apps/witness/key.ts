import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { toBase64 } from '@silian/verifier/base64.ts'
import { concat, fromHex } from '@silian/verifier/bytes.ts'
import { cosignedMessage, timestamped } from '@silian/verifier/cosignature.ts'
import type { NoteSignature } from '@silian/verifier/note.ts'
import { cosignatureType, formatVkey, isKeyName, keyIdOf, type VerifierKey } from '@silian/verifier/vkey.ts'

/** The witness's own key. It never leaves its file; one name has one key, which is used for nothing else. */
export interface WitnessKey {
  readonly verifier: VerifierKey
  readonly vkey: string
  /** The note line by which it cosigns the text of a checkpoint, at a time in seconds. */
  cosign(text: string, time: number): string
}

/** Reads the key of a file, or makes it, durably, for a new witness of this name. Throws where the file is of another. */
export async function loadKey(file: string, name: string): Promise<WitnessKey> {
  if (!isKeyName(name)) throw new Error(`not a name of a witness: ${name}`)
  const kept = await readFile(file, 'utf8').catch(ignoreMissing)
  if (kept === undefined) return madeIn(file, name)
  const { name: owner, jwk } = JSON.parse(kept) as { name: string; jwk: object }
  if (owner !== name) throw new Error(`${file} is the key of ${owner}, not of ${name}`)
  return keyOf(name, createPrivateKey({ key: jwk as never, format: 'jwk' }))
}

async function madeIn(file: string, name: string): Promise<WitnessKey> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const handle = await open(`${file}.new`, 'w', 0o600)
  await handle.writeFile(JSON.stringify({ name, jwk: privateKey.export({ format: 'jwk' }) }))
  await handle.sync()
  await handle.close()
  await rename(`${file}.new`, file)
  return keyOf(name, privateKey)
}

function keyOf(name: string, secret: KeyObject): WitnessKey {
  const key = new Uint8Array(createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32))
  const verifier = { name, id: keyIdOf(name, cosignatureType, key), type: cosignatureType, key }
  return {
    verifier,
    vkey: formatVkey(verifier),
    cosign: (text, time) => {
      const signature = new Uint8Array(sign(null, cosignedMessage(text, time), secret))
      return signatureLine({ name, id: verifier.id, signature: timestamped(time, signature) })
    },
  }
}

/** A signature as it stands in a note. */
export const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `\u2014 ${name} ${toBase64(concat(fromHex(id)!, signature))}\n`

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
