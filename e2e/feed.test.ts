import { changes } from '@silian/kernel/fact/read.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  await smallWorld(kit)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

it('a page of the feed looks at 10,000 entries at the most, however rare what is asked for', async () => {
  // a log of that size, without writing one
  await db.owner(`update log set size = 50000 where programme_id = 'shenzhen'`)
  const page = (after: number, types?: string[]) =>
    changes(kit.app, 'shenzhen', { after, limit: 2, ...(types ? { types } : {}) })
  expect(await page(-1, ['nothing.happened'])).toEqual({ items: [], next: 9999 })
  expect(await page(45_000, ['nothing.happened'])).toEqual({ items: [], next: 49_999 })
  const full = await page(-1)
  expect([full.items.length, full.next]).toEqual([2, full.items[1]!.index])
})
