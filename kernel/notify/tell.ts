import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { enqueueMany } from '../jobs/enqueue.ts'
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

/** A word, and who hears it. */
export interface Telling {
  readonly audience: Audience
  readonly word: Word
}

/** Tells people in the transaction of what is told, and hands it to the queue for those who are told elsewhere, too. */
export const tell = (tx: Writer, audience: Audience, word: Word): Promise<void> =>
  tellAll(tx, [{ audience, word }])

/** Several words at once: three statements at most, however many hear them. */
export async function tellAll(tx: Writer, tellings: readonly Telling[]): Promise<void> {
  const heard = await hearersOf(tx, tellings)
  if (heard.length === 0) return
  const rows = await tx.query<{ notification: string; target: string }>(
    `with told as (
       insert into notification (programme_id, id, member_id, at, kind, params, process, case_id, cause)
       select $1, t.id, t.member, $2, t.kind, t.params::jsonb, t.process, t.case_id, t.kind || ':' || t.cause
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[])
           t (id, member, kind, params, process, case_id, cause)
       on conflict do nothing returning id, member_id)
     select told.id as notification, g.id as target from told
       join notification_target g on g.programme_id = $1 and g.member_id = told.member_id and g.ended_at is null`,
    [
      tx.programme,
      tx.at,
      heard.map(() => newId(tx.at.getTime())),
      heard.map(({ member }) => member),
      heard.map(({ word }) => word.kind),
      heard.map(({ word }) => JSON.stringify(word.params)),
      heard.map(({ word }) => word.process ?? null),
      heard.map(({ word }) => word.caseId ?? null),
      heard.map(({ word }) => word.cause),
    ],
    'notification-tell',
  )
  await enqueueMany(tx, deliverJob, rows)
}

/** Each word once for each member who hears it; whoever goes on for an organisation hears what is told to it. */
async function hearersOf(
  tx: Writer,
  tellings: readonly Telling[],
): Promise<{ readonly member: string; readonly word: Word }[]> {
  const named = tellings.flatMap(({ audience, word }) =>
    audience.member_id ? [{ member: audience.member_id, word }] : [],
  )
  const desks = tellings.filter(({ audience }) => audience.member_id === null)
  if (desks.length === 0) return named
  const rows = await tx.query<{ no: number; member_id: string }>(
    `with recursive q (role, organisation, path, no) as (
       select * from unnest($2::text[], $3::uuid[], $4::text[]) with ordinality
       union all
       select q.role, o.successor_id, q.path, q.no from q
         join organisation o on o.programme_id = $1 and o.id = q.organisation and o.successor_id is not null)
     select distinct q.no::int as no, s.member_id from q
       join membership s on s.programme_id = $1 and s.role = q.role and s.valid_from <= $5
         and (s.valid_to is null or s.valid_to > $5) and (q.organisation is null or s.organisation_id = q.organisation)
       join member m on m.programme_id = $1 and m.id = s.member_id and m.closed_at is null
       left join organisation o on o.programme_id = $1 and o.id = s.organisation_id
       left join area a on a.code = coalesce(s.area_code, o.area_code)
      where q.path is null or a.path = q.path`,
    [
      tx.programme,
      desks.map(({ audience }) => audience.role),
      desks.map(({ audience }) => audience.organisation_id),
      desks.map(({ audience }) => audience.area_path),
      tx.at,
    ],
    'notification-holders',
  )
  return [...named, ...rows.map(({ no, member_id }) => ({ member: member_id, word: desks[no - 1]!.word }))]
}
