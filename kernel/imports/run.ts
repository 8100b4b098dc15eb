import { createHash } from 'node:crypto'
import type { Database, Scope } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { must, ok, Refused, type Result, refuse } from '../result/result.ts'
import { carry, type Run, type Step } from './carry.ts'
import { type ChunkReader, chunkReader, writeChunk } from './chunk.ts'
import type { Columns, HeaderRefusal } from './columns.ts'
import type { ImportKind } from './kind.ts'
import { batches, type Scanned, scan } from './source.ts'

/** Rows that go in together with their checkpoint. */
const CHUNK = 1000

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
 * at the same file; also whatever the kind itself refuses by throwing.
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
    const end = await passage(database, scope, kind, file, run, options).catch(error =>
      giveUp(database, scope, run, error),
    )
    await closeRun(database, scope, run.id)
    const { id, done, added, unchanged, bad } = end
    return ok({ run: id, rows: done, added, unchanged, bad, resumedAfter: run.done })
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal.code as ImportRefusal, error.refusal.params)
    throw error
  }
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
        `select id, rows_done as done, rows_added as added, rows_changed as changed, rows_unchanged as unchanged,
           rows_bad as bad
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

async function passage<C extends Columns>(
  database: Database,
  scope: Scope,
  kind: ImportKind<C>,
  file: Scanned,
  start: Run,
  { onProgress, signal }: ImportOptions,
): Promise<Run> {
  const steps = stepsOf(kind, file, start.done)
  return carry(database, scope, start, steps, {
    signal,
    onStep: (run, step) =>
      onProgress?.({ done: run.done, bad: run.bad, bytes: (step as FileStep).bytes, total: file.size }),
  })
}

interface FileStep extends Step {
  /** Of the file, read for it. */
  readonly bytes: number
}

async function* stepsOf<C extends Columns>(
  kind: ImportKind<C>,
  file: Scanned,
  done: number,
): AsyncGenerator<FileStep> {
  let read: ChunkReader<C> | undefined
  let skip = done
  for await (const { records: all, bytes } of batches(file, CHUNK)) {
    const records = read ? all : all.slice(1)
    read ??= chunkReader(kind, all[0]!)
    const chunk = read(records.slice(skip))
    skip = Math.max(0, skip - records.length)
    if (chunk.records.length === 0) continue
    yield {
      records: chunk.records.length,
      bytes,
      percent: Math.floor((100 * bytes) / file.size),
      write: (tx, onSent) => writeChunk(tx, kind, chunk, onSent),
    }
  }
  if (!read) throw new Refused('import.empty')
}

/** What was refused will be refused again: the run ends. After any other error it waits to be resumed. */
async function giveUp(database: Database, scope: Scope, run: Run, error: unknown): Promise<never> {
  const code = error instanceof Refused ? error.refusal.code : undefined
  if (code !== undefined && code !== 'import.taken_over') await closeRun(database, scope, run.id, code)
  throw error
}

async function closeRun(database: Database, scope: Scope, id: string, refused?: string): Promise<void> {
  await database
    .write(scope, async tx =>
      ok(
        await tx.query(
          `update import_run set state = 'done', finished_at = $3, refused = $4
           where programme_id = $1 and id = $2 and state = 'running'`,
          [tx.programme, id, tx.at, refused ?? null],
        ),
      ),
    )
    .then(must)
}
