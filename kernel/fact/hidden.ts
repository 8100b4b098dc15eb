import type { Reader, Writer } from '../database/database.ts'
import type { Keyring } from './keyring.ts'

/** What opens a commitment: to whoever has it, the leaf proves the value. */
export interface Opening {
  readonly field: string
  readonly salt: Buffer
  readonly value: Buffer
}

/** The hidden values of a fact that are still kept. Whoever shows them must be allowed to, and say for what. */
export async function openHidden(tx: Reader, keyring: Keyring, factId: string): Promise<Opening[]> {
  const rows = await tx.query<{ field: string; salt: Buffer; sealed_value: Buffer }>(
    'select field, salt, sealed_value from fact_private where programme_id = $1 and fact_id = $2 order by field',
    [tx.programme, factId],
    'fact-hidden',
  )
  return rows.map(({ field, salt, sealed_value }) => ({
    field,
    salt,
    value: keyring.openHidden(tx.programme, factId, field, sealed_value),
  }))
}

/**
 * Destroys hidden values with their salts, all fields or those named; the leaf keeps proving, and says nothing any more.
 * Returns how many were destroyed.
 */
export async function eraseHidden(tx: Writer, factId: string, fields?: readonly string[]): Promise<number> {
  const rows = await tx.query(
    `delete from fact_private
     where programme_id = $1 and fact_id = $2 and ($3::text[] is null or field = any($3)) returning 1`,
    [tx.programme, factId, fields ?? null],
  )
  return rows.length
}
