import { hash } from 'node:crypto'

const DOMAIN = Buffer.from('xf/commit/v1\n')

/** What the log keeps of a hidden value: SHA-256("xf/commit/v1\n" ‖ salt (32 bytes) ‖ u32 length ‖ value). */
export function commit(salt: Buffer, value: Buffer): Buffer {
  if (salt.length !== 32) throw new RangeError('a salt has 32 bytes')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length)
  return hash('sha256', Buffer.concat([DOMAIN, salt, length, value]), 'buffer')
}
