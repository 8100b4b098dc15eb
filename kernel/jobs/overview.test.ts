import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { defineJob } from './define.ts'
import { enqueue } from './enqueue.ts'
import { listJobs, readQueue, retryJob } from './overview.ts'

const at = new Date('2026-01-05T01:00:00Z')
const scope = (programme = 'shenzhen', minutes = 0) => ({
  programme,
  actor: 'tester',
  at: new Date(at.getTime() + minutes * 60_000),
})
const shown = defineJob({
  name: 'sheet.read',
  payload: z.object({}),
  visible: true,
  run: async () => undefined,
})

let db: TestDatabase
let ids: string[]
beforeAll(async () => {
  db = await testDatabase()
  ids = []
  for (const minutes of [0, 1, 2])
    ids.push(
      must(await db.app.write(scope('shenzhen', minutes), async tx => ok(await enqueue(tx, shown, {})))),
    )
  await db.app.write(scope('tongzhou'), async tx => ok(await enqueue(tx, shown, {})))
  await db.owner(
    `update job_progress set state = 'failed', message_code = 'job.failed', finished_at = now() where id = $1`,
    [ids[0]],
  )
  await db.batch.pool.query(
    `update graphile_worker._private_jobs set attempts = max_attempts, last_error = $2 where payload ->> 'id' = $1`,
    [ids[0], 'ECONNREFUSED'],
  )
})
afterAll(() => db.close())

it('lists what was asked for in the programme, the newest first, page by page and by state', async () => {
  const list = (query: object) => db.app.read(scope(), tx => listJobs(tx, { limit: 2, ...query }))
  const first = await list({})
  expect(first.items.map(job => [job.id, job.state])).toEqual([
    [ids[2], 'waiting'],
    [ids[1], 'waiting'],
  ])
  const second = await list({ after: first.next })
  expect([second.items.map(job => job.id), second.next]).toEqual([[ids[0]], null])
  expect((await list({ state: 'failed' })).items.map(job => job.code)).toEqual(['job.failed'])
  expect((await list({ name: 'other.job' })).items).toEqual([])
})

it('tells how much waits and what was given up, by code alone', async () => {
  const queue = await db.batch.read({ ...scope(), at: new Date(Date.now() + 60_000) }, readQueue)
  expect(queue.kinds).toEqual([
    { name: 'sheet.read', waiting: 2, running: 0, failed: 1, oldest: expect.any(String) },
  ])
  expect(queue.failed).toMatchObject([{ id: ids[0], name: 'sheet.read', attempts: 10, code: 'ECONNREFUSED' }])
})

it('has what was given up tried again, in its own programme and once', async () => {
  const retry = (programme: string, id: string) =>
    db.app.write({ ...scope(), programme }, tx => retryJob(tx, id))
  expect(await retry('tongzhou', ids[0]!)).toMatchObject({ code: 'job.not_found' })
  expect(await retry('shenzhen', ids[1]!)).toMatchObject({ code: 'job.not_found' })
  expect(await retry('shenzhen', ids[0]!)).toEqual({ ok: true, value: { id: ids[0] } })
  expect(await retry('shenzhen', ids[0]!)).toMatchObject({ code: 'job.not_found' })
  const queue = await db.batch.read(scope(), readQueue)
  expect(queue.kinds[0]).toMatchObject({ waiting: 3, failed: 0 })
  const [job] = await db.owner('select state, finished_at from job_progress where id = $1', [ids[0]])
  expect(job).toEqual({ state: 'waiting', finished_at: null })
})
