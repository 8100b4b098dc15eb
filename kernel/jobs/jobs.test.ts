import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { Scope, Writer } from '../database/database.ts'
import { must, ok, Refused, refuse } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { defineJob, type Job } from './define.ts'
import { type EnqueueOptions, enqueue } from './enqueue.ts'
import { probeJob } from './fixtures/probe-job.ts'
import { jobProgress, jobsOf } from './progress.ts'
import type { JobFailure } from './task.ts'
import { startWorker } from './worker.ts'

const scope: Scope = { programme: 'shenzhen', actor: 'tester', at: new Date('2026-01-05T01:00:00Z') }
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await db.owner(
    `insert into programme values ('shenzhen', '深圳', 'Shenzhen', '4403', true, now()), ('beijing', '北京', 'Beijing', '11', true, now())`,
  )
  await db.owner(
    'create table probe_step (programme_id text, step int, n int, primary key (programme_id, step))',
  )
  await db.owner(`select scoped('probe_step', 'select', 'select, insert')`)
})
afterAll(() => db.close())
beforeEach(async () => {
  await db.batch.pool.query('delete from graphile_worker._private_jobs')
})

interface Queued {
  readonly attempts: number
  readonly locked_by: string | null
  readonly key: string | null
  readonly run_at: Date
  readonly last_error: string | null
  readonly payload: { programme: string; input: unknown; actor: string }
}
const queue = async (): Promise<Queued[]> =>
  (
    await db.batch.pool.query(
      'select attempts, locked_by, key, run_at, last_error, payload from graphile_worker._private_jobs order by id',
    )
  ).rows

const add = <P extends z.ZodObject>(job: Job<never, P>, payload: z.input<P>, options?: EnqueueOptions) =>
  db.app.write(scope, async tx => ok(await enqueue(tx, job, payload, options))).then(must)
const progressOf = (id: string) => db.app.read(scope, tx => jobProgress(tx, id))

const note = defineJob({
  name: 'note.send',
  payload: z.object({ to: z.string() }),
  run: async () => undefined,
})

/** Runs a worker until `settled`, then stops it and waits until nothing of it is left. */
async function work<K>(
  jobs: readonly Job<K>[],
  kit: K,
  settled: Promise<unknown>,
  onFailure?: (failure: JobFailure) => void,
): Promise<string> {
  const stop = new AbortController()
  const worker = await startWorker({
    batchConnection: db.connections.batch,
    jobs,
    kit,
    signal: stop.signal,
    sweepEvery: 100,
    ...(onFailure ? { onFailure } : {}),
  })
  await settled
  stop.abort()
  await worker.ended
  return worker.id
}

describe('enqueue', () => {
  it('adds the job with the transaction of its cause, for its programme and actor', async () => {
    const id = await add(note, { to: 'b1' })
    expect((await queue()).map(job => job.payload)).toEqual([
      { programme: 'shenzhen', actor: 'tester', id, visible: false, input: { to: 'b1' } },
    ])
    expect(await progressOf(id)).toBeUndefined()
  })

  it('leaves nothing behind when that is refused', async () => {
    await db.app.write(scope, async tx => {
      await enqueue(tx, probeJob, { steps: 1 })
      return refuse('no')
    })
    expect(await queue()).toEqual([])
    expect(await db.owner('select 1 from job_progress')).toEqual([])
  })

  it('replaces a waiting job of the same key, and waits as long as told', async () => {
    const at = new Date('2031-01-01T00:00:00Z')
    const first = await add(note, { to: 'b1' }, { key: 'k' })
    const second = await add(note, { to: 'b2' }, { key: 'k', at })
    expect(second).toBe(first)
    const jobs = await queue()
    expect(jobs.map(job => [job.key, job.payload.input, job.run_at])).toEqual([
      ['note.send:shenzhen:k', { to: 'b2' }, at],
    ])
  })

  it.each(['王小明', '13800138000', '11010519491231002X', 'a b', 'x@example.org'])(
    'refuses %s, which may be personal',
    async to => {
      await expect(add(note, { to })).rejects.toThrow('may hold a personal value')
      expect(await queue()).toEqual([])
    },
  )

  it('refuses a payload of another shape and a name of another form', async () => {
    await expect(add(note, { to: 7 } as unknown as { to: string })).rejects.toThrow(z.ZodError)
    expect(() => defineJob({ ...note, name: 'Note' })).toThrow('not a job name')
  })

  it('is the only way of the application to the queue', async () => {
    const direct = (sql: string) => db.app.write(scope, async (tx: Writer) => ok(await tx.query(sql)))
    await expect(direct(`select graphile_worker.add_job('note.send')`)).rejects.toMatchObject({
      code: '42501',
    })
    await expect(direct('select * from graphile_worker._private_jobs')).rejects.toMatchObject({
      code: '42501',
    })
    const [owner] = await db.owner(
      `select r.rolname, r.rolsuper, p.prosecdef, p.proconfig from pg_proc p join pg_roles r on r.oid = p.proowner
       where p.proname = 'enqueue_job'`,
    )
    expect(owner).toEqual({
      rolname: 'silian_batch',
      rolsuper: false,
      prosecdef: true,
      proconfig: ['search_path=pg_catalog, pg_temp'],
    })
    const [owners] = await db.owner<{ may: boolean }>(
      `select has_schema_privilege('silian_batch', 'public', 'create') as may`,
    )
    expect(owners!.may).toBe(false)
  })
})

