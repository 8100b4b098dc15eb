import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

/** A signing key for tests, the same for the same name. */
export interface TestKey {
  readonly id: string
  readonly raw: Buffer
  readonly custody: 'own' | 'held'
  readonly secret: KeyObject
}

// DER header of an Ed25519 PKCS#8 key: the 32 bytes of the seed follow.
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
export const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Make a key from a name. */
export function testKey(name: string, custody: 'own' | 'held'): TestKey {
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8, sha256(name)]), format: 'der', type: 'pkcs8' })
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { id: sha256(raw).toString('hex', 0, 8), raw, custody, secret }
}

/** Base64 Ed25519 signature. */
export const signBase64 = (key: TestKey, message: string): string =>
  sign(null, Buffer.from(message), key.secret).toString('base64')

/** A witness of tests: its verifier key, and the line by which it cosigns a checkpoint's text at a time (seconds). */
export function testWitness(name: string): { vkey: string; cosign: (text: string, time: number) => string } {
  const key = testKey(name, 'own')
  const typed = Buffer.concat([Buffer.of(4), key.raw])
  const id = sha256(`${name}\n`, typed).subarray(0, 4)
  return {
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    cosign: (text, time) => {
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), key.secret)
      const seconds = Buffer.alloc(8)
      seconds.writeBigUInt64BE(BigInt(time))
      return `\u2014 ${name} ${Buffer.concat([id, seconds, signature]).toString('base64')}\n`
    },
  }
}

/** The verifier key of a log and the line that signs a note text. */
export function noteSigner(name: string, key: TestKey): { vkey: string; sign: (text: string) => string } {
  const typed = Buffer.concat([Buffer.of(1), key.raw])
  const id = sha256(`${name}\n`, typed).subarray(0, 4)
  return {
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    sign: text => {
      const signature = sign(null, Buffer.from(text), key.secret)
      return `\u2014 ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
    },
  }
}
