import { createHash, randomBytes, randomFillSync } from 'node:crypto'

let lastMs = 0
let counter = 0

/** A UUIDv7 that grows within this process, so that facts of one transaction keep their order. */
export function newId(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now
    counter = randomBytes(2).readUInt16BE() & 0x3ff
  } else {
    counter += 1
    // 12 bits of counter: on overflow borrow the next millisecond rather than repeat an order
    if (counter > 0xfff) {
      counter = 0
      lastMs += 1
    }
  }
  const bytes = random16()
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return format(bytes)
}

// asked for singly, random bytes cost more than all the rest of an id
const pool = Buffer.alloc(4096)
let used = pool.length

function random16(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}

/** The same UUID for the same parts, for ids that a repeated run must find again (imports, the demonstration). */
export function idFrom(...parts: string[]): string {
  const bytes = createHash('sha256').update(parts.join('\u0000')).digest().subarray(0, 16)
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return format(bytes)
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
