import type { Reader } from '../database/database.ts'
import type { Custody, SpeaksAs } from '../fact/tables.ts'
import type { Grade } from './contract.ts'
import { COUNTERSIGNED } from './countersign.ts'

/** A fact's kind, who holds the key that signed it, and for whose word that key was registered. */
export interface Spoken {
  readonly type: string
  readonly signedBy: Custody
  /** Null of keys registered before it was told: their facts are judged by their kind alone. */
  readonly as: SpeaksAs | null
}

/** What a fact says of itself: whether it is the word of a bank or a device, by a key registered as theirs. */
export const ownGrade = ({ type, signedBy, as }: Spoken): 'bank' | 'device' | undefined => {
  const said = type.startsWith('bank.') ? 'bank' : type.startsWith('device.') ? 'device' : undefined
  return signedBy === 'own' && (as ?? said) === said ? said : undefined
}

interface Row {
  readonly id: string
  readonly type: string
  readonly signed_by: Custody
  readonly speaks_as: SpeaksAs | null
  readonly countersigned: boolean
}

/** On whose word each of these facts stands. */
export async function gradesOf(tx: Reader, facts: readonly string[]): Promise<Map<string, Grade>> {
  const rows = await tx.query<Row>(
    `select f.id, f.type, f.signed_by, k.speaks_as, exists (
       select 1 from fact c where c.programme_id = $1 and c.subject = f.id::text and c.type = $3) as countersigned
     from fact f join signing_key k on k.programme_id = f.programme_id and k.key_id = f.key_id
     where f.programme_id = $1 and f.id = any($2::uuid[])`,
    [tx.programme, facts, COUNTERSIGNED],
    'fact-grades',
  )
  return new Map(
    rows.map(({ id, type, signed_by: signedBy, speaks_as: as, countersigned }) => [
      id,
      ownGrade({ type, signedBy, as }) ?? (countersigned ? 'countersigned' : 'declared'),
    ]),
  )
}
