import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, type Runner, run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { Database } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { Job } from './define.ts'
import { Liveness, reclaim } from './liveness.ts'
import { cronItems } from './recurring.ts'
import { type JobFailure, taskOf } from './task.ts'

export interface WorkerOptions<K> {
  /** Connection string of the batch role, which owns the queue. Direct: a pooler would break locks and signals. */
  readonly batchConnection: string
  readonly jobs: readonly Job<K>[]
  readonly kit: K
  /** Ends the worker: it takes no more jobs, lets those that run finish or, after 5 s, aborts their signal. */
  readonly signal: AbortSignal
  /** Jobs at once; 4 if left out. */
  readonly concurrency?: number
  readonly onFailure?: (failure: JobFailure) => void
  /** What the queue itself says of itself: `warning` and `error` only. */
  readonly onQueue?: (level: string, message: string) => void
  /** How often to look for the jobs of dead workers, in ms. */
  readonly sweepEvery?: number
}

export interface JobWorker {
  readonly id: string
  /** Settles when the worker has ended and nothing of it is left. */
  readonly ended: Promise<void>
}

/** Starts taking jobs: first what dead workers left, then whatever comes. Handles no process signals of its own. */
export async function startWorker<K>(options: WorkerOptions<K>): Promise<JobWorker> {
  const id = `worker-${newId()}`
  const database = new Database('batch', options.batchConnection, 2)
  const liveness = new Liveness(options.batchConnection, id)
  const close = async () => {
    await liveness.stop()
    await database.close()
  }
  try {
    // the sign of life comes first: a lock taken without one would look like a dead worker's
    await liveness.start()
    await reclaim(database)
    const runner = await startRunner(options, id, database)
    const sweep = setInterval(
      () => void reclaim(database).catch(() => undefined),
      options.sweepEvery ?? 10_000,
    )
    let stopped: Promise<void> | undefined
    const stop = () => {
      // one that ended by itself has nothing left to stop
      stopped = runner.stop().catch(() => undefined)
    }
    options.signal.addEventListener('abort', stop, { once: true })
    if (options.signal.aborted) stop()
    const ended = runner.promise.finally(async () => {
      options.signal.removeEventListener('abort', stop)
      clearInterval(sweep)
      await stopped
      await close()
    })
    return { id, ended }
  } catch (error) {
    await close()
    throw error
  }
}

async function startRunner<K>(options: WorkerOptions<K>, id: string, database: Database): Promise<Runner> {
  const { jobs, kit, concurrency = 4, onFailure = () => undefined, onQueue = () => undefined } = options
  const tasks = jobs.map(job => [job.name, taskOf(job, { kit, database, onFailure })] as const)
  const events: WorkerEvents = new EventEmitter()
  // jobs are locked in the name of the pool: it bears the name whose sign of life we keep
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = id
  })
  const pool = new pg.Pool({ connectionString: options.batchConnection, max: concurrency + 2 })
  // a connection that the database's end takes with it must not take the process along
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  const runner = await run({
    pgPool: pool,
    schema: 'graphile_worker',
    taskList: Object.fromEntries(tasks),
    parsedCronItems: parseCronItems(cronItems(jobs)),
    concurrency,
    noHandleSignals: true,
    // batched, the queue waits at its end for what it still has to write down; one by one it does not
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'warning' || level === 'error') onQueue(level, message)
    }),
  })
  const ended = runner.promise.finally(() => pool.end())
  return { ...runner, promise: ended }
}
