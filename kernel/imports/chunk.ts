import type { Writer } from '../database/database.ts'
import { must } from '../result/result.ts'
import type { Outcome, PlacedFault } from './carry.ts'
import { type Columns, faultOf, placesOf, type RowOf, rowReader } from './columns.ts'
import type { ImportKind, NumberedRow, Written } from './kind.ts'
import type { SourceRecord } from './source.ts'

export interface Chunk<C extends Columns> {
  readonly rows: readonly NumberedRow<RowOf<C>>[]
  readonly faults: readonly PlacedFault[]
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
    const faults: PlacedFault[] = []
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

/** Writes the good rows of a chunk, in the transaction that keeps its faults and moves the run past it. */
export async function writeChunk<C extends Columns>(
  tx: Writer,
  kind: ImportKind<C>,
  { rows, faults, bad }: Chunk<C>,
  onSent: () => void,
): Promise<Outcome> {
  const writing: Promise<Written> = rows.length > 0 ? kind.write(tx, rows) : Promise.resolve({ added: 0 })
  onSent()
  const written = await writing
  const late = (written.faults ?? []).map(({ number, fault }) => ({ ...fault, excerpt: null, number }))
  return {
    added: written.added,
    unchanged: rows.length - written.added - late.length,
    bad: bad + late.length,
    faults: [...faults, ...late],
  }
}
