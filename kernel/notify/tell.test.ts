import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { driveOf } from '../process/test-drive.ts'
import { orchard } from '../process/test-process.ts'
import { type ProcessStage, processStage } from '../process/test-stage.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { notificationsOf } from './reads.ts'
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

it('a word of a task names its case, and is read by all once one of them has done it', async () => {
  const drive = driveOf(stage)
  const id = await drive.opened()
  const told = async (name: string) => {
    const mine = await db.app.read(stage.scope(), tx => notificationsOf(tx, member(name), { limit: 50 }))
    return mine.items
      .filter(one => one.case === id)
      .map(({ kind, title, params, read }) => [kind, title, params.state, read])
  }
  const { title } = await drive.row(id)
  expect(await told('township')).toEqual([['task.opened', title, 'township', false]])
  await drive.step('township', id, 'pass', { form: { trees: 200 } })
  expect(await told('township')).toEqual([['task.opened', title, 'township', true]])
  const [soil] = (await drive.tasks(id)).filter(({ role }) => role === 'county_officer')
  const [first] = await told('officer')
  expect([first, await told('officer-b')]).toEqual([['task.opened', title, soil!.state, false], [first]])
  must(await drive.decide('officer', soil!.id, 'pass', { form: { depth: 80 } }))
  expect([await told('officer'), await told('officer-b')]).toEqual(
    Array(2).fill([['task.opened', title, soil!.state, true]]),
  )
  // how the applicant's case goes on is news until they have read it
  expect((await told('clerk')).map(([kind, , , read]) => [kind, read])).toEqual([['case.moved', false]])
})
