import type { Reader, Writer } from '../database/database.ts'
import { pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { JobRow, Queue } from './contract.ts'
import type { JobState } from './tables.ts'

interface Row extends Pick<JobRow, 'id' | 'name' | 'state' | 'done' | 'total' | 'code' | 'params'> {
  readonly requested_at: Date
  readonly started_at: Date | null
  readonly heartbeat_at: Date | null
  readonly finished_at: Date | null
}

export interface JobsQuery {
  readonly state?: JobState | undefined
  readonly name?: string | undefined
  /** `<instant>|<id>` */
  readonly after?: string | undefined
  readonly limit: number
}

/** What was asked for in the programme, the newest first. One statement. */
export async function listJobs(tx: Reader, query: JobsQuery): Promise<Page<JobRow>> {
  const rows = await tx.query<Row>(
    `select id, name, state, done, total, message_code as code, params, requested_at, started_at, heartbeat_at, finished_at
     from job_progress where programme_id = $1
       and (requested_at, id) < (split_part($2, '|', 1)::timestamptz, split_part($2, '|', 2)::uuid)
       and ($3::text is null or state = $3) and ($4::text is null or name = $4)
     order by requested_at desc, id desc limit $5`,
    [
      tx.programme,
      query.after ?? 'infinity|ffffffff-ffff-ffff-ffff-ffffffffffff',
      query.state ?? null,
      query.name ?? null,
      query.limit + 1,
    ],
  )
  return pageFrom(rows, query.limit, row => `${row.requested_at.toISOString()}|${row.id}`, jobOf)
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const jobOf = ({ requested_at, started_at, heartbeat_at, finished_at, ...row }: Row): JobRow => ({
  ...row,
  requestedAt: requested_at.toISOString(),
  startedAt: iso(started_at),
  heartbeatAt: iso(heartbeat_at),
  finishedAt: iso(finished_at),
})

interface KindRow {
  readonly name: string
  readonly waiting: number
  readonly running: number
  readonly failed: number
  readonly oldest: Date | null
}

interface FailedRow {
  readonly id: string
  readonly name: string
  readonly attempts: number
  readonly last_error: string | null
  readonly at: Date
}

const failing = 'j.attempts >= j.max_attempts and j.locked_at is null'

/** What waits in the queue for the programme. `tx` reads as the role `batch`, which owns the queue. Two statements. */
export async function readQueue(tx: Reader): Promise<Queue> {
  const kinds = await tx.query<KindRow>(
    `select t.identifier as name, count(*) filter (where j.locked_at is null and not (${failing}))::int as waiting,
       count(*) filter (where j.locked_at is not null)::int as running, count(*) filter (where ${failing})::int as failed,
       min(j.run_at) filter (where j.locked_at is null and not (${failing}) and j.run_at <= $2) as oldest
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where j.payload ->> 'programme' = $1 group by 1 order by 1`,
    [tx.programme, tx.at],
  )
  const failed = await tx.query<FailedRow>(
    `select j.payload ->> 'id' as id, t.identifier as name, j.attempts::int, j.last_error, j.updated_at as at
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where j.payload ->> 'programme' = $1 and ${failing} order by j.updated_at desc, j.id desc limit 50`,
    [tx.programme],
  )
  return {
    kinds: kinds.map(({ oldest, ...kind }) => ({ ...kind, oldest: iso(oldest) })),
    failed: failed.map(({ last_error, at, ...job }) => ({
      ...job,
      code: codeIn(last_error),
      at: at.toISOString(),
    })),
  }
}

/** A code or the name of an error, and nothing that may be a value. */
const codeIn = (error: string | null): string => /^[\w.]{1,64}$/.exec(error ?? '')?.[0] ?? 'job.failed'

/** Has a job that was given up tried again from its first attempt. Refuses `job.not_found` where none was given up. */
export async function retryJob(tx: Writer, id: string): Promise<Result<{ id: string }, 'job.not_found'>> {
  const [row] = await tx.query<{ found: boolean }>('select retry_job($1) as found', [id])
  if (!row!.found) return refuse('job.not_found')
  await tx.query(
    `update job_progress set state = 'waiting', message_code = null, params = '{}', finished_at = null
     where programme_id = $1 and id = $2 and state = 'failed'`,
    [tx.programme, id],
  )
  return ok({ id })
}
