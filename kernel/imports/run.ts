import { createHash } from 'node:crypto'
import type { Database, Scope, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { must, ok, Refused, type Result, refuse } from '../result/result.ts'
import {
  type Columns,
  type Fault,
  faultOf,
  type HeaderRefusal,
  placesOf,
  type RowOf,
  rowReader,
} from './columns.ts'
import { type Batch, batches, type Scanned, type SourceRecord, scan } from './source.ts'

/** Rows that go in together with their checkpoint. */
const CHUNK = 1000

export interface NumberedRow<R> {
  /** As a spreadsheet counts, the heading being 1. */
  readonly number: number
  readonly row: R
}

export interface Written {
  /** Rows that were new or changed something; the others, but for the faults, had been there before. */
  readonly added: number
  readonly faults?: readonly { readonly number: number; readonly fault: Omit<Fault, 'excerpt'> }[]
}

/** What is imported: its columns, its rules and how a chunk of it is written. */
export interface ImportKind<C extends Columns> {
  readonly name: string
  readonly columns: C
  /** What else settles the outcome, such as a second file: a run is resumed only with the same. */
  readonly fingerprint?: string
  /** A rule over the whole row; pure. */
  readonly check?: (row: RowOf<C>) => Omit<Fault, 'excerpt'> | undefined
  /** In one transaction. Must find doubles by their natural key, since any row may come again. */
  readonly write: (tx: Writer, rows: readonly NumberedRow<RowOf<C>>[]) => Promise<Written>
}

export interface ImportProgress {
  readonly done: number
  readonly bad: number
  /** Of the file, read so far. */
  readonly bytes: number
  /** Size of the file. */
  readonly total: number
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void
  /** Stops between two chunks by throwing its reason; the next run goes on from there. */
  readonly signal?: AbortSignal
}

export interface ImportReport {
  readonly run: string
  readonly rows: number
  readonly added: number
  readonly unchanged: number
  readonly bad: number
  /** Rows that an earlier process had done before it was cut off. */
  readonly resumedAfter: number
}

export type ImportRefusal = HeaderRefusal | 'import.empty' | 'import.quote_open' | 'import.taken_over'

/**
 * Reads a CSV file into the database, good rows in and bad ones reported in `import_fault`. Memory does not grow with
 * the file. Cut off anywhere, the next call with the same content goes on after the last chunk that was kept; called
 * again after the end it finds everything unchanged. Refuses `import.empty`, `import.columns_missing` {columns},
 * `import.column_twice` {column}, `import.quote_open` {row}, and `import.taken_over` {run} where another process is
 * at the same file.
 */
export async function runImport<C extends Columns>(
  database: Database,
  scope: Scope,
  kind: ImportKind<C>,
  path: string,
  options: ImportOptions = {},
): Promise<Result<ImportReport, ImportRefusal>> {
  try {
    const file = await scan(path)
    const run = await openRun(database, scope, kind, file)
    const end = await passage(database, scope, kind, file, run, options)
    await closeRun(database, scope, end)
    const { id, done, added, unchanged, bad } = end
    return ok({ run: id, rows: done, added, unchanged, bad, resumedAfter: run.done })
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal.code as ImportRefusal, error.refusal.params)
    throw error
  }
}

/** Where a run stands. */
interface Run {
  readonly id: string
  readonly done: number
  readonly added: number
  readonly unchanged: number
  readonly bad: number
}

async function openRun<C extends Columns>(
  database: Database,
  scope: Scope,
  kind: ImportKind<C>,
  file: Scanned,
): Promise<Run> {
  const sha256 = createHash('sha256')
    .update(file.sha256)
    .update(kind.fingerprint ?? '')
    .digest()
  const opened = await database.write(scope, async tx => {
    await tx.query(
      `insert into import_run (programme_id, id, kind, file_sha256, state, started_by, started_at)
       values ($1, $2, $3, $4, 'running', $5, $6)
       on conflict (programme_id, kind, file_sha256) where state = 'running' do nothing`,
      [tx.programme, newId(), kind.name, sha256, tx.actor, tx.at],
    )
    return ok(
      await tx.query<Run>(
        `select id, rows_done as done, rows_added as added, rows_unchanged as unchanged, rows_bad as bad
         from import_run where programme_id = $1 and kind = $2 and file_sha256 = $3 and state = 'running'`,
        [tx.programme, kind.name, sha256],
      ),
    )
  })
  const [run] = must(opened)
  // another process ended it between the two statements
  if (!run) throw new Refused('import.taken_over', { run: '' })
  return run
}

