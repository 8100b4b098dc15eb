import type { JobHelpers, Task } from 'graphile-worker'
import type { Database } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { framesOf } from '../result/frames.ts'
import { Refused } from '../result/result.ts'
import { type Envelope, envelope, type Job } from './define.ts'
import { Progress } from './progress.ts'

export interface JobFailure {
  readonly job: string
  readonly programme: string
  readonly id: string
  readonly attempt: number
  readonly last: boolean
  /** A refusal's code, an SQLSTATE or the name of the error: messages may hold values and are not told. */
  readonly code: string
  /** Where it was thrown, without the message. */
  readonly stack: readonly string[]
}

export interface TaskContext<K> {
  readonly kit: K
  /** For progress, beside the job's own transactions. */
  readonly database: Database
  readonly onFailure: (failure: JobFailure) => void
}

/** The queue's task of a job. Called by the clock it fans out into one job for each programme. */
export function taskOf<K>(job: Job<K>, context: TaskContext<K>): Task {
  return async (payload, helpers) => {
    const sent = envelope.safeParse(payload)
    if (sent.success) return perform(job, sent.data, helpers, context)
    return fanOut(job, helpers, context.database)
  }
}

async function perform<K>(
  job: Job<K>,
  sent: Envelope,
  helpers: JobHelpers,
  context: TaskContext<K>,
): Promise<void> {
  const { programme, actor, id, visible, input } = sent
  const scope = { programme, actor }
  const { attempts: attempt, max_attempts: attempts } = helpers.job
  const progress = new Progress(context.database, scope, visible ? id : undefined)
  const signal = helpers.abortSignal ?? new AbortController().signal
  await progress.begin()
  try {
    await job.run({ kit: context.kit, scope, progress, attempt, signal }, job.payload.parse(input))
  } catch (error) {
    // what was refused would be refused again: the job is over, though not done
    const refusal = error instanceof Refused ? error.refusal : undefined
    const last = refusal !== undefined || attempt >= attempts
    const code = codeOf(error)
    context.onFailure({ job: job.name, programme, id, attempt, last, code, stack: framesOf(error) })
    await progress.end(
      last ? 'failed' : 'waiting',
      refusal?.code ?? 'job.failed',
      refusal?.params ?? { error: code },
    )
    if (refusal) return
    // the queue keeps the message of an error
    throw new Error(code)
  }
  await progress.end('done')
}

async function fanOut<K>(job: Job<K>, helpers: JobHelpers, database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ id: string }>('select id from programme order by id')
  const programmes = job.recurring?.once ? ['platform'] : rows.map(row => row.id)
  for (const programme of programmes) {
    const sent: Envelope = { programme, id: newId(), visible: false, actor: 'system', input: {} }
    await helpers.addJob(job.name, sent, {
      jobKey: `${job.name}:${programme}:recurring`,
      maxAttempts: job.attempts,
    })
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.refusal.code
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}
