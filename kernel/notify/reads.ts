import type { Reader, Writer } from '../database/database.ts'
import { pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import type { NotificationRow } from './tables.ts'

export interface Notification {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly params: Record<string, string>
  readonly process: string | null
  readonly case: string | null
  /** What people call the case. */
  readonly title: string | null
  readonly read: boolean
}

/** A member's own, the newest first, with how many are unread. Two statements. */
export async function notificationsOf(
  tx: Reader,
  memberId: string | null,
  query: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Notification> & { unread: number }> {
  const [at, id] = query.after?.split('|') ?? [null, null]
  const rows = await tx.query<Titled>(
    `select n.programme_id, n.id, n.member_id, n.at, n.kind, n.params, n.process, n.case_id, n.cause, n.read_at, c.title
       from notification n left join process_case c on c.programme_id = $1 and c.id = n.case_id
      where n.programme_id = $1 and n.member_id = $2 and ($3::timestamptz is null or (n.at, n.id) < ($3, $4::uuid))
      order by n.at desc, n.id desc limit $5`,
    [tx.programme, memberId, at, id, query.limit + 1],
    'notifications',
  )
  const [count] = await tx.query<{ n: number }>(
    'select count(*) as n from notification where programme_id = $1 and member_id = $2 and read_at is null',
    [tx.programme, memberId],
    'notifications-unread',
  )
  const page = pageFrom(rows, query.limit, row => `${row.at.toISOString()}|${row.id}`, notificationOf)
  return { ...page, unread: count!.n }
}

type Titled = NotificationRow & { readonly title: string | null }

const notificationOf = (row: Titled): Notification => ({
  id: row.id,
  at: row.at.toISOString(),
  kind: row.kind,
  params: row.params,
  process: row.process,
  case: row.case_id,
  title: row.title,
  read: row.read_at !== null,
})

/** Marks one notification and all before it as read; returns how many were not. */
export async function markRead(tx: Writer, memberId: string | null, upTo: string): Promise<number> {
  const rows = await tx.query(
    `update notification n set read_at = $4 from notification last
      where n.programme_id = $1 and n.member_id = $2 and n.read_at is null
        and last.programme_id = $1 and last.id = $3 and last.member_id = $2
        and (n.at, n.id) <= (last.at, last.id) returning 1`,
    [tx.programme, memberId, upTo, tx.at],
    'notifications-read',
  )
  return rows.length
}

/**
 * What was told of tasks that are done is news to nobody any more: every word whose cause begins with one. What a member
 * marks at the same moment is left to them.
 */
export async function readOf(tx: Writer, tasks: readonly string[]): Promise<void> {
  await tx.query(
    `update notification set read_at = $3 where programme_id = $1 and id in (
       select id from notification where programme_id = $1 and split_part(cause, ':', 2) = any($2::text[])
          and read_at is null for update skip locked)`,
    [tx.programme, tasks, tx.at],
    'notifications-done',
  )
}
