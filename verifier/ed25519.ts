import { ed25519 } from '@noble/curves/ed25519.js'
import { byteKey } from './bytes.ts'

/** One signature to check: raw 32-byte public key, message, 64-byte signature. */
export interface SignatureJob {
  readonly key: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

const keptKeys = 4096
const imported = new Map<string, Promise<CryptoKey>>()

/** Whether the signature is good. Native WebCrypto where it knows Ed25519 (20 times faster), else JavaScript. */
export async function verifyEd25519(job: SignatureJob): Promise<boolean> {
  if (job.key.length !== 32 || job.signature.length !== 64) return false
  if (!(await nativeWorks())) return verifyInJavaScript(job)
  try {
    const key = await importKey(job.key)
    return await crypto.subtle.verify('Ed25519', key, owned(job.signature), owned(job.message))
  } catch {
    return false
  }
}

/** The answers in the order of the jobs; native checks run side by side. */
export const verifyEd25519All = (jobs: readonly SignatureJob[]): Promise<boolean[]> =>
  Promise.all(jobs.map(verifyEd25519))

/** The check without WebCrypto, as strict as the native one: RFC 8032, no ZIP 215 leniency. */
export function verifyInJavaScript({ key, message, signature }: SignatureJob): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}

/** Whether the bytes are a point that somebody can hold a key of: a small-order "key" accepts anyone's signature. */
export function isUsableKey(key: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(key, false).isSmallOrder()
  } catch {
    return false
  }
}

let native: Promise<boolean> | undefined

/** Old browsers lack Ed25519, and pages over plain http have no `crypto.subtle` at all. */
function nativeWorks(): Promise<boolean> {
  native ??= importKey(ed25519.Point.BASE.toBytes()).then(
    () => true,
    () => false,
  )
  return native
}

function importKey(raw: Uint8Array): Promise<CryptoKey> {
  const name = byteKey(raw)
  const known = imported.get(name)
  if (known) return known
  if (imported.size >= keptKeys) imported.clear()
  const key = (async () => crypto.subtle.importKey('raw', owned(raw), 'Ed25519', false, ['verify']))()
  imported.set(name, key)
  return key
}

/** WebCrypto's types refuse views that might lie on shared memory; a copy never does. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
