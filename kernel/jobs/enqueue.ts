import type { z } from 'zod'
import type { Writer } from '../database/database.ts'
import { idFrom, newId } from '../ids/ids.ts'
import { type Job, payloadOf } from './define.ts'

export interface EnqueueOptions {
  /** A waiting job of the same name and key in the programme is replaced, so that many causes make one run. */
  readonly key?: string
  /** Not before this instant; at once if left out. */
  readonly at?: Date
}

/**
 * Adds a job in the transaction of its cause: it exists if and only if that commits. Returns the id under which a
 * visible job's progress is read; the same key has the same id.
 */
export async function enqueue<P extends z.ZodObject>(
  tx: Writer,
  job: Pick<Job<never, P>, 'name' | 'payload' | 'attempts' | 'visible'>,
  payload: z.input<P>,
  { key, at }: EnqueueOptions = {},
): Promise<string> {
  const input = payloadOf(job, payload)
  const id = key === undefined ? newId() : idFrom('job', tx.programme, job.name, key)
  if (job.visible) await announce(tx, job.name, id)
  await tx.query(
    'select enqueue_job($1, $2, $3, $4, $5, $6, $7, $8)',
    [job.name, id, job.visible, tx.actor, JSON.stringify(input), key ?? null, at ?? null, job.attempts],
    'job-enqueue',
  )
  return id
}

/** Adds many runs of a job that nobody watches, in one statement; of those with a key as `enqueue` does, one waits. */
export async function enqueueMany<P extends z.ZodObject>(
  tx: Writer,
  job: Pick<Job<never, P>, 'name' | 'payload' | 'attempts'> & { readonly visible: false },
  payloads: readonly z.input<P>[],
  keyOf?: (payload: z.input<P>) => string,
): Promise<void> {
  if (payloads.length === 0) return
  await tx.query(
    `select enqueue_job($1, p.id, false, $2, p.input::json, p.key, null, $3)
       from unnest($4::uuid[], $5::text[], $6::text[]) p (id, input, key)`,
    [
      job.name,
      tx.actor,
      job.attempts,
      payloads.map(() => newId()),
      payloads.map(payload => JSON.stringify(payloadOf(job, payload))),
      payloads.map(payload => keyOf?.(payload) ?? null),
    ],
    'job-enqueue-many',
  )
}

/** A run that is under way keeps its row: the next one takes it over when it starts. */
async function announce(tx: Writer, name: string, id: string): Promise<void> {
  await tx.query(
    `insert into job_progress (programme_id, id, name, state, requested_by, requested_at)
     values ($1, $2, $3, 'waiting', $4, $5)
     on conflict (programme_id, id) do update set state = 'waiting', done = 0, total = null, message_code = null,
       params = '{}', requested_by = excluded.requested_by, requested_at = excluded.requested_at,
       started_at = null, heartbeat_at = null, finished_at = null
     where job_progress.state <> 'running'`,
    [tx.programme, id, name, tx.actor, tx.at],
    'job-announce',
  )
}
