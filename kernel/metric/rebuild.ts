import type { Database, Reader, Scope, Writer } from '../database/database.ts'
import { must, ok, Refused, type Result, refuse } from '../result/result.ts'
import { type Counted, countedOf, type Metric } from './define.ts'
import {
  clearPast,
  currentGenerations,
  cursorOf,
  digestOf,
  fillingOf,
  type Generation,
  lockCursor,
  lockGeneration,
  moveTo,
  seriesOf,
  setState,
} from './generation.ts'
import { addFacts, factsFor, type Means } from './keep.ts'

/** Entries of the log read in one transaction. */
const BATCH = 1000

export interface RebuildOptions {
  /** Stops between two batches; the next run goes on from there. */
  readonly signal?: AbortSignal
  readonly batch?: number
}

/**
 * Fills a new generation of a metric from the log while the old one answers, then swaps them in one transaction that
 * holds up the subscription: facts that arrived meanwhile are in, and nobody reads half of it. May run twice at once,
 * and again after it died. Refusal (thrown): `metric.stopped` {metric, index}, where a fact lacks what the definition names.
 * One that was stopped stays, so that nobody fills it in vain; asked for again it begins anew. Needs the role `batch`.
 */
export async function rebuild(
  database: Database,
  scope: Scope,
  metric: Counted,
  means: Means,
  { signal, batch = BATCH }: RebuildOptions = {},
): Promise<{ series: string; entries: number }> {
  const { generation } = must(await database.write(scope, async tx => ok(await begun(tx, metric))))
  for (;;) {
    signal?.throwIfAborted()
    const of = must(await database.write(scope, tx => advance(tx, metric, means, generation, batch)))
    if (of.state === 'filling' && of.stopped_at === null) continue
    must(await database.write(scope, async tx => ok(await clearPast(tx, metric.name))))
    if (of.stopped_at !== null)
      throw new Refused('metric.stopped', { metric: metric.name, index: of.stopped_at })
    return { series: seriesOf(of), entries: of.next_index }
  }
}

async function begun(tx: Writer, metric: Counted): Promise<Generation> {
  const filling = await fillingOf(tx, metric)
  if (filling.stopped_at === null) return filling
  await setState(tx, filling, 'past')
  await clearPast(tx, metric.name)
  return fillingOf(tx, metric)
}

/** One batch; the generation as it stands then. Where a fact stopped it the old one answers on. */
async function advance(
  tx: Writer,
  metric: Counted,
  means: Means,
  generation: number,
  batch: number,
): Promise<Result<Generation>> {
  const of = await lockGeneration(tx, metric.name, generation)
  if (!of) return ok(gone(metric.name, generation))
  if (of.state !== 'filling' || of.stopped_at !== null) return ok(of)
  const seen = await cursorOf(tx)
  const near = seen - of.next_index <= batch
  const cursor = near ? ((await lockCursor(tx))?.next ?? 0) : seen
  const end = Math.min(of.next_index + batch, cursor)
  if (end > of.next_index)
    await addFacts(tx, [{ metric, of }], means, await factsFor(tx, metric, of.next_index, end))
  await moveTo(tx, of, end)
  const now = (await lockGeneration(tx, metric.name, generation))!
  if (now.stopped_at === null && near && end === cursor) await swap(tx, now)
  return ok((await lockGeneration(tx, metric.name, generation))!)
}

/** Another run of this has swapped it, and yet another has cleared it away since. */
const gone = (metric: string, generation: number): Generation => ({
  ...{ metric, generation, digest: '', state: 'past', next_index: 0 },
  ...{ stopped_at: null, stopped_code: null, made_at: new Date(0) },
})

async function swap(tx: Writer, of: Generation): Promise<void> {
  const old = (await currentGenerations(tx)).get(of.metric)
  if (old) await setState(tx, old, 'past')
  await setState(tx, of, 'current')
}

/**
 * Rebuilds what is new or whose definition has changed since it was made; those that a fact stopped, only then. One that
 * is stopped holds up no other: it is thrown (`metric.stopped`) when all were looked at.
 */
export async function rebuildChanged(
  database: Database,
  scope: Scope,
  metrics: readonly Metric[],
  means: Means,
  options: RebuildOptions = {},
): Promise<string[]> {
  const current = await database.read(scope, currentGenerations)
  const changed = countedOf(metrics).filter(metric => current.get(metric.name)?.digest !== digestOf(metric))
  const stopped: unknown[] = []
  for (const metric of changed) {
    const held = await database.read(scope, tx => stoppedFilling(tx, metric))
    const done = held ? Promise.reject(held) : rebuild(database, scope, metric, means, options)
    await done.catch(error => {
      if (!(error instanceof Refused)) throw error
      stopped.push(error)
    })
  }
  if (stopped.length > 0) throw stopped[0]
  return changed.map(metric => metric.name)
}

/** What stopped the filling of this very definition before. */
async function stoppedFilling(tx: Reader, metric: Counted): Promise<Refused | undefined> {
  const [row] = await tx.query<{ index: number }>(
    `select stopped_at as index from metric_generation
      where programme_id = $1 and metric = $2 and state = 'filling' and digest = $3 and stopped_at is not null`,
    [tx.programme, metric.name, digestOf(metric)],
  )
  return row && new Refused('metric.stopped', { metric: metric.name, index: row.index })
}

/** Rebuilds one of the list by its name. Refusal: `metric.not_found`. */
export async function rebuildNamed(
  database: Database,
  scope: Scope,
  metrics: readonly Metric[],
  name: string,
  means: Means,
): Promise<Result<{ series: string; entries: number }, 'metric.not_found'>> {
  const metric = countedOf(metrics).find(each => each.name === name)
  return metric
    ? ok(await rebuild(database, scope, metric, means))
    : refuse('metric.not_found', { metric: name })
}
