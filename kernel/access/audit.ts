import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { AccessAuditRow } from './tables.ts'

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

export interface AuditQuery {
  readonly subject?: { readonly type: string; readonly id: string }
  readonly actorId?: string
  /** Id of the last row of the page before. */
  readonly before?: string
  readonly limit: number
}

/** The newest first. */
export async function readAudit(
  tx: Reader,
  { subject, actorId, before, limit }: AuditQuery,
): Promise<AccessAuditRow[]> {
  let query = tx.db.selectFrom('access_audit').selectAll().where('programme_id', '=', tx.programme)
  if (subject) query = query.where('subject_type', '=', subject.type).where('subject_id', '=', subject.id)
  if (actorId) query = query.where('actor_id', '=', actorId)
  if (before) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
