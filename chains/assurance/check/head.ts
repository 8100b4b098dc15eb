import { createHash, createPublicKey, verify } from 'node:crypto'

/** The log's key as its own entries name it. */
export interface LogKey {
  readonly origin: string
  readonly publicKey: Buffer
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const ED25519 = Buffer.of(1)
/** Ours, and those of witnesses after it. */
const SIGNATURES = /^[A-Za-z0-9+/]+={0,2}\n(\u2014 \S+ [A-Za-z0-9+/]+={0,2}\n)*$/

/** Why a signed tree head does not speak for a tree of this size and root; undefined when it does. */
export function faultOf(
  note: string,
  { origin, publicKey }: LogKey,
  size: number,
  root: Buffer,
): string | undefined {
  const body = `${origin}\n${size}\n${root.toString('base64')}\n`
  const start = `${body}\n\u2014 ${origin} `
  if (!note.startsWith(start)) return 'another tree'
  const signatures = note.slice(start.length)
  if (!SIGNATURES.test(signatures)) return 'another form'
  const line = Buffer.from(signatures.split('\n', 1)[0]!, 'base64')
  const name = createHash('sha256').update(`${origin}\n`).update(ED25519).update(publicKey).digest()
  if (!line.subarray(0, 4).equals(name.subarray(0, 4))) return 'another key'
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(body), key, line.subarray(4)) ? undefined : 'a bad signature'
}
