import type { Reader } from '../database/database.ts'
import { pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { startOf } from '../time/shanghai.ts'
import { normalUsername } from './accounts.ts'
import type { AccessRecord } from './administration-contract.ts'
import type { AccessAuditRow } from './tables.ts'

export interface AuditListQuery {
  readonly after?: string | undefined
  readonly limit: number
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly subjectType?: string | undefined
  readonly subject?: string | undefined
  /** Days in Shanghai, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

type Row = AccessAuditRow & { readonly actor: string | null }

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Who looked at or did what to whom, the newest first. One statement. */
export async function listAudit(tx: Reader, query: AuditListQuery): Promise<Page<AccessRecord>> {
  const rows = await tx.query<Row>(
    `select r.*, coalesce(u.username, c.name) as actor
     from (select id, at, actor_id, action, subject_type, subject_id, fields, purpose from access_audit
       where programme_id = $1 and id < $2
         and ($3::text is null or actor_id = coalesce((select u.id from auth."user" u
           join member m on m.programme_id = $1 and m.account_id = u.id where u.username = $4), $3))
         and ($5::text is null or action = $5) and ($6::text is null or subject_type = $6)
         and ($7::text is null or subject_id = $7)
         and ($8::timestamptz is null or at >= $8) and ($9::timestamptz is null or at < $9)
       order by id desc limit $10) r
     left join member m on m.programme_id = $1 and m.account_id = r.actor_id
     left join auth."user" u on u.id = m.account_id
     left join api_client c on c.programme_id = $1 and c.id::text = r.actor_id
     order by r.id desc`,
    [
      tx.programme,
      query.after ?? LAST_ID,
      query.actor ?? null,
      query.actor ? normalUsername(query.actor) : null,
      query.action ?? null,
      query.subjectType ?? null,
      query.subject ?? null,
      query.from ? startOf(query.from) : null,
      query.to ? dayAfter(query.to) : null,
      query.limit + 1,
    ],
  )
  return pageFrom(rows, query.limit, row => row.id, recordOf)
}

const dayAfter = (day: string): Date => new Date(startOf(day).getTime() + 86_400_000)

const recordOf = (row: Row): AccessRecord => ({
  id: row.id,
  at: row.at.toISOString(),
  actorId: row.actor_id,
  actor: row.actor,
  action: row.action,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  fields: row.fields,
  purpose: row.purpose,
})
