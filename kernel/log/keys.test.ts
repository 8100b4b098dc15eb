import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { addLogKey, logKeys, retireLogKey, signersOf } from './keys.ts'
import { receiptsOf } from './receipts.ts'
import { type TestLog, testLog } from './test-log.ts'

let db: TestDatabase
let log: TestLog
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
})
afterAll(() => db.close())

const keys = () => db.batch.read(log.scope, logKeys)
const add = (alg: 'ed25519' | 'sm2') => db.batch.write(log.scope, tx => addLogKey(tx, log.keyring, alg))
const retire = (keyId: string) => db.batch.write(log.scope, tx => retireLogKey(tx, log.keyring, keyId))

describe('the keys of a log', () => {
  it('sign all together, the oldest first; the last that every reader checks is not retired', async () => {
    const [first] = await keys()
    expect(await retire('0123456789abcdef')).toMatchObject({ code: 'key.unknown' })
    expect(await retire(first!.keyId)).toMatchObject({ code: 'key.last' })
    const sm2 = must(await add('sm2'))
    // who does not know SM2 could check nothing any more
    expect(await retire(first!.keyId)).toMatchObject({ code: 'key.last' })
    const second = must(await add('ed25519'))
    expect(await retire(first!.keyId)).toEqual(ok(null))
    expect(await retire(first!.keyId)).toMatchObject({ code: 'key.revoked' })
    expect((await keys()).map(({ keyId, alg, retired }) => [keyId, alg, retired])).toEqual([
      [first!.keyId, 'ed25519', true],
      [sm2.keyId, 'sm2', false],
      [second.keyId, 'ed25519', false],
    ])
    const signers = await db.app.read(log.scope, tx => signersOf(tx, log.keyring))
    expect(signers.map(({ name }) => name)).toEqual([log.origin, log.origin])
  })

  it('are of a log that there is', async () => {
    const nowhere = { programme: 'nowhere', actor: 'x' }
    expect(await db.batch.write(nowhere, tx => addLogKey(tx, log.keyring, 'ed25519'))).toMatchObject({
      code: 'log.missing',
    })
    await expect(db.app.read(nowhere, tx => signersOf(tx, log.keyring))).rejects.toThrow('has no key')
  })
})

describe('receipts', () => {
  const record = () =>
    db.app.write(log.scope, async tx =>
      ok(await log.recorder.record(tx, { type: 'thing.done', subject: 's', holder: 'h', pub: {} })),
    )
  const receipts = (...facts: string[]) =>
    db.app.read(log.scope, tx =>
      receiptsOf(
        tx,
        log.keyring,
        facts.map(fact => ({ fact })),
      ),
    )

  it('stand in the order of the log; what is not in it yet waits, and what never was is none', async () => {
    const [first, second] = [must(await record()), must(await record())]
    await log.drain()
    const third = must(await record())
    const { items } = await receipts(third.id, second.id, newId(), first.id)
    expect(items.map(({ factId, state }) => [factId, state])).toEqual([
      [first.id, 'ready'],
      [second.id, 'ready'],
      [third.id, 'recording'],
    ])
    expect(items.map(({ receipt }) => receipt?.split('\n')[0])).toEqual([
      ...['c2sp.org/tlog-proof@v1', 'c2sp.org/tlog-proof@v1', undefined],
    ])
  })
})
