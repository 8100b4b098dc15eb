import type { Reader, Writer } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { factsBetween, type LoggedFact } from '../fact/read.ts'
import { type Subscription, subscribe } from '../fact/subscribe.ts'
import { type Counted, countedOf, logNameOf, type Metric, reads, typesOf } from './define.ts'
import { Fold } from './fold.ts'
import {
  CURSOR,
  clearPast,
  currentGenerations,
  digestOf,
  fillingOf,
  type Generation,
  seriesOf,
  setState,
  stop,
} from './generation.ts'
import { type Addition, additionsOf } from './measure.ts'
import { type Closings, periodIn, periodOf } from './period.ts'
import { addCells, addPlaces, moveSubjects, type Place, readSeen } from './store.ts'

/** What keeping metrics needs beside the facts. */
export interface Means {
  readonly keyring: Keyring
  /** Subjects are kept by a keyed hash of 16 bytes. */
  readonly vault: { index(programme: string, field: string, text: string): Buffer }
}

/**
 * Keeps the cells of all metrics current from the log: one subscription, a few statements a batch. Its cursor and the
 * cells move in one transaction. A metric that cannot take a fact stops for itself and says where (`stopped_at`).
 */
export function keepMetrics(metrics: readonly Metric[], means: Means): Subscription {
  const counted = countedOf(metrics)
  const handleAll = (tx: Writer, facts: readonly LoggedFact[]) => keep(tx, counted, means, facts)
  return subscribe({
    name: CURSOR,
    types: [...new Set(counted.flatMap(typesOf))].sort(),
    handle: (tx, fact) => handleAll(tx, [fact]),
    handleAll,
  })
}

/** A young log is read at once for a metric that is new; an old one beside the work (`rebuild.ts`). */
const AT_ONCE = 5000

async function keep(
  tx: Writer,
  counted: readonly Counted[],
  means: Means,
  facts: readonly LoggedFact[],
): Promise<void> {
  const first = facts[0]!.index
  const current = await currentGenerations(tx)
  const kept: Kept[] = []
  for (const metric of counted) {
    const of = current.get(metric.name)
    if (of?.digest === digestOf(metric)) {
      if (of.stopped_at === null) kept.push({ metric, of })
    } else if (first <= AT_ONCE) kept.push({ metric, of: await fillAtOnce(tx, metric, means, first, of) })
    else if (of) await stop(tx, of, first, 'metric.changed')
  }
  await addFacts(tx, kept, means, facts)
}

async function fillAtOnce(
  tx: Writer,
  metric: Counted,
  means: Means,
  end: number,
  old: Generation | undefined,
): Promise<Generation> {
  const of = await fillingOf(tx, metric)
  if (of.next_index < end)
    await addFacts(tx, [{ metric, of }], means, await factsBetween(tx, of.next_index, end, typesOf(metric)))
  if (old) await setState(tx, old, 'past')
  await setState(tx, of, 'current')
  await clearPast(tx, metric.name)
  return of
}

/** A metric with the generation that facts are added to. */
export interface Kept {
  readonly metric: Counted
  readonly of: Generation
}

/** Adds facts, in log order, to generations: whatever their number, in a fixed number of statements. */
export async function addFacts(
  tx: Writer,
  kept: readonly Kept[],
  means: Means,
  facts: readonly LoggedFact[],
): Promise<void> {
  const closings = await readClosings(tx)
  const open = await openFields(tx, means.keyring, kept, facts)
  const runs: Run[] = []
  for (const each of kept) {
    const run = runOf(tx, each, means, facts, open, closings.get(logNameOf(each.metric)) ?? new Map())
    if (run.failed) await stop(tx, each.of, run.failed.index, run.failed.code)
    runs.push(run)
  }
  await fold(tx, runs)
}

interface Step {
  readonly index: number
  readonly month: string
  readonly additions: readonly Addition[]
}

interface Run extends Kept {
  readonly steps: readonly Step[]
  readonly failed: { readonly index: number; readonly code: string } | undefined
}

