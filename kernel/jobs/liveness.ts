import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Database } from '../database/database.ts'

/** Keeps these advisory locks apart from all others. */
const SEED = 7_203_517_003
const lockOf = (worker: string) => `hashtextextended(${worker}, ${SEED})`

/**
 * A worker's sign of life: a session that holds an advisory lock on its id. The lock ends with the process however it
 * ends, so that nobody needs to wait for a lease to run out. Where the connection is lost it is made again.
 */
export class Liveness {
  readonly #connectionString: string
  readonly #worker: string
  #client: pg.Client | undefined
  #stopped = false

  constructor(connectionString: string, worker: string) {
    this.#connectionString = connectionString
    this.#worker = worker
  }

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: 'silian-worker',
    })
    client.on('error', () => undefined)
    await client.connect()
    // a machine that lost its power says nothing: the server asks after it
    await client.query(
      'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3',
    )
    await client.query(`select pg_advisory_lock(${lockOf('$1')})`, [this.#worker])
    client.once('end', () => void this.#again())
    this.#client = client
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#client?.end().catch(() => undefined)
  }

  async #again(): Promise<void> {
    while (!this.#stopped) {
      const back = await this.start().then(
        () => true,
        () => false,
      )
      if (back) return
      await pause(1000, undefined, { ref: false })
    }
  }
}

interface Held {
  readonly programme: string
  readonly waiting: string[]
  readonly failed: string[]
}

/**
 * Gives back the jobs of workers that are dead, without the queue's own wait of four hours, and returns the ids of
 * those workers. Must run on another session than the caller's own sign of life. A job whose last attempt died with
 * its worker is shown as failed.
 */
export async function reclaim(database: Database): Promise<string[]> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ worker: string }>(deadWorkers)
    const dead = rows.map(row => row.worker)
    if (dead.length > 0) {
      const { rows: held } = await client.query<Held>(heldBy, [dead])
      for (const { programme, waiting, failed } of held) {
        await client.query(`select set_config('app.programme', $1, true)`, [programme])
        await client.query(release, [programme, waiting, failed])
      }
      await client.query('select graphile_worker.force_unlock_workers($1)', [dead])
    }
    await client.query('commit')
    client.release()
    return dead
  } catch (error) {
    client.release(true)
    throw error
  }
}

const deadWorkers = `
  with holders as materialized (
    select locked_by as worker from graphile_worker._private_jobs where locked_by is not null
    union select locked_by from graphile_worker._private_job_queues where locked_by is not null)
  select worker from holders where pg_try_advisory_xact_lock(${lockOf('worker')})`

const heldBy = `
  select payload ->> 'programme' as programme,
    coalesce(array_agg(payload ->> 'id') filter (where attempts < max_attempts), '{}') as waiting,
    coalesce(array_agg(payload ->> 'id') filter (where attempts >= max_attempts), '{}') as failed
  from graphile_worker._private_jobs
  where locked_by = any($1) and (payload ->> 'visible')::boolean
  group by 1`

const release = `
  update job_progress set
    state = case when id = any($3::uuid[]) then 'failed' else 'waiting' end,
    message_code = case when id = any($3::uuid[]) then 'job.died' end,
    params = '{}', finished_at = case when id = any($3::uuid[]) then now() end
  where programme_id = $1 and state = 'running' and id = any($2::uuid[] || $3::uuid[])`