/** Reads ahead one chunk while the one before is written. */
async function passage<C extends Columns>(
  database: Database,
  scope: Scope,
  kind: ImportKind<C>,
  file: Scanned,
  start: Run,
  { onProgress, signal }: ImportOptions,
): Promise<Run> {
  let read: ChunkReader<C> | undefined
  let skip = start.done
  let writing = Promise.resolve(start)
  for await (const batch of batches(file, CHUNK)) {
    let records = batch.records
    if (!read) {
      read = chunkReader(kind, records[0]!)
      records = records.slice(1)
    }
    const rest = records.slice(skip)
    skip = Math.max(0, skip - records.length)
    const chunk = read(rest)
    const before = await writing
    signal?.throwIfAborted()
    if (rest.length === 0) continue
    writing = writeChunk(database, scope, kind, before, chunk).then(run => tell(onProgress, run, batch, file))
    // awaited with the next chunk; until then its failure is nobody's
    writing.catch(() => undefined)
  }
  if (!read) throw new Refused('import.empty')
  return writing
}

function tell(onProgress: ImportOptions['onProgress'], run: Run, { bytes }: Batch, { size }: Scanned): Run {
  onProgress?.({ done: run.done, bad: run.bad, bytes, total: size })
  return run
}

interface Chunk<C extends Columns> {
  readonly rows: readonly NumberedRow<RowOf<C>>[]
  readonly faults: readonly (Fault & { readonly number: number })[]
  readonly bad: number
  readonly records: readonly SourceRecord[]
}

type ChunkReader<C extends Columns> = (records: readonly SourceRecord[]) => Chunk<C>

function chunkReader<C extends Columns>(kind: ImportKind<C>, heading: SourceRecord): ChunkReader<C> {
  const places = must(placesOf(kind.columns, heading.cells))
  const read = rowReader(kind.columns, places)
  return records => {
    const rows: NumberedRow<RowOf<C>>[] = []
    const faults: (Fault & { number: number })[] = []
    for (const { number, cells } of records) {
      const result = read(cells)
      const wrong = 'row' in result ? kind.check?.(result.row) : undefined
      if ('faults' in result) for (const fault of result.faults) faults.push({ ...fault, number })
      else if (wrong) {
        const text = cells[places.get(wrong.column) ?? -1]?.trim() ?? ''
        const { column, code, params } = wrong
        faults.push({ ...faultOf(column, kind.columns[column], text, code, params), number })
      } else rows.push({ number, row: result.row })
    }
    return { rows, faults, bad: records.length - rows.length, records }
  }
}

function writeChunk<C extends Columns>(
  database: Database,
  scope: Scope,
  kind: ImportKind<C>,
  before: Run,
  { rows, faults, bad, records }: Chunk<C>,
): Promise<Run> {
  return database
    .write<Run>(scope, async tx => {
      const written = rows.length > 0 ? await kind.write(tx, rows) : { added: 0 }
      const late = (written.faults ?? []).map(({ number, fault }) => ({ ...fault, excerpt: null, number }))
      const after = {
        id: before.id,
        done: before.done + records.length,
        added: before.added + written.added,
        unchanged: before.unchanged + rows.length - written.added - late.length,
        bad: before.bad + bad + late.length,
      }
      await checkpoint(tx, before, after)
      await writeFaults(tx, before.id, [...faults, ...late])
      return ok(after)
    })
    .then(must)
}

async function writeFaults(
  tx: Writer,
  run: string,
  faults: readonly (Fault & { number: number })[],
): Promise<void> {
  if (faults.length === 0) return
  await tx.query(
    `insert into import_fault (programme_id, run_id, row_number, "column", code, params, excerpt)
     select $1, $2, * from unnest($3::bigint[], $4::text[], $5::text[], $6::jsonb[], $7::text[])`,
    [
      tx.programme,
      run,
      faults.map(fault => fault.number),
      faults.map(fault => fault.column),
      faults.map(fault => fault.code),
      faults.map(fault => JSON.stringify(fault.params)),
      faults.map(fault => fault.excerpt),
    ],
    'import-faults',
  )
}

/** Moves the run from where we found it; of two processes at the same chunk one is rolled back here. */
async function checkpoint(tx: Writer, before: Run, after: Run): Promise<void> {
  const moved = await tx.query(
    `update import_run set rows_done = $4, rows_added = $5, rows_unchanged = $6, rows_bad = $7
     where programme_id = $1 and id = $2 and rows_done = $3 and state = 'running' returning 1`,
    [tx.programme, before.id, before.done, after.done, after.added, after.unchanged, after.bad],
    'import-checkpoint',
  )
  if (moved.length === 0) throw new Refused('import.taken_over', { run: before.id })
}

async function closeRun(database: Database, scope: Scope, run: Run): Promise<void> {
  await database
    .write(scope, async tx =>
      ok(
        await tx.query(
          `update import_run set state = 'done', finished_at = $3
           where programme_id = $1 and id = $2 and state = 'running'`,
          [tx.programme, run.id, tx.at],
        ),
      ),
    )
    .then(must)
}
