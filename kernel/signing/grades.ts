import type { Reader } from '../database/database.ts'
import type { Custody } from '../fact/tables.ts'
import type { Grade } from './contract.ts'
import { COUNTERSIGNED } from './countersign.ts'

/** What a fact says of itself: whether its signer is a bank or a device with a key of its own. */
export const ownGrade = (type: string, signedBy: Custody): 'bank' | 'device' | undefined => {
  if (signedBy !== 'own') return undefined
  return type.startsWith('bank.') ? 'bank' : type.startsWith('device.') ? 'device' : undefined
}

/** On whose word each of these facts stands. */
export async function gradesOf(
  tx: Reader,
  facts: readonly { readonly id: string; readonly type: string; readonly signedBy: Custody }[],
): Promise<Map<string, Grade>> {
  const rows = await tx.query<{ subject: string }>(
    'select distinct subject from fact where programme_id = $1 and subject = any($2::text[]) and type = $3',
    [tx.programme, facts.map(({ id }) => id), COUNTERSIGNED],
    'fact-countersigned',
  )
  const signed = new Set(rows.map(({ subject }) => subject))
  return new Map(
    facts.map(({ id, type, signedBy }) => [
      id,
      ownGrade(type, signedBy) ?? (signed.has(id) ? 'countersigned' : 'declared'),
    ]),
  )
}
