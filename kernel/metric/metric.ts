import type { Database, Reader, Scope, Writer } from '../database/database.ts'
import type { LoggedFact } from '../fact/read.ts'
import type { Recorder } from '../fact/record.ts'
import { type Subscription, subscribe } from '../fact/subscribe.ts'
import { idFrom } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { monthOf, startOf } from '../time/shanghai.ts'
import { compareDims, contributions, type Flow, nextMonth, periodOf } from './flow.ts'

export interface Row {
  readonly dims: string[]
  readonly sum: number
  readonly count: number
}

const cursorOf = (flow: Flow): string => `metric.${flow.name.replaceAll('_', '-')}`

/** Keeps a flow's cells current from the log. Replayable: its cursor and its cells move in one transaction. */
export const keepFlow = (flow: Flow): Subscription =>
  subscribe({ name: cursorOf(flow), types: flow.facts, handle: (tx, fact) => add(tx, flow, fact) })

async function add(tx: Writer, flow: Flow, fact: LoggedFact): Promise<void> {
  const closed = await closedPeriods(tx, flow)
  const period = periodOf(fact.at, closed)
  for (const { dims, sum } of contributions(flow, fact.pub))
    await tx.query(
      `insert into metric_cell (programme_id, metric, period, dims, sum, count) values ($1, $2, $3, $4, $5, 1)
       on conflict (programme_id, metric, period, dims) do update
       set sum = metric_cell.sum + excluded.sum, count = metric_cell.count + 1`,
      [tx.programme, flow.name, period, dims, sum],
      'metric-add',
    )
}

async function closedPeriods(tx: Reader, flow: Flow): Promise<Set<string>> {
  const rows = await tx.query<{ period: string }>(
    'select period from metric_close where programme_id = $1 and metric = $2',
    [tx.programme, flow.name],
    'metric-closed',
  )
  return new Set(rows.map(row => row.period))
}

/** The cells of a period as they stand, in the order of a figure. */
export async function cells(tx: Reader, metric: string, period: string): Promise<Row[]> {
  const rows = await tx.query<Row>(
    'select dims, sum, count from metric_cell where programme_id = $1 and metric = $2 and period = $3',
    [tx.programme, metric, period],
    'metric-cells',
  )
  return rows.sort((a, b) => compareDims(a.dims, b.dims))
}

/** Says in the log what a flow is, once; a verifier computes it from this alone. */
async function defineFlow(tx: Writer, recorder: Recorder, flow: Flow, holder: string): Promise<void> {
  const id = idFrom('metric', tx.programme, flow.name)
  const known = await tx.query('select 1 from fact where programme_id = $1 and id = $2', [tx.programme, id])
  if (known.length > 0) return
  const { name: metric, unit, facts, each, measure, dimensions } = flow
  await recorder.record(tx, {
    type: 'metric.defined',
    id,
    subject: id,
    holder,
    pub: {
      metric,
      kind: 'flow',
      unit,
      facts: [...facts],
      each,
      measure,
      dimensions: [...dimensions],
      period: 'month',
    },
  })
}

export type PublishRefusal = 'figure.month_open' | 'figure.published' | 'figure.not_ready'

/**
 * Closes a month and publishes its figure. The subscription's cursor is locked, so that the figure holds exactly the
 * entries below `upTo`; what comes later counts in a later month. Needs the role `batch`.
 */
export function publishFlow(
  database: Database,
  scope: Scope,
  recorder: Recorder,
  flow: Flow,
  { period, holder }: { period: string; holder: string },
): Promise<Result<{ factId: string }, PublishRefusal>> {
  return database.write(scope, async tx => {
    if (monthOf(tx.at) <= period) return refuse('figure.month_open', { period })
    const [cursor] = await tx.query<{ next_index: number; failed_at: Date | null }>(
      `select next_index, failed_at from subscription where programme_id = $1 and name = $2 for update`,
      [tx.programme, cursorOf(flow)],
    )
    if ((await closedPeriods(tx, flow)).has(period)) return refuse('figure.published', { period })
    if (!cursor || cursor.failed_at || (await waits(tx, flow, period, cursor.next_index)))
      return refuse('figure.not_ready', { period })
    const rows = await cells(tx, flow.name, period)
    return ok({ factId: await close(tx, recorder, flow, { period, holder, upTo: cursor.next_index, rows }) })
  })
}

/** Whether a fact of the month has been recorded that the cells do not hold yet: it would miss its own month for ever. */
async function waits(tx: Reader, flow: Flow, period: string, from: number): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
     where e.programme_id = $1 and e.log_index >= $2 and e.type = any($3::text[]) and f.at < $4
     union all
     select 1 from fact_pending p join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
     where p.programme_id = $1 and f.type = any($3::text[]) and f.at < $4 limit 1`,
    [tx.programme, from, flow.facts, startOf(`${nextMonth(period)}-01`)],
  )
  return rows.length > 0
}

interface Closing {
  readonly period: string
  readonly holder: string
  readonly upTo: number
  readonly rows: readonly Row[]
}

async function close(
  tx: Writer,
  recorder: Recorder,
  flow: Flow,
  { period, holder, upTo, rows }: Closing,
): Promise<string> {
  const total = rows.reduce((sum, row) => sum + row.sum, 0)
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  // a reader must know what the figure counts before it meets the first one
  await defineFlow(tx, recorder, flow, holder)
  const fact = await recorder.record(tx, {
    type: 'figure.published',
    subject: idFrom('metric', tx.programme, flow.name),
    holder,
    pub: {
      metric: flow.name,
      period,
      upTo,
      total: String(total),
      count,
      rows: rows.map(row => ({ dims: row.dims, sum: String(row.sum), count: row.count })),
    },
  })
  await tx.query(
    `insert into metric_close (programme_id, metric, period, up_to, fact_id, total, count, closed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.programme, flow.name, period, upTo, fact.id, total, count, tx.at],
  )
  return fact.id
}
