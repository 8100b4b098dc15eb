import { fromBase64Of } from './base64.ts'
import { concat, equalBytes, uint32, utf8 } from './bytes.ts'
import { sha256 } from './sha256.ts'

const domain = utf8('xf/commit/v1\n')

/** Commitment to a hidden value: SHA-256("xf/commit/v1\n" ‖ salt ‖ u32 length ‖ value). Throws RangeError unless the salt is 32 bytes. */
export function commit(salt: Uint8Array, value: Uint8Array): Uint8Array {
  if (salt.length !== 32) throw new RangeError('salt must be 32 bytes')
  return sha256(concat(domain, salt, uint32(value.length), value))
}

/** Whether `salt` and `value` open a `commitment` (base64, as it stands in the entry's `c`). */
export function openCommitment(salt: Uint8Array, value: Uint8Array, commitment: string): boolean {
  const expected = fromBase64Of(32, commitment)
  return expected !== undefined && salt.length === 32 && equalBytes(commit(salt, value), expected)
}
