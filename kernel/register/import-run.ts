import type { Reach } from '../access/permit.ts'
import type { Reader, Writer } from '../database/database.ts'
import { XLSX } from '../files/content-type.ts'
import { type FileKit, fileRow, nameOf } from '../files/store.ts'
import type { FileTable } from '../files/tables.ts'
import { attachFiles } from '../files/uses.ts'
import { newId } from '../ids/ids.ts'
import type { Run } from '../imports/carry.ts'
import { ok, type RefusalParams, type Result, refuse } from '../result/result.ts'
import type { ImportRun } from './contract.ts'
import type { Register } from './define.ts'

/** How a run of a register's import is told from others: a trial is another thing than the import itself. */
const kindOf = (register: string, dryRun: boolean): string => `register.${register}${dryRun ? '.try' : ''}`

/**
 * Notes that a file is to be imported, as far as `reach` goes. Refuses `file.not_found` for what the caller did not
 * send, `import.not_a_sheet` {type} and, where the same file is at it already, `import.running` {run}.
 */
export async function askImport(
  tx: Writer,
  register: Register,
  reach: Reach,
  { file, dryRun }: { readonly file: string; readonly dryRun: boolean },
): Promise<Result<{ readonly id: string }>> {
  const row = await fileRow(tx, file)
  if (!row || row.uploaded_by !== tx.actor) return refuse('file.not_found')
  if (row.type !== XLSX && row.type !== 'text/csv') return refuse('import.not_a_sheet', { type: row.type })
  const kind = kindOf(register.name, dryRun)
  const [other] = await tx.query<{ id: string }>(
    `select id from import_run where programme_id = $1 and kind = $2 and file_sha256 = $3 and state <> 'done' limit 1`,
    [tx.programme, kind, row.sha256],
  )
  if (other) return refuse('import.running', { run: other.id })
  const id = newId(tx.at.getTime())
  await tx.query(
    `insert into import_run (programme_id, id, kind, file_sha256, state, started_by, started_at, dry_run, file_id, reach, holder)
     values ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8, $9, $10)`,
    [
      ...[tx.programme, id, kind, row.sha256, tx.actor, tx.at, dryRun, file],
      ...[JSON.stringify(reach), tx.holder ?? null],
    ],
  )
  const attached = await attachFiles(tx, [file], { type: 'import', id })
  return attached.ok ? ok({ id }) : attached
}

/** A run as its worker needs it. */
export interface WaitingRun extends Run {
  readonly kind: string
  readonly state: 'waiting' | 'running' | 'done'
  readonly file: string
  readonly dryRun: boolean
  readonly reach: Reach
  readonly actor: string
  readonly holder: string | null
}

/** Takes a run up, or up again after a worker died. Undefined where it has ended. */
export async function beginRun(tx: Writer, id: string): Promise<WaitingRun | undefined> {
  const [run] = await tx.query<WaitingRun>(
    `update import_run set state = 'running'
      where programme_id = $1 and id = $2 and state in ('waiting', 'running') and file_id is not null
      returning id, kind, state, rows_done as done, rows_added as added, rows_changed as changed,
        rows_unchanged as unchanged, rows_bad as bad, file_id as file, dry_run as "dryRun", reach, started_by as actor, holder`,
    [tx.programme, id],
  )
  return run
}

export interface RunEnd {
  readonly refused?: string
  readonly params?: RefusalParams
  readonly answer?: string | undefined
}

export async function endRun(
  tx: Writer,
  id: string,
  { refused, params = {}, answer }: RunEnd,
): Promise<void> {
  await tx.query(
    `update import_run set state = 'done', finished_at = $3, refused = $4, refused_params = $5, answer_file_id = $6,
       percent = case when $4::text is null then 100 else percent end
      where programme_id = $1 and id = $2 and state = 'running'`,
    [tx.programme, id, tx.at, refused ?? null, JSON.stringify(params), answer ?? null],
  )
}

type Named = Pick<FileTable, 'name' | 'name_sealed' | 'sealed_key'>
type RunRow = Omit<ImportRun, 'state' | 'faults' | 'startedAt' | 'finishedAt' | 'fileName'> & {
  readonly state: 'waiting' | 'running' | 'done'
  readonly startedAt: Date
  readonly finishedAt: Date | null
} & { readonly [K in keyof Named]: Named[K] | null }

const columns = `r.id, r.file_id as file, f.name, f.name_sealed, f.sealed_key, r.dry_run as "dryRun", r.state, r.refused,
  r.refused_params as "refusedParams", r.rows_done as rows, r.rows_added as added, r.rows_changed as changed,
  r.rows_unchanged as unchanged, r.rows_bad as bad, r.percent, r.started_at as "startedAt",
  r.finished_at as "finishedAt", r.answer_file_id as answer`

/** The caller's own runs of a register, the latest first; `before` is the last one shown. */
export async function listRuns(
  tx: Reader,
  files: FileKit,
  register: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<Omit<ImportRun, 'faults'>[]> {
  const rows = await tx.query<RunRow>(
    `select ${columns} from import_run r left join file f on f.programme_id = r.programme_id and f.id = r.file_id
      where r.programme_id = $1 and r.kind = any($2::text[]) and r.started_by = $3
        and ($4::uuid is null or r.id < $4) and r.file_id is not null
      order by r.id desc limit $5`,
    [tx.programme, [kindOf(register, false), kindOf(register, true)], tx.actor, before ?? null, limit],
  )
  return rows.map(row => shown(tx, files, row))
}

const shown = (
  tx: Reader,
  files: FileKit,
  { state, refused, startedAt, finishedAt, name, name_sealed, sealed_key, ...row }: RunRow,
): Omit<ImportRun, 'faults'> => ({
  ...row,
  // a file whose term is over has no name any more
  fileName: nameOf(files, tx.programme, { id: row.file, name: name ?? '', name_sealed, sealed_key }),
  refused,
  state: state === 'done' && refused !== null ? 'refused' : state,
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

/** As many as a page shows; all of them stand in the answer workbook. */
const MOST_FAULTS = 500

/** One of the caller's own runs, with its first faults. Refuses `import.not_found`. */
export async function readRun(
  tx: Reader,
  files: FileKit,
  register: string,
  id: string,
): Promise<Result<ImportRun>> {
  const [row] = await tx.query<RunRow>(
    `select ${columns} from import_run r left join file f on f.programme_id = r.programme_id and f.id = r.file_id
      where r.programme_id = $1 and r.id = $2 and r.kind = any($3::text[]) and r.started_by = $4`,
    [tx.programme, id, [kindOf(register, false), kindOf(register, true)], tx.actor],
  )
  if (!row) return refuse('import.not_found')
  return ok({ ...shown(tx, files, row), faults: await faultsOf(tx, id, { limit: MOST_FAULTS }) })
}

export type SheetFault = ImportRun['faults'][number]

/** Faults of a run, or of one of its sheets, after a place already shown. */
export const faultsOf = (
  tx: Reader,
  run: string,
  {
    sheet = null as string | null,
    after = { row: 0, column: '' },
    limit,
  }: { sheet?: string | null; after?: { row: number; column: string }; limit: number },
): Promise<SheetFault[]> =>
  tx.query<SheetFault>(
    `select sheet, row_number as row, "column", code, params, excerpt from import_fault
      where programme_id = $1 and run_id = $2 and ($3::text is null or sheet = $3)
        and (row_number, "column") > ($4, $5)
      order by sheet, row_number, "column" limit $6`,
    [tx.programme, run, sheet, after.row, after.column, limit],
  )