describe('worker', () => {
  it('runs a job and shows how far it is, to its programme only', async () => {
    await db.owner('delete from probe_step')
    const id = await add(probeJob, { steps: 3 })
    expect(await progressOf(id)).toMatchObject({ state: 'waiting', done: 0, requestedBy: 'tester' })
    const last = Promise.withResolvers<void>()
    const after = (step: number) => (step === 3 ? last.resolve() : undefined)
    await work([probeJob], { batch: db.batch, after }, last.promise)
    expect(await progressOf(id)).toMatchObject({ state: 'done', done: 3, total: 3, code: null })
    expect((await db.app.read(scope, tx => jobsOf(tx, 'tester'))).map(job => job.id)).toContain(id)
    const elsewhere = await db.app.read({ ...scope, programme: 'beijing' }, tx => jobProgress(tx, id))
    expect(elsewhere).toBeUndefined()
    expect(await queue()).toEqual([])
  })

  it('fails what is refused without another attempt', async () => {
    const job = defineJob({
      name: 'probe.refused',
      payload: z.object({}),
      visible: true,
      run: async () => {
        throw new Refused('stock.short', { asked: 3 })
      },
    })
    const id = await add(job, {})
    const failed = Promise.withResolvers<JobFailure>()
    await work([job], {}, failed.promise, failed.resolve)
    expect(await progressOf(id)).toMatchObject({ state: 'failed', code: 'stock.short', params: { asked: 3 } })
    expect(await queue()).toEqual([])
  })

  it('tries again after an error, of which it tells no message', async () => {
    const job = defineJob({
      name: 'probe.broken',
      payload: z.object({}),
      visible: true,
      attempts: 2,
      run: async () => {
        throw new TypeError('phone 13800138000 is wrong')
      },
    })
    const id = await add(job, {})
    for (const [last, state] of [
      [false, 'waiting'],
      [true, 'failed'],
    ] as const) {
      const failed = Promise.withResolvers<JobFailure>()
      await work([job], {}, failed.promise, failed.resolve)
      expect(await failed.promise).toMatchObject({ job: 'probe.broken', id, last, code: 'TypeError' })
      expect((await failed.promise).stack[0]).toContain('jobs.test.ts')
      expect(await progressOf(id)).toMatchObject({
        state,
        code: 'job.failed',
        params: { error: 'TypeError' },
      })
      await db.batch.pool.query('update graphile_worker._private_jobs set run_at = now()')
    }
    expect((await queue()).map(({ attempts, last_error }) => [attempts, last_error])).toEqual([
      [2, 'TypeError'],
    ])
  })

  it('aborts the signal of a job that outlasts the stop, which then waits for the next worker', async () => {
    const started = Promise.withResolvers<void>()
    const job = defineJob({
      name: 'probe.long',
      payload: z.object({}),
      visible: true,
      run: async ({ signal }) => {
        started.resolve()
        await once(signal, 'abort')
        throw signal.reason
      },
    })
    const id = await add(job, {})
    await work([job], {}, started.promise)
    expect(await progressOf(id)).toMatchObject({ state: 'waiting' })
    expect((await queue()).map(({ attempts, locked_by }) => [attempts, locked_by])).toEqual([[1, null]])
  })
})

describe('a worker killed in the middle of a job', () => {
  const doomed = async () => {
    await db.owner('delete from probe_step')
    const child = fork(join(import.meta.dirname, 'fixtures/doomed-worker.ts'), [db.connections.batch])
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'message')
    return async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }

  it('loses nothing: the next one runs the job again and nothing stays running', async () => {
    const id = await add(probeJob, { steps: 4 })
    const kill = await doomed()
    expect(await progressOf(id)).toMatchObject({ state: 'running' })
    expect((await queue())[0]!.locked_by).toMatch(/^worker-/)
    await kill()

    const last = Promise.withResolvers<void>()
    const after = (step: number) => (step === 4 ? last.resolve() : undefined)
    await work([probeJob], { batch: db.batch, after }, last.promise)
    expect(await progressOf(id)).toMatchObject({ state: 'done', done: 4, total: 4 })
    expect(await queue()).toEqual([])
    expect(await db.owner('select step, n from probe_step order by 1')).toEqual(
      [1, 2, 3, 4].map(step => ({ step, n: 1 })),
    )
    expect(await db.owner(`select 1 from job_progress where state = 'running'`)).toEqual([])
  })

  it('is taken for alive while it lives', async () => {
    await add(probeJob, { steps: 4 })
    const kill = await doomed()
    const before = await queue()
    await work([probeJob], { batch: db.batch, after: () => undefined }, Promise.resolve())
    expect(await queue()).toEqual(before)
    await kill()
  })

  it('shows the job as failed when that was its last attempt', async () => {
    const id = await add(probeJob, { steps: 4 })
    const kill = await doomed()
    await db.batch.pool.query('update graphile_worker._private_jobs set attempts = max_attempts')
    await kill()
    const quiet = Promise.withResolvers<void>()
    const watch = setInterval(async () => {
      if ((await progressOf(id))?.state === 'failed') quiet.resolve()
    }, 50)
    await work([note], {}, quiet.promise)
    clearInterval(watch)
    expect(await progressOf(id)).toMatchObject({ state: 'failed', code: 'job.died' })
  })
})

describe('a recurring job', () => {
  it('is run once for each programme', async () => {
    const ran = Promise.withResolvers<void>()
    const programmes: string[] = []
    const job = defineJob({
      name: 'probe.nightly',
      payload: z.object({}),
      recurring: { at: '15 3 * * *' },
      run: async ({ scope }) => {
        programmes.push(`${scope.programme} ${scope.actor}`)
        if (programmes.length === 2) ran.resolve()
      },
    })
    await db.batch.pool.query(
      `select graphile_worker.add_job('probe.nightly', '{"_cron": {"ts": "2026-01-04T19:15:00Z"}}')`,
    )
    await work([job], {}, ran.promise)
    expect(programmes.sort()).toEqual(['beijing system', 'shenzhen system'])
    expect(await queue()).toEqual([])
  })
})
