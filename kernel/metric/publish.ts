import type { Database, Reader, Scope, Writer } from '../database/database.ts'
import type { PublicPart } from '../fact/public-part.ts'
import { factById } from '../fact/read.ts'
import type { Recorder } from '../fact/record.ts'
import { idFrom } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { monthOf, startOf } from '../time/shanghai.ts'
import {
  type Distinct,
  dimensionsOf,
  type Flow,
  isClosable,
  logNameOf,
  type Metric,
  typesOf,
} from './define.ts'
import { ALL, isFull } from './fold.ts'
import { currentOf, digestOf, lockCursor } from './generation.ts'
import { compareDims } from './measure.ts'
import { nextMonth } from './period.ts'
import { stateFigure } from './statement.ts'

export interface Row {
  readonly dims: string[]
  readonly sum: number
  readonly count: number
}

/** The cells of a period as they stand, in the order of a figure; of different subjects those told in full. */
export async function cells(tx: Reader, metric: string, period: string): Promise<Row[]> {
  const rows = await allCells(tx, metric, period)
  return rows.filter(row => isFull(row.dims))
}

async function allCells(tx: Reader, metric: string, period: string): Promise<Row[]> {
  const rows = await tx.query<Row>(
    `select c.dims, c.sum, c.count from metric_generation g
     join metric_cell c on c.programme_id = g.programme_id and c.metric = g.metric || '@' || g.generation
     where g.programme_id = $1 and g.metric = $2 and g.state = 'current' and c.period = $3`,
    [tx.programme, metric, period],
    'metric-cells',
  )
  return rows.sort((a, b) => compareDims(a.dims, b.dims))
}

export type PublishRefusal =
  | 'figure.month_open'
  | 'figure.published'
  | 'figure.not_ready'
  | 'figure.unprovable'
  | 'figure.redefined'

export interface Closing {
  readonly period: string
  readonly holder: string
}

/**
 * Closes a month and publishes its figure. The metrics' cursor is locked, so that the figure holds exactly the entries
 * below `upTo`; what comes later counts in a later month. Needs the role `batch`.
 */
export function publishMetric(
  database: Database,
  scope: Scope,
  recorder: Recorder,
  metric: Metric,
  closing: Closing,
): Promise<Result<{ factId: string }, PublishRefusal>> {
  return database.write(scope, tx => closeMonth(tx, recorder, metric, closing))
}

/**
 * The same in a transaction that has more to do. Refusals: `figure.month_open`, `figure.published`, `figure.not_ready`
 * {period}; `figure.unprovable`, `figure.redefined` {metric}.
 */
export async function closeMonth(
  tx: Writer,
  recorder: Recorder,
  metric: Metric,
  { period, holder }: Closing,
): Promise<Result<{ factId: string }, PublishRefusal>> {
  if (!isClosable(metric)) return refuse('figure.unprovable', { metric: metric.name })
  if (monthOf(tx.at) <= period) return refuse('figure.month_open', { period })
  const cursor = await lockCursor(tx)
  if (await isClosed(tx, metric, period)) return refuse('figure.published', { period })
  const of = await currentOf(tx, metric.name)
  const ready = cursor && !cursor.failed && of?.digest === digestOf(metric) && of.stopped_at === null
  if (!ready || (await waits(tx, metric, period, cursor.next))) return refuse('figure.not_ready', { period })
  // a reader must know what the figure counts before it meets the first one
  const defined = await define(tx, recorder, metric, holder)
  if (!defined.ok) return defined
  const figure = await figureOf(tx, metric, period)
  const statement = await stateFigure(tx, recorder, metric, {
    period,
    upTo: cursor.next,
    total: figure.total,
  })
  const fact = await recorder.record(tx, {
    type: 'figure.published',
    subject: idFrom('metric', tx.programme, logNameOf(metric)),
    holder,
    pub: {
      ...{ metric: logNameOf(metric), period, upTo: cursor.next, ...saidOf(figure) },
      sums: { unit: metric.unit, ...statement.said },
    },
  })
  await tx.query(
    `insert into metric_close (programme_id, metric, period, up_to, fact_id, total, count, closed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[tx.programme, logNameOf(metric), period, cursor.next],
      ...[fact.id, figure.total, figure.count, tx.at],
    ],
  )
  await statement.keep(tx)
  return ok({ factId: fact.id })
}

async function isClosed(tx: Reader, metric: Metric, period: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from metric_close where programme_id = $1 and metric = $2 and period = $3',
    [tx.programme, logNameOf(metric), period],
  )
  return rows.length > 0
}

/** Whether a fact of the month has been recorded that the cells do not hold yet: it would miss its own month for ever. */
async function waits(tx: Reader, metric: Flow | Distinct, period: string, from: number): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
     where e.programme_id = $1 and e.log_index >= $2 and e.type = any($3::text[]) and f.at < $4
     union all
     select 1 from fact_pending p join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
     where p.programme_id = $1 and f.type = any($3::text[]) and f.at < $4 limit 1`,
    [tx.programme, from, typesOf(metric), startOf(`${nextMonth(period)}-01`)],
  )
  return rows.length > 0
}

/** Says in the log what a metric is, once; a verifier computes it from this alone. */
async function define(
  tx: Writer,
  recorder: Recorder,
  metric: Flow | Distinct,
  holder: string,
): Promise<Result<null, 'figure.redefined'>> {
  const id = idFrom('metric', tx.programme, logNameOf(metric))
  const pub = definitionOf(metric)
  const known = await factById(tx, id)
  if (known && JSON.stringify(known.pub, sortedKeys) !== JSON.stringify(pub, sortedKeys))
    return refuse('figure.redefined', { metric: metric.name })
  if (!known) await recorder.record(tx, { type: 'metric.defined', id, subject: id, holder, pub })
  return ok(null)
}

const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** The definition as `metric.defined` says it (docs/log-format.md). */
export function definitionOf(metric: Flow | Distinct): PublicPart {
  const unknown = dimensionsOf(metric).filter(dimension => dimension.unknown)
  return {
    metric: logNameOf(metric),
    kind: metric.kind,
    unit: metric.unit,
    facts: [...metric.of],
    each: metric.each ?? '',
    measure: metric.measure ?? '',
    dimensions: Object.keys(metric.dimensions),
    ...(metric.kind === 'distinct' ? { subject: metric.subject } : {}),
    ...(metric.except ? { except: exceptOf(metric.except) } : {}),
    ...(unknown.length > 0 ? { unknown: unknown.map(dimension => dimension.name) } : {}),
    period: 'month',
  }
}

const exceptOf = (except: NonNullable<Flow['except']>): PublicPart =>
  Object.fromEntries(Object.entries(except).map(([name, values]) => [name, [...values]]))

interface Figure {
  readonly rows: readonly Row[]
  readonly total: number
  readonly count: number
}

/** A figure's total counts a subject once, also one that stands in several rows. */
async function figureOf(tx: Reader, metric: Flow | Distinct, period: string): Promise<Figure> {
  const all = await allCells(tx, metric.name, period)
  const rows = all.filter(row => isFull(row.dims))
  const whole = metric.kind === 'flow' ? rows : all.filter(row => row.dims.every(value => value === ALL))
  return {
    rows,
    total: whole.reduce((sum, row) => sum + row.sum, 0),
    count: rows.reduce((sum, row) => sum + row.count, 0),
  }
}

const saidOf = ({ rows, total, count }: Figure): PublicPart => ({
  total: String(total),
  count,
  rows: rows.map(row => ({ dims: row.dims, sum: String(row.sum), count: row.count })),
})
