import { z } from 'zod'
import type { Scope } from '../database/database.ts'
import type { Progress } from './progress.ts'

/** What a run of a job is given beside its payload. */
export interface JobContext<K> {
  readonly kit: K
  /** The programme it works for, on behalf of whoever asked for it. */
  readonly scope: Scope
  readonly progress: Progress
  /** 1 at the first attempt; more after a failure or the death of a worker. */
  readonly attempt: number
  /** Aborts when the worker is told to stop: leave at the next safe place by throwing `signal.reason`. */
  readonly signal: AbortSignal
}

export interface JobSpec<K, P extends z.ZodObject> {
  /** `noun.verb`; never changed while jobs of that name may be waiting. */
  readonly name: string
  /** Ids, codes, dates and numbers only: what is personal is read by the run itself. */
  readonly payload: P
  /**
   * May run twice, and twice at once: a worker that lost its connection may be alive. A thrown `Refused` ends the job
   * as failed with its code; any other error has it tried again.
   */
  run(context: JobContext<K>, payload: z.output<P>): Promise<void>
  /** Attempts before it is given up: 10 if left out. */
  readonly attempts?: number
  /** Keeps a row of `job_progress` for people to watch. */
  readonly visible?: boolean
  readonly recurring?: Recurrence
}

export interface Recurrence {
  /** Minute, hour, day, month and weekday in Asia/Shanghai: `15 3 * * *`. */
  readonly at: string
  /** Once, in the programme `platform`, instead of once for each programme. The payload is `{}` either way. */
  readonly once?: boolean
}

export interface Job<K, P extends z.ZodObject = z.ZodObject> extends JobSpec<K, P> {
  readonly attempts: number
  readonly visible: boolean
}

export function defineJob<K, P extends z.ZodObject>(spec: JobSpec<K, P>): Job<K, P> {
  if (!/^[a-z_]+\.[a-z_]+$/.test(spec.name)) throw new RangeError(`not a job name: ${spec.name}`)
  return { ...spec, attempts: spec.attempts ?? 10, visible: spec.visible ?? false }
}

/** A payload as it goes into the queue. Throws where it is not of the job's shape or holds what might be personal. */
export function payloadOf<P extends z.ZodObject>(
  job: Pick<Job<never, P>, 'name' | 'payload'>,
  payload: z.input<P>,
): object {
  const parsed = job.payload.parse(payload)
  assertIds(job.name, parsed)
  return payload
}

// what can name a person is written in letters of a language, holds blanks, or is a number people are known by
const PERSONAL = /[^\x21-\x7e]|^1\d{10}$|^\d{17}[\dXx]$|@/

function assertIds(job: string, value: unknown): void {
  if (typeof value === 'string' && PERSONAL.test(value))
    throw new RangeError(`payload of ${job} may hold a personal value; give ids`)
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) assertIds(job, part)
}

/** The payload as the queue keeps it: with whose it is, and who asked. */
export const envelope = z.object({
  programme: z.string(),
  id: z.uuid(),
  visible: z.boolean(),
  actor: z.string(),
  input: z.unknown(),
})
export type Envelope = z.infer<typeof envelope>
