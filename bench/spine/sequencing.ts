import { setTimeout as pause } from 'node:timers/promises'
import { factsSequenced } from '@silian/kernel/fact/signal.ts'
import { checkpoint } from '@silian/kernel/log/read.ts'
import { drain, startSequencer } from '@silian/kernel/log/sequencer.ts'
import { type Cpu, cpuBetween, cpuNow } from '../cpu.ts'
import { percentile } from '../rounds.ts'
import { asOwner } from '../stand.ts'
import { type LogStage, scope } from './log-stage.ts'
import type { Setting } from './setting.ts'

export interface Drained {
  readonly entries: number
  readonly perSecond: number
  readonly cpu: Cpu
}

/** Puts into the log all that waits. */
export async function sequencing({ stand }: Setting, { batch, keyring }: LogStage): Promise<Drained> {
  const [before, begun] = [await cpuNow(stand.postmaster), performance.now()]
  const entries = await drain(batch, keyring, scope.programme)
  const seconds = (performance.now() - begun) / 1000
  const cpu = cpuBetween(before, await cpuNow(stand.postmaster))
  const per = (ms: number) => ms / entries
  return {
    entries,
    perSecond: entries / seconds,
    cpu: { node: per(cpu.node), postgres: per(cpu.postgres), client: 0 },
  }
}

export interface Lag {
  readonly facts: number
  readonly perSecond: number
  /** Milliseconds from the acknowledged commit to the checkpoint that anyone can read. */
  readonly p50: number
  readonly p99: number
  readonly max: number
}

const PER_TRANSACTION = 5
const PER_SECOND = 1000

/** How far something has come, read again and again. */
export interface Watched {
  size(): Promise<number>
  /** When it may have come further. */
  next(stop: AbortSignal): Promise<unknown>
}

/** The checkpoint as a reader of the log would be given it, read whenever there is a new one. */
export const publishedBy = (stage: LogStage): Watched => {
  let seen = 0
  return {
    size: async () => {
      seen = factsSequenced.count(scope.programme)
      const note = await checkpoint(stage.app, scope.programme)
      return Number(note?.split('\n')[1] ?? 0)
    },
    next: stop => factsSequenced.wait(scope.programme, seen, 1000, stop),
  }
}

/** The lag of each under a steady load of 1,000 facts a second, five a transaction, recorder and sequencer in one process. */
export async function lag(stage: LogStage, seconds: number, watched = [publishedBy(stage)]): Promise<Lag[]> {
  const stop = new AbortController()
  const config = { database: stage.batch, keyring: stage.keyring, programmes: [scope.programme] }
  const sequencer = startSequencer({ ...config, signal: stop.signal })
  const heads = watched.map((): Head[] => [])
  const watchers = watched.map((each, i) => watch(each, heads[i]!, stop.signal))
  const begun = performance.now()
  const committed = await load(stage, seconds)
  const perSecond = (committed.length * PER_TRANSACTION) / ((performance.now() - begun) / 1000)
  const indexes = await published(stage, committed.at(-1)!.id, heads)
  stop.abort()
  await Promise.all([sequencer.stopped, ...watchers])
  const facts = committed.length * PER_TRANSACTION
  return heads.map(seen => {
    const lags = committed.map(({ id, at }) => {
      const head = seen.find(({ size }) => size > indexes.get(id)!)
      return Math.max(0, head!.at - at)
    })
    const [p50, p99] = [percentile(lags, 0.5), percentile(lags, 0.99)]
    return { facts, perSecond, p50, p99, max: Math.max(...lags) }
  })
}

/** Begins a transaction every so many milliseconds, whether or not the earlier ones have ended. */
async function load(stage: LogStage, seconds: number): Promise<{ id: string; at: number }[]> {
  const begun = performance.now()
  const all: Promise<{ id: string; at: number }>[] = []
  for (let n = 0; n < (seconds * PER_SECOND) / PER_TRANSACTION; n++) {
    const due = begun + (n * 1000 * PER_TRANSACTION) / PER_SECOND
    if (due > performance.now()) await pause(due - performance.now())
    all.push(stage.record(PER_TRANSACTION).then(ids => ({ id: ids.at(-1)!, at: performance.now() })))
  }
  return Promise.all(all)
}

interface Head {
  readonly at: number
  readonly size: number
}

async function watch(watched: Watched, heads: Head[], stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const size = await watched.size()
    if (size > (heads.at(-1)?.size ?? 0)) heads.push({ at: performance.now(), size })
    await watched.next(stop)
  }
}

/** The places of all facts, once the last has one and all have come as far. */
async function published(
  stage: LogStage,
  last: string,
  heads: readonly (readonly Head[])[],
): Promise<ReadonlyMap<string, number>> {
  for (;;) {
    const rows = await asOwner(stage.connections, query => query('select fact_id, log_index from log_entry'))
    const indexes = new Map(rows.map(row => [row.fact_id as string, row.log_index as number]))
    const place = indexes.get(last) ?? Number.POSITIVE_INFINITY
    if (heads.every(seen => (seen.at(-1)?.size ?? 0) > place)) return indexes
    await pause(100)
  }
}
