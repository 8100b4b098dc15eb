import type { Reader } from '../database/database.ts'
import { newestUpTo, pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import type { LateFact } from './contract.ts'
import { daysLate, isLate, LEAST_DAYS, tellWithinDays } from './late.ts'
import type { Custody } from './tables.ts'

interface Row {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly at: Date
  readonly recorded_at: Date
  readonly signed_by: Custody
  readonly log_index: number | null
}

/** Facts that were recorded later than their kind allows, by the time of the record, the newest first. One statement. */
export async function listLate(
  tx: Reader,
  query: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<LateFact>> {
  const [at, id] = (query.after ?? newestUpTo(undefined)).split('|')
  // between the shortest term and its own a kind has few: `isLate` alone says which they are
  const rows = await tx.query<Row>(
    `select f.id, f.type, f.subject, f.at, f.recorded_at, f.signed_by, e.log_index from fact f
     left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.recorded_at - f.at > interval '${LEAST_DAYS} days'
       and (f.recorded_at, f.id) < ($2::timestamptz, $3::uuid) order by f.recorded_at desc, f.id desc limit $4`,
    [tx.programme, at, id, query.limit + 1],
    'late-facts',
  )
  const page = pageFrom(
    rows,
    query.limit,
    row => `${row.recorded_at.toISOString()}|${row.id}`,
    row => row,
  )
  const late = page.items.filter(row => isLate({ ...row, recordedAt: row.recorded_at }))
  return { items: late.map(shown), next: page.next }
}

const shown = ({ id, type, subject, at, recorded_at: recordedAt, ...row }: Row): LateFact => ({
  ...{ factId: id, type, subject, at: at.toISOString(), recordedAt: recordedAt.toISOString() },
  ...{ days: daysLate({ at, recordedAt }), withinDays: tellWithinDays(type) },
  ...{ signedBy: row.signed_by, logIndex: row.log_index },
})
