import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { ok, Refused, type Result, refuse } from '../result/result.ts'
import { bufferFact, RANK } from './buffer.ts'
import { isUsableKey, keyIdOf } from './ed25519.ts'
import { signHeld } from './entry.ts'
import { type HeldKey, type Keyring, LOG, OPERATOR } from './keyring.ts'
import { type PublicPart, publicJson } from './public-part.ts'
import type { Custody, SpeaksAs } from './tables.ts'

export interface NewLog {
  /** Name of the programme for readers of the log. */
  readonly name: string
  /** Key name for ever: host and path without scheme, no blank, no `+`; of a demonstration it holds `demo`. */
  readonly origin: string
}

export interface LogKeys {
  readonly operatorKeyId: string
  readonly logPublicKey: Buffer
}

/** The form of a log's name: host and path without scheme. */
export const ORIGIN = /^[^\s+\p{Cc}]{1,200}$/u

/**
 * Begins the log of the transaction's programme with its operator key (`log.created`) and the key that signs tree
 * heads. Refusals: `log.exists`, `log.bad_origin`.
 */
export async function createLog(
  tx: Writer,
  keyring: Keyring,
  { name, origin }: NewLog,
): Promise<Result<LogKeys, 'log.exists' | 'log.bad_origin'>> {
  if (!ORIGIN.test(origin) || origin !== origin.normalize('NFC')) return refuse('log.bad_origin')
  const mine = await tx.query(
    `insert into log (programme_id, origin, created_at) values ($1, $2, $3) on conflict do nothing returning 1`,
    [tx.programme, origin, tx.at],
  )
  if (mine.length === 0) return refuse('log.exists')
  const operator = await keyring.make(tx, OPERATOR, 'operator')
  const log = await keyring.make(tx, LOG, 'log')
  if (!operator || !log) throw new Error('keys of a log that does not exist')
  const pub = { programme: tx.programme, name, key: operator.publicKey.toString('base64') }
  await operatorFact(tx, keyring, 'log.created', tx.programme, pub, RANK.logCreated)
  await registered(tx, keyring, { publicKey: log.publicKey, custody: 'held', holder: LOG })
  return ok({ operatorKeyId: operator.keyId, logPublicKey: log.publicKey })
}

/** The key we hold for someone, made and registered in the log at first use; two at once end with the same one. */
export async function heldKey(tx: Writer, keyring: Keyring, holder: string): Promise<HeldKey> {
  const known = await keyring.find(tx, holder)
  if (known) return known
  await keyring.origin(tx)
  const key = await keyring.make(tx, holder, 'actor')
  if (!key) return (await keyring.find(tx, holder)) ?? heldKey(tx, keyring, holder)
  await registered(tx, keyring, { publicKey: key.publicKey, custody: 'held', holder })
  return key
}

/**
 * Registers a key that its holder keeps: raw 32 bytes. Whoever calls this has made sure that the holder has it, and is
 * the bank or device that it speaks as.
 * Refusals: `key.malformed`, `key.exists`.
 */
export async function registerOwnKey(
  tx: Writer,
  keyring: Keyring,
  { holder, publicKey, as }: { holder: string; publicKey: Buffer; as: SpeaksAs },
): Promise<Result<{ keyId: string }, 'key.malformed' | 'key.exists'>> {
  // one bad key in the log and no reader could accept the log any more
  if (!isUsableKey(publicKey)) return refuse('key.malformed')
  const keyId = keyIdOf(publicKey)
  const mine = await tx.query(
    `insert into signing_key (programme_id, key_id, holder, custody, public_key, role, registered_at, speaks_as)
     values ($1, $2, $3, 'own', $4, 'actor', $5, $6) on conflict do nothing returning 1`,
    [tx.programme, keyId, holder, publicKey, tx.at, as],
  )
  if (mine.length === 0) return refuse('key.exists')
  await registered(tx, keyring, { publicKey, custody: 'own', holder, as })
  return ok({ keyId })
}

/**
 * Ends a key: what is recorded from now on is signed by another. Waits for the transactions that have signed with it.
 * Refusals: `key.unknown`, `key.revoked`, `key.not_revocable` for the operator's and the log's own.
 */
export async function revokeKey(
  tx: Writer,
  keyring: Keyring,
  keyId: string,
): Promise<Result<null, 'key.unknown' | 'key.revoked' | 'key.not_revocable'>> {
  const [key] = await tx.query<{ holder: string; role: string; revoked_at: Date | null }>(
    'select holder, role, revoked_at from signing_key where programme_id = $1 and key_id = $2 for update',
    [tx.programme, keyId],
  )
  if (!key) return refuse('key.unknown')
  if (key.role !== 'actor') return refuse('key.not_revocable')
  if (key.revoked_at) return refuse('key.revoked')
  await tx.query('update signing_key set revoked_at = $3 where programme_id = $1 and key_id = $2', [
    tx.programme,
    keyId,
    tx.at,
  ])
  keyring.forget(tx.programme, key.holder)
  tx.afterCommit(() => keyring.forget(tx.programme, key.holder))
  await revoked(tx, keyring, keyId)
  return ok(null)
}

interface Registration {
  readonly publicKey: Buffer
  readonly custody: Custody
  readonly holder: string
  readonly alg?: 'ed25519' | 'sm2'
  /** Of an own key. */
  readonly as?: SpeaksAs
}

/** The operator's word that a key is whose. */
export function registered(
  tx: Writer,
  keyring: Keyring,
  { publicKey, custody, holder, alg = 'ed25519', as }: Registration,
): Promise<void> {
  const keyId = keyIdOf(publicKey)
  const pub = { keyId, key: publicKey.toString('base64'), alg, custody, holder, ...(as && { as }) }
  return operatorFact(tx, keyring, 'key.registered', keyId, pub, RANK.keyRegistered)
}

/**
 * The word with which a log goes on under another name, after the tree that its witnesses last saw of it was lost. Its
 * entries stay; what was seen beyond them is named by `checkpoint`, a signed note.
 */
export async function recordSuccession(
  tx: Writer,
  keyring: Keyring,
  { from, to, why, checkpoint }: { from: string; to: string; why: string; checkpoint: string },
): Promise<void> {
  await operatorFact(
    tx,
    keyring,
    'log.succeeded',
    tx.programme,
    { from, to, why, checkpoint },
    RANK.logCreated,
  )
}

/** The operator's word that a key signs nothing from here on. */
export const revoked = (tx: Writer, keyring: Keyring, keyId: string): Promise<void> =>
  operatorFact(tx, keyring, 'key.revoked', keyId, { keyId }, RANK.keyRevoked)

async function operatorFact(
  tx: Writer,
  keyring: Keyring,
  type: string,
  subject: string,
  pub: PublicPart,
  rank: number,
): Promise<void> {
  const operator = await keyring.find(tx, OPERATOR)
  if (!operator) throw new Refused('log.missing')
  const [id, log] = [newId(), await keyring.origin(tx)]
  const body = {
    type,
    id,
    log,
    at: tx.at.toISOString(),
    actor: operator.keyId,
    pub: publicJson(pub),
    c: {},
    refs: [],
  }
  const entry = signHeld(body, operator.privateKey)
  bufferFact(tx, {
    id,
    type,
    subject,
    at: tx.at,
    keyId: operator.keyId,
    signedBy: 'held',
    entry,
    hidden: [],
    rank,
  })
}
