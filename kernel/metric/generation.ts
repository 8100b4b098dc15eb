import { createHash } from 'node:crypto'
import type { Reader, Writer } from '../database/database.ts'
import type { Counted } from './define.ts'
import { ALL_MARKS, markedSeries } from './marks.ts'
import type { MetricGenerationTable } from './tables.ts'

export type Generation = Omit<MetricGenerationTable, 'programme_id'>

/** The subscription that keeps every metric: one reading of the log, one cursor. */
export const CURSOR = 'metrics'

/** Where a generation's cells stand. */
export const seriesOf = ({ metric, generation }: Pick<Generation, 'metric' | 'generation'>): string =>
  `${metric}@${generation}`

/** Changes whenever cells made by the definition may come out otherwise. */
export function digestOf(metric: Counted): string {
  const { read: _read, facts: _facts, guard: _guard, open: _open, unit: _unit, ...counts } = metric
  // raised when all cells are made otherwise: since 2 they tell on whose word they rest
  const text = JSON.stringify({ cells: 2, ...counts }, (name, value) => {
    // how cells are told of now, not what is in them
    if (name === 'follows') return undefined
    return typeof value === 'function' ? String(value) : value
  })
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

const COLUMNS = 'metric, generation, digest, state, next_index, stopped_at, stopped_code, made_at'

/** The generations that answer, by metric. */
export async function currentGenerations(tx: Reader): Promise<Map<string, Generation>> {
  const rows = await tx.query<Generation>(
    `select ${COLUMNS} from metric_generation where programme_id = $1 and state = 'current'`,
    [tx.programme],
    'metric-generations',
  )
  return new Map(rows.map(row => [row.metric, row]))
}

export async function currentOf(tx: Reader, metric: string): Promise<Generation | undefined> {
  return (await currentGenerations(tx)).get(metric)
}

/** How far the log has been read for metrics. */
export async function cursorOf(tx: Reader): Promise<number> {
  const [row] = await tx.query<{ next_index: number }>(
    'select next_index from subscription where programme_id = $1 and name = $2',
    [tx.programme, CURSOR],
    'metric-cursor',
  )
  return row?.next_index ?? 0
}

/** The same, holding up whoever would move it. */
export async function lockCursor(tx: Writer): Promise<{ next: number; failed: boolean } | undefined> {
  const [row] = await tx.query<{ next_index: number; failed_at: Date | null }>(
    'select next_index, failed_at from subscription where programme_id = $1 and name = $2 for update',
    [tx.programme, CURSOR],
    'metric-cursor-lock',
  )
  return row && { next: row.next_index, failed: row.failed_at !== null }
}

/** A generation that is being filled, locked; made if there is none of this definition. */
export async function fillingOf(tx: Writer, metric: Counted): Promise<Generation> {
  const digest = digestOf(metric)
  const find = () =>
    tx.query<Generation>(
      `select ${COLUMNS} from metric_generation where programme_id = $1 and metric = $2 and state = 'filling' for update`,
      [tx.programme, metric.name],
    )
  const [found] = await find()
  if (found?.digest === digest) return found
  if (found) await setState(tx, found, 'past')
  await tx.query(
    `insert into metric_generation (programme_id, metric, generation, digest, state, next_index, made_at)
     select $1, $2, coalesce(max(generation), 0) + 1, $3, 'filling', 0, $4 from metric_generation
     where programme_id = $1 and metric = $2 on conflict do nothing`,
    [tx.programme, metric.name, digest, tx.at],
  )
  return (await find())[0]!
}

export async function lockGeneration(
  tx: Writer,
  metric: string,
  generation: number,
): Promise<Generation | undefined> {
  const [row] = await tx.query<Generation>(
    `select ${COLUMNS} from metric_generation where programme_id = $1 and metric = $2 and generation = $3 for update`,
    [tx.programme, metric, generation],
  )
  return row
}

export const moveTo = (tx: Writer, of: Generation, next: number): Promise<object[]> =>
  tx.query(
    `update metric_generation set next_index = $4 where programme_id = $1 and metric = $2 and generation = $3`,
    [tx.programme, of.metric, of.generation, next],
  )

export const setState = (tx: Writer, of: Generation, state: Generation['state']): Promise<object[]> =>
  tx.query(
    `update metric_generation set state = $4 where programme_id = $1 and metric = $2 and generation = $3`,
    [tx.programme, of.metric, of.generation, state],
  )

/** It follows the log no further than `at`; the first reason stands. */
export const stop = (tx: Writer, of: Generation, at: number, code: string): Promise<object[]> =>
  tx.query(
    `update metric_generation set stopped_at = $4, stopped_code = $5
     where programme_id = $1 and metric = $2 and generation = $3 and stopped_at is null`,
    [tx.programme, of.metric, of.generation, at, code],
  )

/** Takes away what generations held that answer no more. */
export async function clearPast(tx: Writer, metric: string): Promise<void> {
  const rows = await tx.query<Generation>(
    `delete from metric_generation where programme_id = $1 and metric = $2 and state = 'past' returning metric, generation`,
    [tx.programme, metric],
  )
  const series = rows.map(seriesOf)
  for (const table of ['metric_cell', 'metric_fact', 'metric_subject'])
    await tx.query(`delete from ${table} where programme_id = $1 and metric = any($2::text[])`, [
      tx.programme,
      series.flatMap(each => [each, ...ALL_MARKS.map(marks => markedSeries(each, marks))]),
    ])
}
