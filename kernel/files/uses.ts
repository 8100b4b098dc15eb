import type { Principal } from '../access/principal.ts'
import type { Reader, Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'

/** Whether somebody may read; of what is shown for a stated purpose only, that purpose. */
export type MayRead = boolean | { readonly purpose: string }

/** Whether somebody may read a subject of a type, and so the files attached to it. By the subject's type. */
export type FileReaders = Readonly<
  Record<string, (tx: Reader, principal: Principal, subjectId: string) => Promise<MayRead>>
>

/**
 * Attaches files to what they belong to. Only who sent a file may attach it, so that nobody opens another's by naming
 * it. Refuses `file.not_found`.
 */
export async function attachFiles(
  tx: Writer,
  files: readonly string[],
  ...subjects: readonly { readonly type: string; readonly id: string }[]
): Promise<Result<null, 'file.not_found'>> {
  const wanted = [...new Set(files)]
  if (wanted.length === 0) return ok(null)
  const own = await tx.query(
    'select 1 from file where programme_id = $1 and id = any($2::uuid[]) and uploaded_by = $3',
    [tx.programme, wanted, tx.actor],
  )
  if (own.length < wanted.length) return refuse('file.not_found')
  await tx.query(
    `insert into file_use (programme_id, file_id, subject_type, subject_id, attached_by, attached_at)
     select $1, f, s.type, s.id, $5, $6 from unnest($2::uuid[]) f cross join unnest($3::text[], $4::text[]) s(type, id)
     on conflict do nothing`,
    [
      ...[tx.programme, wanted, subjects.map(({ type }) => type), subjects.map(({ id }) => id)],
      ...[tx.actor, tx.at],
    ],
  )
  return ok(null)
}

/** Whether a file is somebody's own, or attached to what they may read. */
export async function mayRead(
  tx: Reader,
  readers: FileReaders,
  principal: Principal,
  file: { readonly id: string; readonly uploadedBy: string },
): Promise<MayRead> {
  if (file.uploadedBy === principal.id) return true
  const uses = await tx.query<{ type: string; id: string }>(
    'select subject_type as type, subject_id as id from file_use where programme_id = $1 and file_id = $2',
    [tx.programme, file.id],
  )
  for (const { type, id } of uses) {
    const may = await readers[type]?.(tx, principal, id)
    if (may) return may
  }
  return false
}
