import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { deliverJob } from './deliver-job.ts'

/** A word to people: its text is made from kind and params where it is read, in the reader's language. */
export interface Word {
  /** A key of the messages: `task.opened`. */
  readonly kind: string
  /** What is told: nobody hears of the same cause and kind twice. */
  readonly cause: string
  readonly process?: string
  readonly caseId?: string
  /** Ids, codes and dates; never personal. */
  readonly params: Readonly<Record<string, string>>
}

/** One member, or all who hold a role: at an organisation, in exactly an area, or anywhere in the programme. */
export interface Audience {
  readonly member_id: string | null
  readonly role: string | null
  readonly organisation_id: string | null
  readonly area_path: string | null
}

/** Tells people in the transaction of what is told, and hands it to the queue for those who are told elsewhere, too. */
export async function tell(tx: Writer, audience: Audience, word: Word): Promise<void> {
  const members = audience.member_id ? [audience.member_id] : await holdersOf(tx, audience)
  if (members.length === 0) return
  const rows = await tx.query<{ id: string; targets: string[] | null }>(
    `with told as (
       insert into notification (programme_id, id, member_id, at, kind, params, process, case_id, cause)
       select $1, t.id, t.member, $4, $5, $6, $7, $8, $9 from unnest($2::uuid[], $3::uuid[]) t (id, member)
       on conflict do nothing returning id, member_id)
     select told.id, (select array_agg(g.id) from notification_target g where g.programme_id = $1
        and g.member_id = told.member_id and g.ended_at is null) as targets from told`,
    [
      tx.programme,
      members.map(() => newId(tx.at.getTime())),
      members,
      tx.at,
      word.kind,
      JSON.stringify(word.params),
      word.process ?? null,
      word.caseId ?? null,
      `${word.kind}:${word.cause}`,
    ],
    'notification-tell',
  )
  for (const { id, targets } of rows)
    for (const target of targets ?? []) await enqueue(tx, deliverJob, { notification: id, target })
}

async function holdersOf(tx: Writer, { role, organisation_id, area_path }: Audience): Promise<string[]> {
  const rows = await tx.query<{ member_id: string }>(
    `select distinct s.member_id from membership s
       join member m on m.programme_id = $1 and m.id = s.member_id and m.closed_at is null
       left join organisation o on o.programme_id = $1 and o.id = s.organisation_id
       left join area a on a.code = coalesce(s.area_code, o.area_code)
      where s.programme_id = $1 and s.role = $2 and s.valid_from <= $5 and (s.valid_to is null or s.valid_to > $5)
        and ($3::uuid is null or s.organisation_id = $3) and ($4::text is null or a.path = $4)`,
    [tx.programme, role, organisation_id, area_path, tx.at],
    'notification-holders',
  )
  return rows.map(row => row.member_id)
}
