import type { Reader, Writer } from '../database/database.ts'
import type { Keyring } from './keyring.ts'

/** What opens a commitment: to whoever has it, the leaf proves the value. */
export interface Opening {
  readonly field: string
  readonly salt: Buffer
  readonly value: Buffer
}

/** The hidden values of a fact that are still kept. Whoever shows them must be allowed to, and say for what. */
export const openHidden = async (tx: Reader, keyring: Keyring, factId: string): Promise<Opening[]> =>
  (await openHiddenOf(tx, keyring, [factId])).get(factId) ?? []

/** The same of several facts, by fact. */
export async function openHiddenOf(
  tx: Reader,
  keyring: Keyring,
  factIds: readonly string[],
): Promise<Map<string, Opening[]>> {
  const found = new Map<string, Opening[]>()
  if (factIds.length === 0) return found
  const rows = await tx.query<{ fact_id: string; field: string; salt: Buffer; sealed_value: Buffer }>(
    `select fact_id, field, salt, sealed_value from fact_private
      where programme_id = $1 and fact_id = any($2::uuid[]) order by fact_id, field`,
    [tx.programme, factIds],
    'facts-hidden',
  )
  for (const { fact_id, field, salt, sealed_value } of rows) {
    const value = keyring.openHidden(tx.programme, fact_id, field, sealed_value)
    found.set(fact_id, [...(found.get(fact_id) ?? []), { field, salt, value }])
  }
  return found
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
