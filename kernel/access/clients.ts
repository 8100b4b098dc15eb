import { createHash, randomBytes } from 'node:crypto'
import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { credentialsEnded } from './lately.ts'
import { findOrganisation } from './organisations.ts'
import { isSeparated, type Role } from './roles.ts'

export interface ClientInput {
  readonly id?: string
  readonly name: string
  readonly kind: 'client' | 'device'
  readonly organisationId: string
  readonly role: Role
  /** Actions the key may be used for at most: `offer.list`, `offer.*`, `*`. */
  readonly scopes: readonly string[]
  /** A device's own signing key, raw Ed25519, 32 bytes. */
  readonly publicKey?: Buffer
  /** `sln_` and 32 random bytes in base64url; made if left out. */
  readonly secret?: string
}

export type ClientRefusal = 'organisation.not_found' | 'client.role' | 'client.exists'

/**
 * Makes a key for a machine. The secret is shown this once and only its hash is kept: 32 random bytes need no slow hash.
 * Refuses `client.role` {role} for administrators, `organisation.not_found` (also ended), `client.exists` for an id in use.
 */
export async function createClient(
  tx: Writer,
  input: ClientInput,
): Promise<Result<{ id: string; secret: string }, ClientRefusal>> {
  if (isSeparated(input.role)) return refuse('client.role', { role: input.role })
  const organisation = await findOrganisation(tx, input.organisationId)
  if (!organisation || organisation.validTo !== null)
    return refuse('organisation.not_found', { id: input.organisationId })
  const id = input.id ?? newId(tx.at.getTime())
  const secret = input.secret ?? `sln_${randomBytes(32).toString('base64url')}`
  const rows = await tx.query(
    `insert into api_client (programme_id, id, name, kind, organisation_id, role, scopes, secret_hash, public_key, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning 1`,
    [
      tx.programme,
      id,
      input.name,
      input.kind,
      input.organisationId,
      input.role,
      input.scopes,
      hashSecret(secret),
      input.publicKey ?? null,
      tx.at,
    ],
  )
  return rows.length > 0 ? ok({ id, secret }) : refuse('client.exists')
}

/** From now on the key opens nothing. Refuses `client.not_found`, also when revoked already. */
export async function revokeClient(tx: Writer, id: string): Promise<Result<null, 'client.not_found'>> {
  const rows = await tx.query(
    'update api_client set revoked_at = $3 where programme_id = $1 and id = $2 and revoked_at is null returning 1',
    [tx.programme, id, tx.at],
  )
  tx.afterCommit(credentialsEnded)
  return rows.length > 0 ? ok(null) : refuse('client.not_found')
}

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
