import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'

/** One look at, or act on, one or more subjects of a kind. */
export interface Access {
  /** e.g. `household.reveal`, `role.grant`. */
  readonly action: string
  readonly subjectType: string
  readonly subjectIds: readonly string[]
  /** Names of the columns shown, never their values. */
  readonly fields: readonly string[]
  /** Why, in the words of whoever looked. */
  readonly purpose: string
  readonly requestId: string
}

/** Records an access in the transaction that grants it: no record, no look. One row per subject, one statement. */
export async function recordAccess(tx: Writer, { subjectIds, ...access }: Access): Promise<void> {
  await tx.query(
    `insert into access_audit (programme_id, id, at, actor_id, action, subject_type, subject_id, fields, purpose, request_id)
     select $1, s.id, $4, $5, $6, $7, s.subject, $8, $9, $10 from unnest($2::uuid[], $3::text[]) s (id, subject)`,
    [
      tx.programme,
      subjectIds.map(() => newId(tx.at.getTime())),
      subjectIds,
      tx.at,
      tx.actor,
      access.action,
      access.subjectType,
      access.fields,
      access.purpose,
      access.requestId,
    ],
    'access-audit',
  )
}
