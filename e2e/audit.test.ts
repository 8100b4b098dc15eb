import { newId } from '@silian/kernel/ids/ids.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { type TestLog, testLog } from '@silian/kernel/log/test-log.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { audit } from '@silian/verifier/audit.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { logSource } from './log-source.ts'

const FACTS = 100_000
const PER_TRANSACTION = 500

let db: TestDatabase
let log: TestLog
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
})
afterAll(() => db.close())

const fact = (n: number) => ({
  type: 'delivery.accepted',
  subject: newId(),
  holder: `unit-${n % 3}`,
  pub: { order: newId(), grams: 25_000n, fen: BigInt(n), county: '451003' },
})

it('a log of 100,000 facts, recorded and sequenced as in use, passes the audit end to end', async () => {
  for (let first = 0; first < FACTS; first += PER_TRANSACTION) {
    const written = await db.app.write(log.scope, async tx => {
      for (let n = first; n < first + PER_TRANSACTION; n++) await log.recorder.record(tx, fact(n))
      return ok(PER_TRANSACTION)
    })
    must(written)
    // the sequencer comes now and then, at sizes that are no multiple of anything
    if (first % 7500 === 0) await log.drain()
  }
  await log.drain()
  const fetchBytes = logSource(db.app, log.scope.programme)
  const result = await audit({ fetchBytes, vkey: (await vkey(db.app, log.scope.programme))! })
  expect(result).toMatchObject({
    ok: true,
    report: {
      origin: log.origin,
      // with the log's beginning, and the keys of its heads and of three units
      size: FACTS + 5,
      types: { 'log.created': 1, 'key.registered': 4, 'delivery.accepted': FACTS },
      own: 0,
      held: FACTS + 5,
    },
  })
}, 300_000)
