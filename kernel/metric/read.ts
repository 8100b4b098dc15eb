import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { monthOf } from '../time/shanghai.ts'
import type { AreaView, MetricValues } from './contract.ts'
import { type Counted, logNameOf, type Metric, partsOf } from './define.ts'
import { currentGenerations, cursorOf } from './generation.ts'
import { readGuarded } from './guard.ts'
import { compareDims } from './measure.ts'
import { namesOf } from './names.ts'
import { tellsOtherwise } from './now.ts'
import { type Grain, periodsBetween } from './period.ts'
import { type AreaLevel, type Line, readParts, type Selection } from './select.ts'
import { readShares } from './shares.ts'
import { type Amounts, NOTHING, tell } from './value.ts'

/** All that a transaction reads is of one moment; its first statement. */
export const oneSnapshot = (tx: Reader): Promise<object[]> =>
  tx.query('set transaction isolation level repeatable read')

/** What is asked of a metric. */
export interface Query {
  /** Months; this year's up to now without. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly grain?: Grain | undefined
  readonly by: readonly string[]
  /** How high areas are rolled up; as they were counted without. */
  readonly level?: AreaLevel | undefined
  /** Areas and organisations as they were recorded, without. */
  readonly view?: AreaView | undefined
  /** One value a dimension; of an area, everything below it. */
  readonly where: Readonly<Record<string, string>>
}

export interface Asker {
  readonly reach: Reach
  /** May open every cell into its facts, so that nothing is merged for them. */
  readonly seesAll: boolean
}

export type ValuesRefusal = 'metric.no_dimension' | 'metric.too_long' | 'metric.guarded'

/** Periods that one answer may hold. */
const MOST_PERIODS = 60

/**
 * Values of a metric by period and dimensions, in a fixed number of statements whatever the number of facts. In
 * `oneSnapshot` where they must be of one generation.
 * Refusals: `metric.no_dimension` {name}; `metric.too_long` {most}; `metric.guarded`, where people are counted and
 * somebody who may not see them all asks for more than one dimension, another grain than months, or areas rolled up or of now:
 * the differences would tell.
 */
export async function readMetric(
  tx: Reader,
  metric: Metric,
  query: Query,
  asker: Asker,
): Promise<Result<MetricValues, ValuesRefusal>> {
  const asked = checked(metric, query, monthOf(tx.at))
  if (!asked.ok) return asked
  const hides = metric.guard !== undefined && !asker.seesAll
  const figures = hides
    ? await guarded(tx, metric, asked.value, asker)
    : await plain(tx, metric, asked.value, asker)
  if (!figures.ok) return figures
  const shares =
    hides || metric.kind === 'ratio' ? null : await readShares(tx, metric, asked.value, asker.reach)
  return ok({ ...(await answer(tx, metric, asked.value, figures.value)), shares })
}

function checked(metric: Metric, query: Query, now: string): Result<Selection, ValuesRefusal> {
  const name = [...query.by, ...Object.keys(query.where)].find(
    each => !Object.hasOwn(metric.dimensions, each),
  )
  if (name !== undefined) return refuse('metric.no_dimension', { name })
  const to = query.to ?? now
  const from = query.from ?? `${to.slice(0, 4)}-01`
  const grain = query.grain ?? 'month'
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  const periods = years > MOST_PERIODS ? [] : periodsBetween(grain, from, to)
  if (years > MOST_PERIODS || periods.length > MOST_PERIODS)
    return refuse('metric.too_long', { most: MOST_PERIODS })
  const { level, where, view = 'then' } = query
  return ok({ from, to, grain, periods, by: [...new Set(query.by)], level, where, view })
}

interface Figures {
  readonly lines: readonly Line[]
  readonly totals: ReadonlyMap<string, Amounts | null>
}

/** Totals are asked for of their own: different subjects do not add up over cells. */
async function plain(
  tx: Reader,
  metric: Metric,
  asked: Selection,
  { reach }: Asker,
): Promise<Result<Figures, never>> {
  const lines = await readParts(tx, metric, asked, reach)
  const whole = asked.by.length === 0 ? lines : await readParts(tx, metric, { ...asked, by: [] }, reach)
  return ok({ lines, totals: new Map(whole.map(line => [line.period, line])) })
}

/** By one dimension and month at most: what else would be asked for tells by its differences. */
async function guarded(
  tx: Reader,
  metric: Metric,
  asked: Selection,
  { reach }: Asker,
): Promise<Result<Figures, ValuesRefusal>> {
  const { by, where, grain, level, view } = asked
  const dims = new Set([...by, ...Object.keys(where)])
  if (dims.size > 1 || grain !== 'month' || level !== undefined || view === 'now')
    return refuse('metric.guarded')
  return ok(await readGuarded(tx, metric, asked, reach))
}

/** Of an area, whose name anyone may know. */
const isCode = (value: string): boolean => /^\d+$/.test(value)

async function answer(
  tx: Reader,
  metric: Metric,
  { by, periods, grain, view, where }: Selection,
  { lines, totals }: Figures,
): Promise<Omit<MetricValues, 'shares'>> {
  // what was published is told as it was then
  const isClosed = grain === 'month' && view === 'then'
  const closed = isClosed ? await closings(tx, metric, periods) : new Map<string, string>()
  const rows = lines
    .toSorted((a, b) => compareDims([a.period, ...a.dims], [b.period, ...b.dims]))
    .map(line => ({
      period: line.period,
      dims: [...line.dims],
      count: line.count,
      ...tell(metric, line),
      factId: closed.get(line.period) ?? null,
    }))
  return {
    metric: metric.name,
    unit: metric.unit,
    ...{ view, tellsOtherwise: await tellsOtherwise(tx, metric) },
    by: [...by],
    rows,
    totals: periods.map(period => {
      const total = totals.get(period)
      const { value } = tell(metric, total ?? NOTHING)
      return { period, value: total === null ? null : value, count: total?.count ?? 0 }
    }),
    upTo: await upTo(tx, partsOf(metric)),
    names: await namesOf(tx, [...rows.flatMap(row => row.dims), ...Object.values(where).filter(isCode)]),
  }
}

async function closings(
  tx: Reader,
  metric: Metric,
  periods: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ period: string; fact_id: string }>(
    'select period, fact_id from metric_close where programme_id = $1 and metric = $2 and period = any($3::text[])',
    [tx.programme, logNameOf(metric), periods],
    'metric-closed',
  )
  return new Map(rows.map(row => [row.period, row.fact_id]))
}

/** How far the cells of all these follow the log. */
export async function upTo(tx: Reader, metrics: readonly Counted[]): Promise<number> {
  const current = await currentGenerations(tx)
  const cursor = await cursorOf(tx)
  return Math.min(
    ...metrics.map(({ name }) => (current.has(name) ? (current.get(name)!.stopped_at ?? cursor) : 0)),
  )
}
