import type { Reader, Writer } from '../database/database.ts'
import { generateRaw, keyIdOf, privateKeyOf } from '../fact/ed25519.ts'
import { registered, revoked } from '../fact/key-facts.ts'
import { type Keyring, LOG } from '../fact/keyring.ts'
import { ok, Refused, type Result, refuse } from '../result/result.ts'
import { type NoteSigner, vkeyOf } from './note.ts'
import { generateSm2 } from './sm2.ts'

export type LogAlg = 'ed25519' | 'sm2'

/** A key with which tree heads are, or were, signed. */
export interface LogKey {
  readonly keyId: string
  readonly alg: LogAlg
  readonly vkey: string
  readonly retired: boolean
}

interface KeyRow {
  readonly name: string
  readonly key_id: string
  readonly alg: LogAlg
  readonly public_key: Buffer
  readonly sealed_private: Buffer
  readonly revoked_at: Date | null
}

const rowsOf = (tx: Reader): Promise<KeyRow[]> =>
  tx.query<KeyRow>(
    `select l.origin as name, k.key_id, k.alg, k.public_key, k.sealed_private, k.revoked_at
       from log l join signing_key k on k.programme_id = l.programme_id and k.role = 'log'
      where l.programme_id = $1 order by k.registered_at, k.holder`,
    [tx.programme],
    'log-keys',
  )

/** The keys that the log ever had, oldest first. */
export const logKeys = async (tx: Reader): Promise<LogKey[]> =>
  (await rowsOf(tx)).map(({ name, key_id, alg, public_key, revoked_at }) => ({
    ...{ keyId: key_id, alg, retired: revoked_at !== null },
    vkey: vkeyOf({ name, alg, publicKey: public_key }),
  }))

/** Who signs the next tree head: every key in use, the oldest first. Throws where there is none. */
export async function signersOf(tx: Reader, keyring: Keyring): Promise<NoteSigner[]> {
  const rows = (await rowsOf(tx)).filter(({ revoked_at }) => revoked_at === null)
  if (rows.length === 0) throw new Error(`the log of ${tx.programme} has no key`)
  return rows.map(({ name, key_id, alg, public_key: publicKey, sealed_private }) => {
    const seed = keyring.openKey(tx.programme, key_id, sealed_private)
    return alg === 'sm2'
      ? { name, alg, publicKey, privateKey: seed }
      : { name, publicKey, privateKey: privateKeyOf(seed) }
  })
}

/**
 * Gives the log one more key. Its heads carry the signatures of all from then on, so that readers, witnesses and policies
 * change over in their own time, before the old one is retired. Refusal (thrown): `log.missing`.
 */
export async function addLogKey(tx: Writer, keyring: Keyring, alg: LogAlg): Promise<Result<LogKey>> {
  const name = await lockName(tx)
  const holder = `${LOG}:${(await rowsOf(tx)).length + 1}`
  const { publicKey, seed } = pairOf(alg)
  const keyId = keyIdOf(publicKey)
  await tx.query(
    `insert into signing_key (programme_id, key_id, holder, custody, public_key, sealed_private, role, alg, registered_at)
     values ($1, $2, $3, 'held', $4, $5, 'log', $6, $7)`,
    [tx.programme, keyId, holder, publicKey, keyring.sealKey(tx.programme, keyId, seed), alg, tx.at],
  )
  await registered(tx, keyring, { publicKey, custody: 'held', holder, alg })
  return ok({ keyId, alg, vkey: vkeyOf({ name, alg, publicKey }), retired: false })
}

function pairOf(alg: LogAlg): { publicKey: Buffer; seed: Buffer } {
  if (alg === 'ed25519') return generateRaw()
  const { publicKey, privateKey } = generateSm2()
  return { publicKey, seed: privateKey }
}

/**
 * Lets a key of the log sign no more; what it signed stays good. Refusals: `key.unknown`, `key.revoked`, `key.last` for the
 * last one that every reader can check.
 */
export async function retireLogKey(
  tx: Writer,
  keyring: Keyring,
  keyId: string,
): Promise<Result<null, 'key.unknown' | 'key.revoked' | 'key.last'>> {
  await lockName(tx)
  const keys = await logKeys(tx)
  const mine = keys.find(key => key.keyId === keyId)
  if (!mine) return refuse('key.unknown')
  if (mine.retired) return refuse('key.revoked')
  if (!keys.some(key => key !== mine && key.alg === 'ed25519' && !key.retired)) return refuse('key.last')
  await tx.query('update signing_key set revoked_at = $3 where programme_id = $1 and key_id = $2', [
    ...[tx.programme, keyId, tx.at],
  ])
  await revoked(tx, keyring, keyId)
  return ok(null)
}

/** One change of keys at a time, and none between a batch's entries and its head. */
async function lockName(tx: Writer): Promise<string> {
  const [log] = await tx.query<{ origin: string }>(
    'select origin from log where programme_id = $1 for update',
    [tx.programme],
  )
  if (!log) throw new Refused('log.missing')
  return log.origin
}
