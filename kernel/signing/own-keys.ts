import { verify } from 'node:crypto'
import canonicalize from 'canonicalize'
import { findOrganisation } from '../access/organisations.ts'
import type { Reach } from '../access/permit.ts'
import { reachPredicate } from '../access/reach.ts'
import type { Reader, Writer } from '../database/database.ts'
import { isUsableKey, publicKeyOf } from '../fact/ed25519.ts'
import { registerOwnKey, revokeKey } from '../fact/key-facts.ts'
import type { Keyring } from '../fact/keyring.ts'
import { pageFrom } from '../http/paging.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { NewSigningKey, SigningKey, SigningKeys } from './contract.ts'

/** What a new key signs to show that its holder has it: for this log, this holder and this key only. */
export const proofBytes = (said: { holder: string; key: string; kind: string; log: string }): Buffer =>
  Buffer.from(`silian/own-key/v1\n${canonicalize(said)}`)

export type RegisterRefusal = 'organisation.not_found' | 'key.malformed' | 'key.unproven' | 'key.exists'

/**
 * Registers a key of the caller's own organisation that never was with us. Refusals: `organisation.not_found`, also of one
 * that ended; `key.malformed`; `key.unproven` where its signature does not name this log, holder, kind and key; `key.exists`.
 */
export async function addOwnKey(
  tx: Writer,
  keyring: Keyring,
  reach: Reach,
  { holder, kind, label, publicKey, proof }: NewSigningKey,
): Promise<Result<{ keyId: string }, RegisterRefusal>> {
  const organisation = await findOrganisation(tx, holder)
  if (!organisation || organisation.validTo !== null || !reach.organisationIds.includes(holder))
    return refuse('organisation.not_found', { id: holder })
  const raw = Buffer.from(publicKey, 'base64')
  if (!isUsableKey(raw)) return refuse('key.malformed')
  const said = proofBytes({ holder, key: publicKey, kind, log: await keyring.origin(tx) })
  if (!verify(null, said, publicKeyOf(raw), Buffer.from(proof, 'base64'))) return refuse('key.unproven')
  const as = organisation.type === 'bank' ? 'bank' : 'party'
  const made = await registerOwnKey(tx, keyring, { holder, publicKey: raw, as })
  if (!made.ok) return made
  await tx.query(
    `insert into own_key (programme_id, key_id, kind, label, registered_by) values ($1, $2, $3, $4, $5)`,
    [tx.programme, made.value.keyId, kind, label, tx.actor],
  )
  return made
}

/**
 * Ends an own key of the caller's organisation, whoever registered it: what it signs from now on is refused, also what
 * it signed before and is sent later. Refusals: `key.not_found`, `key.revoked`.
 */
export async function endOwnKey(
  tx: Writer,
  keyring: Keyring,
  reach: Reach,
  key: string,
  reason: string,
): Promise<Result<{ keyId: string }, 'key.not_found' | 'key.revoked'>> {
  const { sql, values } = reachPredicate(reach, { programme: 'k.programme_id', organisations: ['o.id'] }, 2)
  const [found] = await tx.query(`select 1 ${FROM} where k.key_id = $1 and k.custody = 'own' and ${sql}`, [
    key,
    ...values,
  ])
  if (!found) return refuse('key.not_found')
  const ended = await revokeKey(tx, keyring, key)
  if (!ended.ok) return refuse('key.revoked')
  await tx.query(
    'update own_key set revoked_by = $3, revoked_why = $4 where programme_id = $1 and key_id = $2',
    [tx.programme, key, tx.actor, reason],
  )
  return ok({ keyId: key })
}

const FROM = `from signing_key k
  join organisation o on o.programme_id = k.programme_id and o.id::text = k.holder
  left join own_key n on n.programme_id = k.programme_id and n.key_id = k.key_id`

interface KeyRow {
  readonly key_id: string
  readonly holder: string
  readonly name_zh: string
  readonly kind: SigningKey['kind']
  readonly label: string | null
  readonly registered_at: Date
  readonly revoked_at: Date | null
  readonly mine: boolean
}

/** Own keys within reach, revoked ones too: what they signed stands. */
export async function listOwnKeys(
  tx: Reader,
  keyring: Keyring,
  reach: Reach,
  query: { readonly after?: string | undefined; readonly limit: number },
): Promise<SigningKeys> {
  const { sql, values } = reachPredicate(reach, { programme: 'k.programme_id', organisations: ['o.id'] }, 4)
  const rows = await tx.query<KeyRow>(
    `select k.key_id, k.holder, o.name_zh, n.kind, n.label, k.registered_at, k.revoked_at,
       coalesce(n.registered_by = $3, false) as mine
     ${FROM} where k.custody = 'own' and k.key_id > $1 and ${sql} order by k.key_id limit $2`,
    [query.after ?? '', query.limit + 1, tx.actor, ...values],
  )
  const page = pageFrom(rows, query.limit, row => row.key_id, keyOf)
  return { ...page, log: await keyring.origin(tx), holders: await holdersOf(tx, reach) }
}

const keyOf = (row: KeyRow): SigningKey => ({
  keyId: row.key_id,
  holder: row.holder,
  holderName: row.name_zh,
  kind: row.kind,
  label: row.label,
  registeredAt: row.registered_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
  mine: row.mine,
})

/** For whom the caller may register one. */
const holdersOf = (tx: Reader, { organisationIds }: Reach): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select id, name_zh as name from organisation
     where programme_id = $1 and id = any($2::uuid[]) and valid_to is null order by id`,
    [tx.programme, organisationIds],
  )
