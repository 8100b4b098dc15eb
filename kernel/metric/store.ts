import type { Reader, Writer } from '../database/database.ts'
import type { Cell, Seen } from './fold.ts'

/** Places of the log in one chunk of a cell's facts. */
export const CHUNK = 1024

export interface Sums {
  readonly series: string
  readonly cells: Iterable<Cell>
}

export async function addCells(tx: Writer, sums: readonly Sums[]): Promise<void> {
  const added = new Map<string, Cell & { readonly metric: string }>()
  for (const { series, cells } of sums)
    for (const { period, dims, sum, count } of cells) {
      const key = JSON.stringify([series, period, dims])
      const row = added.get(key) ?? { metric: series, period, dims, sum: 0, count: 0 }
      row.sum += sum
      row.count += count
      added.set(key, row)
    }
  const rows = [...added.values()]
  if (rows.length === 0) return
  await tx.query(
    `insert into metric_cell (programme_id, metric, period, dims, sum, count)
     select $1, metric, period, dims, sum, count
     from jsonb_to_recordset($2::jsonb) as r (metric text, period text, dims text[], sum bigint, count bigint)
     order by metric, period, dims
     on conflict (programme_id, metric, period, dims) do update
     set sum = metric_cell.sum + excluded.sum, count = metric_cell.count + excluded.count`,
    [tx.programme, JSON.stringify(rows)],
    'metric-add',
  )
}

/** A fact in a cell. */
export interface Place {
  readonly series: string
  readonly period: string
  readonly dims: readonly string[]
  readonly index: number
}

/** Notes which facts a cell is made of. Indexes come in rising order, a run after the other. */
export async function addPlaces(tx: Writer, places: readonly Place[]): Promise<void> {
  const chunks = new Map<string, { row: object; indexes: number[] }>()
  for (const { series: metric, period, dims, index } of places) {
    const chunk = Math.floor(index / CHUNK)
    const key = JSON.stringify([metric, period, chunk, dims])
    const found = chunks.get(key) ?? { row: { metric, period, chunk, dims }, indexes: [] }
    if (found.indexes.at(-1) !== index) found.indexes.push(index)
    chunks.set(key, found)
  }
  if (chunks.size === 0) return
  await tx.query(
    `insert into metric_fact (programme_id, metric, period, chunk, dims, indexes)
     select $1, metric, period, chunk, dims, indexes
     from jsonb_to_recordset($2::jsonb) as r (metric text, period text, chunk bigint, dims text[], indexes bigint[])
     order by metric, period, chunk, dims
     on conflict (programme_id, metric, period, chunk, dims) do update
     set indexes = metric_fact.indexes || excluded.indexes`,
    [tx.programme, JSON.stringify([...chunks.values()].map(({ row, indexes }) => ({ ...row, indexes })))],
    'metric-facts-add',
  )
}

/** Subjects are handed about as hexadecimal of their hash. */
export async function readSeen(
  tx: Reader,
  series: readonly string[],
  subjects: readonly string[],
  periods: readonly string[],
): Promise<Map<string, Seen[]>> {
  if (subjects.length === 0) return new Map()
  const rows = await tx.query<{ metric: string; subject: Buffer; period: string; dims: string[] }>(
    `select metric, subject, period, dims from metric_subject
     where programme_id = $1 and metric = any($2::text[]) and subject = any($3::bytea[]) and period = any($4::text[])`,
    [tx.programme, series, subjects.map(subject => Buffer.from(subject, 'hex')), periods],
    'metric-seen',
  )
  const seen = rows.map(row => ({ ...row, subject: row.subject.toString('hex') }))
  return Map.groupBy(seen, row => row.metric)
}

export interface Moves {
  readonly series: string
  readonly came: Iterable<Seen>
  readonly went: Iterable<Seen>
}

export async function moveSubjects(tx: Writer, moves: readonly Moves[]): Promise<void> {
  const rowsOf = (which: 'came' | 'went') =>
    moves.flatMap(move => [...move[which]].map(seen => ({ metric: move.series, ...seen })))
  const [went, came] = [rowsOf('went'), rowsOf('came')]
  const of = 'jsonb_to_recordset($2::jsonb) as r (metric text, subject text, period text, dims text[])'
  if (went.length > 0)
    await tx.query(
      `delete from metric_subject s using ${of} where s.programme_id = $1 and s.metric = r.metric
         and s.subject = decode(r.subject, 'hex') and s.period = r.period and s.dims = r.dims`,
      [tx.programme, JSON.stringify(went)],
      'metric-subjects-went',
    )
  if (came.length > 0)
    await tx.query(
      `insert into metric_subject (programme_id, metric, subject, period, dims)
       select $1, metric, decode(subject, 'hex'), period, dims from ${of} on conflict do nothing`,
      [tx.programme, JSON.stringify(came)],
      'metric-subjects-came',
    )
}
