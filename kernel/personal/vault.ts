import { randomBytes } from 'node:crypto'
import type { Secrets } from '../config/secrets.ts'
import type { Reader, Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import { blindIndex } from './blind-index.ts'
import { open, openField, type SubjectKey, seal, sealField } from './cipher.ts'

/** One column's text of one subject. `field` is `table.column` and never changes once values are sealed under it. */
export interface Clear {
  readonly subject: string
  readonly field: string
  readonly text: string
}

export interface Sealed {
  readonly subject: string
  readonly field: string
  readonly sealed: Uint8Array | null
}

/** Subject → its key, null once destroyed. */
type Keys = Map<string, SubjectKey | null>

/**
 * Seals and opens personal columns. Keys are read once per transaction, many at a time, so that a page or an import of
 * a thousand rows costs one statement for them.
 */
export class Vault {
  readonly #masterKey: Buffer
  readonly #indexKey: string
  readonly #known = new WeakMap<Reader, Keys>()

  constructor({ masterKey, indexKey }: Pick<Secrets, 'masterKey' | 'indexKey'>) {
    this.#masterKey = Buffer.from(masterKey, 'base64')
    if (this.#masterKey.length !== 32) throw new RangeError('the master key must have 32 bytes')
    this.#indexKey = indexKey
  }

  /** Throws `Refused('subject.erased')` for a subject whose key was destroyed. */
  async seal(tx: Writer, subject: string, field: string, text: string): Promise<Buffer> {
    const [sealed] = await this.sealMany(tx, [{ subject, field, text }])
    return sealed!
  }

  /** In the order given; makes the keys that are missing. Throws `Refused('subject.erased')`. */
  async sealMany(tx: Writer, values: readonly Clear[]): Promise<Buffer[]> {
    const subjects = values.map(value => value.subject)
    const keys = await this.#keys(tx, subjects)
    const missing = [...new Set(subjects)].filter(subject => !keys.has(subject))
    if (missing.length > 0) await this.#makeKeys(tx, missing, keys)
    return values.map(({ subject, field, text }) => {
      const key = keys.get(subject)
      if (!key) throw new Refused('subject.erased', { subject })
      return sealField(key, field, text)
    })
  }

  async open(tx: Reader, subject: string, field: string, sealed: Uint8Array | null): Promise<string | null> {
    const [text] = await this.openMany(tx, [{ subject, field, sealed }])
    return text!
  }

  /** In the order given; null for a column without a value and for a subject that was erased. */
  async openMany(tx: Reader, values: readonly Sealed[]): Promise<(string | null)[]> {
    const wanted = values.filter(value => value.sealed !== null)
    const keys = await this.#keys(
      tx,
      wanted.map(value => value.subject),
    )
    return values.map(({ subject, field, sealed }) => {
      if (sealed === null) return null
      const key = keys.get(subject)
      if (key === undefined) throw new Error(`sealed value without a key, subject ${subject}`)
      return key && openField(key, field, sealed)
    })
  }

  /** What an encrypted value is found by; see `blindIndex`. */
  index(programme: string, field: string, normalised: string): Buffer {
    return blindIndex(this.#indexKey, programme, field, normalised)
  }

  /**
   * Destroys the keys of these subjects, and of those that never had one too, so that none can be made for them later.
   * Copies in backups and in the server's old pages end with those.
   */
  async erase(tx: Writer, subjects: readonly string[]): Promise<void> {
    await tx.query(
      `insert into subject_key (programme_id, subject_id, destroyed_at)
       select $1, s, $3 from unnest($2::text[]) s order by s
       on conflict (programme_id, subject_id) do update
         set sealed_key = null, destroyed_at = coalesce(subject_key.destroyed_at, excluded.destroyed_at)`,
      [tx.programme, [...new Set(subjects)], tx.at],
    )
    const keys = this.#keysOf(tx)
    for (const subject of subjects) keys.set(subject, null)
  }

  async #keys(tx: Reader, subjects: readonly string[]): Promise<Keys> {
    const keys = this.#keysOf(tx)
    const unread = [...new Set(subjects)].filter(subject => !keys.has(subject))
    if (unread.length > 0) await this.#readKeys(tx, unread, keys)
    return keys
  }

  #keysOf(tx: Reader): Keys {
    const keys = this.#known.get(tx) ?? new Map()
    this.#known.set(tx, keys)
    return keys
  }

  async #readKeys(tx: Reader, subjects: readonly string[], keys: Keys): Promise<void> {
    const rows = await tx.query<{ subject_id: string; sealed_key: Buffer | null }>(
      'select subject_id, sealed_key from subject_key where programme_id = $1 and subject_id = any($2)',
      [tx.programme, subjects],
      'subject-keys',
    )
    for (const { subject_id: subject, sealed_key: sealed } of rows)
      keys.set(subject, sealed && this.#unwrap(tx.programme, subject, sealed))
  }

  /** Two transactions may make a subject's key at once: the second waits and takes the first one's. */
  async #makeKeys(tx: Writer, subjects: readonly string[], keys: Keys): Promise<void> {
    const made = new Map(
      [...subjects]
        .sort()
        .map(subject => [subject, { programme: tx.programme, subject, key: randomBytes(32) }]),
    )
    const rows = await tx.query<{ subject_id: string }>(
      `insert into subject_key (programme_id, subject_id, sealed_key)
       select $1, s.id, s.key from unnest($2::text[], $3::bytea[]) s (id, key)
       on conflict do nothing returning subject_id`,
      [
        tx.programme,
        [...made.keys()],
        [...made.values()].map(key => seal(this.#masterKey, wrapping(tx.programme, key.subject), key.key)),
      ],
      'subject-keys-make',
    )
    for (const { subject_id: subject } of rows) keys.set(subject, made.get(subject)!)
    const others = subjects.filter(subject => !keys.has(subject))
    if (others.length > 0) await this.#readKeys(tx, others, keys)
  }

  #unwrap(programme: string, subject: string, sealed: Buffer): SubjectKey {
    return { programme, subject, key: open(this.#masterKey, wrapping(programme, subject), sealed) }
  }
}

const wrapping = (programme: string, subject: string): string =>
  JSON.stringify(['subject-key', programme, subject])
