import { createHmac, type KeyObject } from 'node:crypto'
import type { Reader, Writer } from '../database/database.ts'
import { open, seal } from '../personal/cipher.ts'
import { Refused } from '../result/result.ts'
import { generateRaw, keyIdOf, privateKeyOf } from './ed25519.ts'

/** A key that we keep for a holder, ready to sign. */
export interface HeldKey {
  readonly keyId: string
  readonly publicKey: Buffer
  readonly privateKey: KeyObject
}

/** Holders of the two keys that each log begins with; further keys of the log are held by `log:2`, `log:3`, … */
export const OPERATOR = 'operator'
export const LOG = 'log'

export const isLogs = (holder: string): boolean => holder === LOG || holder.startsWith(`${LOG}:`)

interface KeyRow {
  key_id: string
  public_key: Buffer
  sealed_private: Buffer
}

const made = Symbol('keys made in this transaction')

/**
 * Held signing keys and hidden values, sealed under the master key of the secrets. Keys are kept decrypted in memory;
 * one for the whole process.
 */
export class Keyring {
  readonly #master: Buffer
  readonly #keys = new Map<string, HeldKey>()
  readonly #names = new Map<string, readonly string[]>()

  /** `masterKey` as it stands in the secrets: base64 of 32 bytes. */
  constructor(masterKey: string) {
    this.#master = Buffer.from(masterKey, 'base64')
    if (this.#master.length !== 32) throw new RangeError('the master key has 32 bytes')
  }

  /** Origin of the programme's log. Refusal: `log.missing`. */
  async origin(tx: Reader): Promise<string> {
    return (await this.names(tx))[0]!
  }

  /** The names that facts of the log may have been made for: its origin, and those of the logs that it succeeded. */
  async names(tx: Reader): Promise<readonly string[]> {
    const known = this.#names.get(tx.programme)
    if (known) return known
    const [log] = await tx.query<{ names: string[] }>(
      'select array_prepend(origin, former_origins) as names from log where programme_id = $1',
      [tx.programme],
    )
    if (!log) throw new Refused('log.missing')
    this.#names.set(tx.programme, log.names)
    return log.names
  }

  /** The holder's key that is in use, if there is one. */
  async find(tx: Reader, holder: string): Promise<HeldKey | undefined> {
    const place = `${tx.programme}/${holder}`
    const known = this.#keys.get(place) ?? madeIn(tx)?.get(holder)
    if (known) return known
    const [row] = await tx.query<KeyRow>(
      `select key_id, public_key, sealed_private from signing_key
       where programme_id = $1 and holder = $2 and custody = 'held' and revoked_at is null`,
      [tx.programme, holder],
      'signing-key',
    )
    if (!row) return undefined
    const key = this.#open(tx.programme, row)
    this.#keys.set(place, key)
    return key
  }

  /** Reads the keys of many holders in one statement, so that none has to be waited for singly. */
  async fetch(tx: Reader, holders: readonly string[]): Promise<void> {
    const unknown = [...new Set(holders)].filter(holder => !this.#keys.has(`${tx.programme}/${holder}`))
    if (unknown.length === 0) return
    const rows = await tx.query<KeyRow & { holder: string }>(
      `select holder, key_id, public_key, sealed_private from signing_key
       where programme_id = $1 and holder = any($2) and custody = 'held' and revoked_at is null`,
      [tx.programme, unknown],
      'signing-keys',
    )
    for (const row of rows) this.#keys.set(`${tx.programme}/${row.holder}`, this.#open(tx.programme, row))
  }

  /**
   * Makes and stores a key for the holder, or returns undefined when another transaction did so meanwhile; then
   * `find` has it. In memory it is kept only once the transaction is committed.
   */
  async make(tx: Writer, holder: string, role: 'operator' | 'log' | 'actor'): Promise<HeldKey | undefined> {
    const { seed, publicKey } = generateRaw()
    const keyId = keyIdOf(publicKey)
    const sealed = this.sealKey(tx.programme, keyId, seed)
    const rows = await tx.query(
      `insert into signing_key
         (programme_id, key_id, holder, custody, public_key, sealed_private, role, registered_at)
       values ($1, $2, $3, 'held', $4, $5, $6, $7)
       on conflict (programme_id, holder) where custody = 'held' and revoked_at is null do nothing returning 1`,
      [tx.programme, keyId, holder, publicKey, sealed, role, tx.at],
    )
    if (rows.length === 0) return undefined
    const key = { keyId, publicKey, privateKey: privateKeyOf(seed) }
    const kept = madeIn(tx) ?? new Map<string, HeldKey>()
    tx.notes.set(made, kept.set(holder, key))
    tx.afterCommit(() => this.#keys.set(`${tx.programme}/${holder}`, key))
    return key
  }

  /** Reads the holder's key from the database the next time it is needed. */
  forget(programme: string, holder: string): void {
    this.#keys.delete(`${programme}/${holder}`)
  }

  /** A hidden value, sealed for its place, so that it opens nowhere else. */
  sealHidden(programme: string, factId: string, field: string, value: Buffer): Buffer {
    return seal(this.#master, binding('fact', programme, factId, field), value)
  }

  /** 32 bytes that follow from the master key and a place. */
  salt(programme: string, place: readonly string[]): Buffer {
    return createHmac('sha256', this.#master)
      .update(binding('salt', programme, ...place))
      .digest()
  }

  /** The private part of a key, for the row that is found under its id. */
  sealKey(programme: string, keyId: string, seed: Buffer): Buffer {
    return seal(this.#master, binding('key', programme, keyId), seed)
  }

  openKey(programme: string, keyId: string, sealed: Buffer): Buffer {
    return open(this.#master, binding('key', programme, keyId), sealed)
  }

  openHidden(programme: string, factId: string, field: string, sealed: Buffer): Buffer {
    return open(this.#master, binding('fact', programme, factId, field), sealed)
  }

  #open(programme: string, row: KeyRow): HeldKey {
    const seed = this.openKey(programme, row.key_id, row.sealed_private)
    return { keyId: row.key_id, publicKey: row.public_key, privateKey: privateKeyOf(seed) }
  }
}

const binding = (...place: string[]): string => JSON.stringify(place)

function madeIn(tx: Reader): Map<string, HeldKey> | undefined {
  return 'notes' in tx ? ((tx as Writer).notes.get(made) as Map<string, HeldKey> | undefined) : undefined
}