function runOf(
  tx: Writer,
  { metric, of }: Kept,
  { vault }: Means,
  facts: readonly LoggedFact[],
  open: ReadonlyMap<string, ReadonlyMap<string, string>>,
  closings: Closings,
): Run {
  const types = new Set(typesOf(metric))
  const hashed = (addition: Addition): Addition =>
    addition.subject === undefined
      ? addition
      : {
          ...addition,
          subject: vault.index(tx.programme, `metric.${metric.name}`, addition.subject).toString('hex'),
        }
  const steps: Step[] = []
  for (const fact of facts.filter(each => types.has(each.type)))
    try {
      const mine = [...(open.get(fact.id) ?? [])].filter(([field]) => reads(metric, field))
      const said = { type: fact.type, at: fact.at, pub: fact.pub, open: new Map(mine) }
      const additions = additionsOf(metric, said).map(hashed)
      steps.push({ index: fact.index, month: periodOf(fact.at, fact.index, closings), additions })
    } catch (error) {
      return { metric, of, steps, failed: { index: fact.index, code: (error as Error).name } }
    }
  return { metric, of, steps, failed: undefined }
}

async function fold(tx: Writer, runs: readonly Run[]): Promise<void> {
  const additions = runs.flatMap(run => run.steps).flatMap(step => step.additions)
  const subjects = [...new Set(additions.flatMap(({ subject }) => subject ?? []))]
  const months = new Set(runs.flatMap(run => run.steps.map(step => step.month)))
  const periods = [...months].flatMap(month => [
    ...['', month, periodIn('quarter', month), periodIn('year', month)],
  ])
  const counting = runs.filter(run => run.metric.kind === 'distinct' || run.metric.kind === 'level')
  const seen = await readSeen(
    tx,
    counting.map(run => seriesOf(run.of)),
    subjects,
    [...new Set(periods)],
  )
  const folds = runs.map(run => {
    const series = seriesOf(run.of)
    const fold = new Fold(run.metric, seen.get(series))
    for (const { month, additions } of run.steps) fold.add(month, additions)
    return { series, fold }
  })
  await addCells(
    tx,
    folds.map(({ series, fold }) => ({ series, cells: fold.cells.values() })),
  )
  await addPlaces(tx, runs.flatMap(placesOf))
  await moveSubjects(
    tx,
    folds.map(({ series, fold: { came, went } }) => ({ series, came: came.values(), went: went.values() })),
  )
}

const placesOf = ({ of, steps }: Run): Place[] =>
  steps.flatMap(({ index, month: period, additions }) =>
    additions.map(({ dims }) => ({ series: seriesOf(of), period, dims, index })),
  )

async function readClosings(tx: Writer): Promise<Map<string, Map<string, number>>> {
  const rows = await tx.query<{ metric: string; period: string; up_to: number }>(
    'select metric, period, up_to from metric_close where programme_id = $1',
    [tx.programme],
    'metric-closings',
  )
  const closings = new Map<string, Map<string, number>>()
  for (const { metric, period, up_to } of rows)
    closings.set(metric, (closings.get(metric) ?? new Map<string, number>()).set(period, up_to))
  return closings
}

/** The hidden fields that metrics of these facts read, by fact. */
export async function openFields(
  tx: Reader,
  keyring: Keyring,
  kept: readonly Pick<Kept, 'metric'>[],
  facts: readonly LoggedFact[],
): Promise<Map<string, Map<string, string>>> {
  const opening = kept.flatMap(({ metric }) => (metric.opens === undefined ? [] : [metric]))
  const types = new Set(opening.flatMap(typesOf))
  const ids = facts.filter(fact => types.has(fact.type)).map(fact => fact.id)
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ fact_id: string; field: string; sealed_value: Buffer }>(
    `select fact_id, field, sealed_value from fact_private
     where programme_id = $1 and fact_id = any($2::uuid[]) order by fact_id, length(field), field`,
    [tx.programme, ids],
    'metric-hidden',
  )
  const open = new Map<string, Map<string, string>>()
  for (const { fact_id, field, sealed_value } of rows) {
    if (!opening.some(metric => reads(metric, field))) continue
    const value = keyring.openHidden(tx.programme, fact_id, field, sealed_value).toString('utf8')
    open.set(fact_id, (open.get(fact_id) ?? new Map<string, string>()).set(field, value))
  }
  return open
}
