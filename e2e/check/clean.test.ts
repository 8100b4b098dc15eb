import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallWorld } from '../small-world.ts'
import { type BusyWorld, busyWorld } from './busy-world.ts'

let db: TestDatabase
let kit: Whole
let busy: BusyWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  busy = await busyWorld(db, kit, await smallWorld(kit))
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

it('finds nothing after orders of every end', async () => {
  const report = await checkProgramme(kit, busy.world.programme)
  expect(report.differences).toEqual([])
})
