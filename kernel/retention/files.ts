import { uuidArray } from '../database/array.ts'
import type { Reader, Writer } from '../database/database.ts'
import { pathOf } from '../files/disk.ts'
import type { FileKit } from '../files/store.ts'
import type { Register } from '../register/define.ts'
import { startOf } from '../time/shanghai.ts'
import type { RetentionClass } from './classes.ts'

/** The uploader of what is held: nobody who signs in. */
const NOBODY = 'erasure'

export const attachedTo = async (
  tx: Reader,
  type: string,
  ids: readonly string[],
): Promise<{ readonly id: string }[]> =>
  tx.query(
    'select distinct file_id as id from file_use where programme_id = $1 and subject_type = $2 and subject_id = any($3::text[])',
    [tx.programme, type, ids],
  )

/** Destroys files with their uses, and returns where their bytes lie: those go after the commit. */
export async function dropFiles(tx: Writer, kit: FileKit, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const own = [tx.programme, uuidArray(ids)]
  await tx.query('delete from file_use where programme_id = $1 and file_id = any($2::uuid[])', own)
  const rows = await tx.query<{ id: string; stored_sha256: Buffer }>(
    'delete from file where programme_id = $1 and id = any($2::uuid[]) returning id, stored_sha256',
    own,
  )
  return rows.map(row => pathOf(kit.dataFolder, tx.programme, row.id, row.stored_sha256))
}

/** A file that a class holds: whoever sent it reads it no more, only who looks for that class, and its term ends it. */
export async function holdFile(
  tx: Writer,
  file: string,
  to: { readonly erasure: string; readonly class: RetentionClass; readonly until: string },
): Promise<void> {
  await tx.query('delete from file_use where programme_id = $1 and file_id = $2', [tx.programme, file])
  await tx.query(
    `update file set uploaded_by = '${NOBODY}', retention_class = $3, delete_after = $4 where programme_id = $1 and id = $2`,
    [tx.programme, file, to.class, startOf(to.until)],
  )
  await tx.query(
    `insert into file_use (programme_id, file_id, subject_type, subject_id, attached_by, attached_at)
     select $1, id, 'erasure', $3, '${NOBODY}', $4 from file where programme_id = $1 and id = $2`,
    [tx.programme, file, `${to.erasure}/${to.class}`, tx.at],
  )
}

const kindsOf = (registers: readonly Register[]): string[] =>
  registers.flatMap(({ name }) => [`register.${name}`, `register.${name}.try`])

/** Whoever sends a workbook says only afterwards what it is: for so long nobody knows whom it may hold. */
const SENDING_MS = 3_600_000

const NO_RUN = `not exists (select from import_run r where r.programme_id = $1 and f.id in (r.file_id, r.answer_file_id))`

/** Imports of these registers that are not over, or are being sent: they may hold anybody, and need their workbooks. */
export async function importsUnderWay(tx: Reader, registers: readonly Register[]): Promise<number> {
  const rows = await tx.query(
    `select 1 from import_run where programme_id = $1 and kind = any($2::text[]) and state <> 'done'
     union all select 1 from file f where f.programme_id = $1 and f.kind = 'import' and f.uploaded_at > $3 and ${NO_RUN}`,
    [tx.programme, kindsOf(registers), sentBefore(tx)],
  )
  return rows.length
}

const sentBefore = (tx: Reader): Date => new Date(tx.at.getTime() - SENDING_MS)

/**
 * Workbooks cannot be cut up: of what was sent to be imported everything goes that may hold somebody of these registers,
 * with the answers, with what stood in the cells that were refused, and with what was sent and never imported. Others
 * send theirs again.
 */
export async function workbooks(tx: Writer, registers: readonly Register[]): Promise<string[]> {
  const kinds = kindsOf(registers)
  await tx.query(
    `update import_fault f set excerpt = null from import_run r
      where f.programme_id = $1 and r.programme_id = $1 and r.id = f.run_id and r.kind = any($2::text[])
        and f.excerpt is not null`,
    [tx.programme, kinds],
  )
  const rows = await tx.query<{ id: string }>(
    `select f.id from file f where f.programme_id = $1 and f.kind in ('import', 'answer')
       and (exists (select from import_run r where r.programme_id = $1 and f.id in (r.file_id, r.answer_file_id)
           and r.kind = any($2::text[]))
         or f.uploaded_at <= $3 and ${NO_RUN})`,
    [tx.programme, kinds, sentBefore(tx)],
  )
  return rows.map(({ id }) => id)
}
