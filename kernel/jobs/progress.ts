import type { Database, Reader, Scope } from '../database/database.ts'
import { ok, type RefusalParams } from '../result/result.ts'
import type { JobState } from './tables.ts'

/** At most one write in this time, however often a job reports. */
const THROTTLE_MS = 1000
/** A job that reports nothing still shows that it lives. */
const HEARTBEAT_MS = 10_000

/**
 * How far a job is. Reports are kept and written now and then, by transactions of their own, so that others see them
 * while the job's own are still open. An invisible job reports to nobody.
 */
export class Progress {
  readonly #database: Database
  readonly #scope: Scope
  readonly #id: string | undefined
  #done = 0
  #total: number | null = null
  #code: string | null = null
  #params: RefusalParams = {}
  #written = 0
  #writing: Promise<void> | undefined
  #heart: NodeJS.Timeout | undefined

  /** Without an id nothing is written. */
  constructor(database: Database, scope: Scope, id?: string) {
    this.#database = database
    this.#scope = scope
    this.#id = id
  }

  /** How much there is to do, where it is known. */
  total(total: number): void {
    this.#total = total
    this.#report()
  }

  /** How much is done, of all. */
  done(done: number): void {
    this.#done = done
    this.#report()
  }

  /** What is going on: a code of the message files. Never personal values. */
  say(code: string, params: RefusalParams = {}): void {
    this.#code = code
    this.#params = params
    this.#report()
  }

  async begin(): Promise<void> {
    await this.#write('running')
    if (this.#id === undefined) return
    this.#heart = setInterval(() => this.#report(), HEARTBEAT_MS)
    this.#heart.unref()
  }

  /** Waits for what is being written, so that no late report overwrites the end. */
  async end(state: Exclude<JobState, 'running'>, code?: string, params: RefusalParams = {}): Promise<void> {
    clearInterval(this.#heart)
    await this.#writing
    if (code !== undefined) {
      this.#code = code
      this.#params = params
    }
    await this.#write(state)
  }

  #report(): void {
    if (this.#writing || Date.now() - this.#written < THROTTLE_MS) return
    this.#writing = this.#write('running')
      // a report that could not be written is not worth failing the job; the next one tells more
      .catch(() => undefined)
      .finally(() => {
        this.#writing = undefined
      })
  }

  async #write(state: JobState): Promise<void> {
    this.#written = Date.now()
    if (this.#id === undefined) return
    const values = [this.#id, state, this.#done, this.#total, this.#code, JSON.stringify(this.#params)]
    await this.#database.write({ programme: this.#scope.programme, actor: this.#scope.actor }, async tx => {
      await tx.query(update, [tx.programme, ...values, tx.at], 'job-progress-write')
      return ok(null)
    })
  }
}

const update = `
  update job_progress set state = $3, total = $5, done = case when $3 = 'done' then coalesce($5::bigint, $4::bigint) else $4::bigint end, message_code = $6, params = $7,
    started_at = case when $3 = 'running' then coalesce(started_at, $8) else started_at end,
    heartbeat_at = $8, finished_at = case when $3 in ('done', 'failed') then $8 end
  where programme_id = $1 and id = $2`

export interface JobProgress {
  readonly id: string
  readonly name: string
  readonly state: JobState
  readonly done: number
  readonly total: number | null
  readonly code: string | null
  readonly params: RefusalParams
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly startedAt: Date | null
  readonly heartbeatAt: Date | null
  readonly finishedAt: Date | null
}

const columns = `id, name, state, done, total, message_code as code, params, requested_by as "requestedBy",
  requested_at as "requestedAt", started_at as "startedAt", heartbeat_at as "heartbeatAt",
  finished_at as "finishedAt"`

export async function jobProgress(tx: Reader, id: string): Promise<JobProgress | undefined> {
  const [row] = await tx.query<JobProgress>(
    `select ${columns} from job_progress where programme_id = $1 and id = $2`,
    [tx.programme, id],
    'job-progress-read',
  )
  return row
}

/** What an actor asked for, the latest first. */
export const jobsOf = (tx: Reader, actor: string, limit = 50): Promise<JobProgress[]> =>
  tx.query<JobProgress>(
    `select ${columns} from job_progress where programme_id = $1 and requested_by = $2 order by id desc limit $3`,
    [tx.programme, actor, limit],
    'job-progress-list',
  )
