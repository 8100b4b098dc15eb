import { createHash, createPublicKey, verify } from 'node:crypto'

/** Who signs the heads of a log, as its own entries name them: raw Ed25519 keys. */
export interface Signers {
  readonly origin: string
  readonly keys: readonly Buffer[]
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const ED25519 = Buffer.of(1)
/** Ours, those of other algorithms, and those of witnesses. */
const SIGNATURES = /^(\u2014 \S+ [A-Za-z0-9+/]+={0,2}\n)+$/

/** Why a signed tree head does not speak for a tree of this size and root; undefined when it does. */
export function faultOf(
  note: string,
  { origin, keys }: Signers,
  size: number,
  root: Buffer,
): string | undefined {
  const body = `${origin}\n${size}\n${root.toString('base64')}\n`
  if (!note.startsWith(`${body}\n\u2014 ${origin} `)) return 'another tree'
  const signatures = note.slice(body.length + 1)
  if (!SIGNATURES.test(signatures)) return 'another form'
  const lines = signatures
    .split('\n')
    .filter(line => line.startsWith(`\u2014 ${origin} `))
    .map(line => Buffer.from(line.split(' ')[2]!, 'base64'))
  const signed = keys.flatMap(key => {
    const line = lines.find(each => each.subarray(0, 4).equals(idOf(origin, key)))
    return line ? [verify(null, Buffer.from(body), keyObject(key), line.subarray(4))] : []
  })
  if (signed.length === 0) return 'another key'
  return signed.every(isGood => isGood) ? undefined : 'a bad signature'
}

const idOf = (origin: string, key: Buffer): Buffer =>
  createHash('sha256').update(`${origin}\n`).update(ED25519).update(key).digest().subarray(0, 4)

const keyObject = (key: Buffer) =>
  createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' })
