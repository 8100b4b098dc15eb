import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { orchard } from '../process/test-process.ts'
import { type ProcessStage, processStage } from '../process/test-stage.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { tellAll } from './tell.ts'

let db: TestDatabase
let stage: ProcessStage
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [orchard])
})
afterAll(() => db?.close())

const member = (name: string): string => stage.id(`member ${name}`)
const officers = {
  ...{ member_id: null, role: 'county_officer', organisation_id: null, area_path: '45/4510/451003' },
}
const one = (name: string) => ({ ...officers, member_id: member(name) })

it('several words are three statements, however many hear them and wherever they are told', async () => {
  for (const name of ['officer', 'officer-b', 'officer-b'])
    await stage.rows(
      `insert into notification_target (programme_id, id, member_id, channel, address, language, created_at)
       values ($1, $2, $3, 'email', 'sealed', 'zh', now())`,
      [stage.programme, newId(), member(name)],
    )
  const word = (cause: string) => ({
    kind: 'task.opened',
    cause,
    process: 'orchard',
    params: { state: 'township' },
  })
  const causes = [newId(), newId(), newId()]
  const statements: string[] = []
  must(
    await db.app.write(stage.scope(), async tx => {
      const query = (text: string, values: unknown[], name?: string) => {
        statements.push(name ?? text)
        return tx.query(text, values, name)
      }
      const counted: typeof tx = new Proxy(tx, {
        get: (of, key) => (key === 'query' ? query : Reflect.get(of, key, of)),
      })
      const tellings = causes.map(cause => ({ audience: officers, word: word(cause) }))
      // who hears of it by two ways hears of it once
      return ok(await tellAll(counted, [...tellings, { audience: one('officer'), word: word(causes[0]!) }]))
    }),
  )
  expect(statements).toEqual(['notification-holders', 'notification-tell', 'job-enqueue-many'])
  const told = await stage.rows<{ id: string; member_id: string }>(
    'select id, member_id from notification where cause = any($1)',
    [causes.map(cause => `task.opened:${cause}`)],
  )
  expect(told.length).toBe(6)
  const jobs = await db.batch.pool.query(
    `select 1 from graphile_worker._private_jobs j where j.payload->'input'->>'notification' = any($1)`,
    [told.map(({ id }) => id)],
  )
  // one target and two
  expect(jobs.rows.length).toBe(3 + 6)
})
