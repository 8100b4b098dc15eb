import type { Database, Scope, Writer } from '../database/database.ts'
import { must, ok, Refused } from '../result/result.ts'
import { type Columns, type Fault, faultOf, placesOf, type RowOf, rowReader } from './columns.ts'
import type { ImportKind, NumberedRow, Written } from './kind.ts'
import type { SourceRecord } from './source.ts'

/** Where a run stands. */
export interface Run {
  readonly id: string
  readonly done: number
  readonly added: number
  readonly unchanged: number
  readonly bad: number
}

export interface Chunk<C extends Columns> {
  readonly rows: readonly NumberedRow<RowOf<C>>[]
  readonly faults: readonly (Fault & { readonly number: number })[]
  readonly bad: number
  readonly records: readonly SourceRecord[]
}

export type ChunkReader<C extends Columns> = (records: readonly SourceRecord[]) => Chunk<C>

/** Reads records as rows and faults, by the heading; throws its refusals. */
export function chunkReader<C extends Columns>(kind: ImportKind<C>, heading: SourceRecord): ChunkReader<C> {
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

/** Writes a chunk with its faults and moves the run past it, all in one transaction; returns where the run stands then. */
export function writeChunk<C extends Columns>(
  database: Database,
  scope: Scope,
  kind: ImportKind<C>,
  before: Run,
  { rows, faults, bad, records }: Chunk<C>,
  onSent: () => void,
): Promise<Run> {
  return database
    .write<Run>(scope, async tx => {
      const writing: Promise<Written> = rows.length > 0 ? kind.write(tx, rows) : Promise.resolve({ added: 0 })
      onSent()
      const written = await writing
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
