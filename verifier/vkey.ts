import { fromBase64, toBase64 } from './base64.ts'
import { concat, fromHex, toHex, utf8 } from './bytes.ts'
import { bad, type Checked, good } from './problems.ts'
import { sha256 } from './sha256.ts'

/** Type byte of a plain Ed25519 note key. */
export const ed25519Type = 0x01
/** Type byte of the Ed25519 key with which a witness cosigns checkpoints, at a time. */
export const cosignatureType = 0x04

/** A verifier key: `name+hash+base64(type ‖ key)`. `id` is the hash as 8 hexadecimal characters. */
export interface VerifierKey {
  readonly name: string
  readonly id: string
  readonly type: number
  readonly key: Uint8Array
}

/** Key names go into signature lines, so they hold no blank and no `+`. */
export const isKeyName = (name: string): boolean =>
  name !== '' && !/[\s\u0085+]/u.test(name) && name.isWellFormed()

/** Key id of a note key: first 4 bytes of SHA-256(name ‖ LF ‖ type ‖ key), in hexadecimal. */
export const keyIdOf = (name: string, type: number, key: Uint8Array): string =>
  toHex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), key)).subarray(0, 4))

/** The text of a verifier key. */
export const formatVkey = ({ name, id, type, key }: VerifierKey): string =>
  `${name}+${id}+${toBase64(concat(Uint8Array.of(type), key))}`

/**
 * Read a verifier key. Types other than Ed25519 are read but cannot be used: their signatures count as unknown.
 * Problem: `vkey.malformed`.
 */
export function parseVkey(text: string): Checked<VerifierKey> {
  const [, name = '', id = '', base64 = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(text) ?? []
  const bytes = fromBase64(base64)
  if (!isKeyName(name) || !fromHex(id) || !bytes || bytes.length < 2) return bad('vkey.malformed')
  const [type, key] = [bytes[0]!, bytes.slice(1)]
  const isKnown = type === ed25519Type || type === cosignatureType
  if (isKnown && (key.length !== 32 || id !== keyIdOf(name, type, key))) return bad('vkey.malformed')
  return good({ name, id, type, key })
}
