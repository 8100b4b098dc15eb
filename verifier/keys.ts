import { fromBase64Of } from './base64.ts'
import { toHex } from './bytes.ts'
import type { Json } from './canonical.ts'
import { isUsableKey } from './ed25519.ts'
import type { Custody, Entry } from './entry.ts'
import { bad, type Checked, good, type Problem, type ProblemName } from './problems.ts'
import { sha256 } from './sha256.ts'

/** Only a bank's key gives a bank's word, only a device's a device's. */
const speakers = ['party', 'bank', 'device'] as const
export type SpeaksAs = (typeof speakers)[number]

/** A registered key: raw public key, who holds it, whose it is, and the index of its revocation if any. */
export interface RegisteredKey {
  readonly key: Uint8Array
  readonly custody: Custody
  readonly holder: string
  /** For whose word an own key was registered; of those from before it was told nothing. */
  readonly as?: SpeaksAs
  revokedAt?: number
}

/** Key id of an actor: first 8 bytes of SHA-256 of the raw public key, in hexadecimal. */
export const actorKeyId = (key: Uint8Array): string => toHex(sha256(key).subarray(0, 8))

/** Which keys may speak, learnt from the log itself: feed it every entry in order. */
export class KeyRegistry {
  #keys = new Map<string, RegisteredKey>()
  #operator: string | undefined
  /** Keys that sign heads only, in an algorithm that is not checked here. */
  #beside = new Set<string>()
  /** Some key's registration said for whose word it is: none that comes later may keep silent on it. */
  #tells = false

  get size(): number {
    return this.#keys.size
  }

  get(actor: string): RegisteredKey | undefined {
    return this.#keys.get(actor)
  }

  /**
   * The public key under which the entry must be signed; then learn what the entry says about keys.
   * Problems: `entry.unknown-key`, `entry.revoked-key`, `entry.wrong-custody`, `log.*`, `key.*`.
   */
  admit(index: number, entry: Entry): Checked<Uint8Array> {
    // The first entry brings the key it is signed with; every other key is known before it speaks.
    const begun = index === 0 ? this.#begin(entry) : undefined
    if (begun) return { ok: false, problem: begun }
    const speaker = this.#speaker(entry)
    if (!speaker.ok || index === 0) return speaker
    const problem = this.#learn(index, entry)
    return problem ? { ok: false, problem } : speaker
  }

  #speaker(entry: Entry): Checked<Uint8Array> {
    const known = this.#keys.get(entry.actor)
    const detail = { actor: entry.actor }
    if (!known) return bad('entry.unknown-key', { detail })
    if (known.revokedAt !== undefined) return bad('entry.revoked-key', { detail })
    return known.custody === entry.by ? good(known.key) : bad('entry.wrong-custody', { detail })
  }

  #begin(entry: Entry): Problem | undefined {
    if (entry.type !== 'log.created') return { name: 'log.first-entry' }
    const { key: base64, programme, name } = entry.pub
    const key = readKey(base64)
    if (!key || !isText(programme) || !isText(name)) return { name: 'key.malformed' }
    this.#operator = actorKeyId(key)
    // Silian runs the log with this key, so it can never count as one that Silian does not hold.
    this.#keys.set(this.#operator, { key, custody: 'held', holder: '' })
    return undefined
  }

  #learn(index: number, entry: Entry): Problem | undefined {
    if (entry.type === 'log.created') return { name: 'log.created-again' }
    const learn =
      entry.type === 'key.registered'
        ? this.#register
        : entry.type === 'key.revoked'
          ? this.#revoke
          : undefined
    if (entry.type === 'log.succeeded' && entry.actor !== this.#operator)
      return { name: 'key.not-by-operator', detail: { key: entry.actor } }
    if (!learn) return undefined
    const name = entry.actor === this.#operator ? learn.call(this, entry, index) : 'key.not-by-operator'
    return name && { name, detail: { key: String(entry.pub.keyId) } }
  }

  #register({ pub }: Entry): ProblemName | undefined {
    if (pub.alg === 'sm2') return this.#registerSm2(pub)
    const { keyId, key: base64, alg, custody, holder } = pub
    const key = readKey(base64)
    if (!key || keyId !== actorKeyId(key) || alg !== 'ed25519' || !isText(holder)) return 'key.malformed'
    if (custody !== 'own' && custody !== 'held') return 'key.malformed'
    const told = speakers.find(known => known === pub.as)
    if (pub.as !== undefined && (!told || custody === 'held')) return 'key.malformed'
    if (this.#keys.has(keyId)) return 'key.registered-twice'
    this.#tells ||= told !== undefined
    const as = told ?? (this.#tells ? 'party' : undefined)
    this.#keys.set(keyId, { key, custody, holder, ...(as && { as }) })
    return undefined
  }

  /** A key that signs heads beside the log's own and no entry: it is remembered that it may be revoked. */
  #registerSm2({ keyId, key: base64, custody, holder }: Entry['pub']): ProblemName | undefined {
    const key = isText(base64) ? fromBase64Of(65, base64) : undefined
    const isLogs = custody === 'held' && isText(holder) && /^log(:\d+)?$/.test(holder)
    if (key?.[0] !== 4 || keyId !== actorKeyId(key) || !isLogs) return 'key.malformed'
    if (this.#keys.has(keyId) || this.#beside.has(keyId)) return 'key.registered-twice'
    this.#beside.add(keyId)
    return undefined
  }

  #revoke({ pub }: Entry, index: number): ProblemName | undefined {
    if (isText(pub.keyId) && this.#beside.has(pub.keyId)) return undefined
    const known = isText(pub.keyId) ? this.#keys.get(pub.keyId) : undefined
    if (!known) return 'key.unknown'
    known.revokedAt ??= index
    return undefined
  }
}

const isText = (value: Json | undefined): value is string => typeof value === 'string'

function readKey(base64: Json | undefined): Uint8Array | undefined {
  const key = isText(base64) ? fromBase64Of(32, base64) : undefined
  return key && isUsableKey(key) ? key : undefined
}
