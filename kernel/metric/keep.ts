import type { Reader, Writer } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { factsBetween, type LoggedFact } from '../fact/read.ts'
import { type Subscription, subscribe } from '../fact/subscribe.ts'
import { COUNTERSIGNED } from '../signing/countersign.ts'
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
import {
  type MarksOf,
  markedBy,
  markedCells,
  markedSeries,
  noteBasis,
  readMarks,
  restingOn,
} from './marks.ts'
import { type Addition, additionsOf } from './measure.ts'
import { type Closings, periodIn, periodOf } from './period.ts'
import { addCells, addPlaces, moveSubjects, type Place, readSeen, type Sums } from './store.ts'

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
    types: [...new Set([...counted.flatMap(typesOf), COUNTERSIGNED])].sort(),
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
    await addFacts(tx, [{ metric, of }], means, await factsFor(tx, metric, of.next_index, end))
  if (old) await setState(tx, old, 'past')
  await setState(tx, of, 'current')
  await clearPast(tx, metric.name)
  return of
}

/** What a metric counts between two places of the log, and the countersignatures that tell on whose word. */
export const factsFor = (tx: Reader, metric: Counted, from: number, to: number): Promise<LoggedFact[]> =>
  factsBetween(tx, from, to, [...typesOf(metric), COUNTERSIGNED])

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
  const [first, last] = [facts[0], facts.at(-1)]
  if (!first || !last) return
  const closings = await readClosings(tx)
  const older = await restingOn(
    tx,
    facts.filter(({ type }) => type === COUNTERSIGNED),
    first.index,
  )
  const open = await openFields(tx, means.keyring, kept, [...older, ...facts])
  const run = (each: Kept, of: readonly LoggedFact[]): Run =>
    runOf(tx, each, means, of, open, closings.get(logNameOf(each.metric)) ?? new Map())
  const runs = kept.map(each => run(each, facts))
  for (const { of, failed } of runs) if (failed) await stop(tx, of, failed.index, failed.code)
  await fold(tx, runs)
  const types = new Set(kept.flatMap(({ metric }) => typesOf(metric)))
  const counted = facts.filter(({ type }) => types.has(type))
  await noteBasis(tx, counted)
  const marksOf = await readMarks(tx, [...older, ...counted])
  const before = kept.map(each => run(each, older))
  await addCells(
    tx,
    runs.flatMap((each, n) => [
      ...marked(each, counted, marksOf, { to: each.failed?.index ?? last.index + 1 }),
      ...marked(before[n]!, older, marksOf, { from: first.index, to: each.failed?.index ?? last.index + 1 }),
    ]),
  )
}

/** What rests on whose word at `to`, less what rested on it at `from` already: a countersignature moves it. */
function marked(
  { metric, of, steps }: Run,
  facts: readonly LoggedFact[],
  marksOf: MarksOf,
  { from, to }: { readonly from?: number; readonly to: number },
): Sums[] {
  if (markedBy(metric) === null) return []
  const byIndex = new Map(facts.map(fact => [fact.index, fact]))
  return steps.flatMap(({ index, month, additions }) => {
    const fact = byIndex.get(index)!
    const [was, is] = [from === undefined ? 0 : marksOf(fact, from), marksOf(fact, to)]
    if (was === is) return []
    const sums = (marks: number, sign: 1 | -1): Sums[] =>
      marks === 0
        ? []
        : [
            {
              series: markedSeries(seriesOf(of), marks),
              cells: markedCells(metric, month, additions, sign),
            },
          ]
    return [...sums(was, -1), ...sums(is, 1)]
  })
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
