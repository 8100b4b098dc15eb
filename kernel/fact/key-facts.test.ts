import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { ok, type Result } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { generateRaw, keyIdOf } from './ed25519.ts'
import { createLog, registerOwnKey, revokeKey } from './key-facts.ts'
import { Keyring } from './keyring.ts'
import { changes, type LoggedFact } from './read.ts'
import { recordFact } from './record.ts'

let db: TestDatabase
let log: TestLog
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
})
afterAll(() => db.close())

const write = <T>(work: (tx: Writer) => Promise<Result<T>>) => db.app.write(log.scope, work)
const record = (holder: string, keyring = log.keyring) =>
  write(async tx => ok(await recordFact(tx, keyring, { type: 'thing.done', subject: 's', holder, pub: {} })))
const all = async (): Promise<LoggedFact[]> => {
  await log.drain()
  return changes(db.app, 'shenzhen', { after: -1, limit: 100_000 }).then(page => page.items)
}
const keysOf = (holder: string) =>
  db.owner<{ key_id: string; revoked_at: Date | null }>(
    'select key_id, revoked_at from signing_key where holder = $1 order by registered_at',
    [holder],
  )
const waitingForLocks = async () =>
  (
    await db.owner(
      `select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where not l.granted and a.datname = current_database()`,
    )
  ).length
const gate = () => Promise.withResolvers<void>()

describe('a log', () => {
  it('begins with its operator, then the key of its heads', async () => {
    const [first, second] = await all()
    const [operator] = await db.owner<{ public_key: Buffer }>(
      `select * from signing_key where role = 'operator'`,
    )
    expect(first).toMatchObject({
      index: 0,
      type: 'log.created',
      pub: { programme: 'shenzhen', name: 'shenzhen', key: operator!.public_key.toString('base64') },
    })
    expect(second).toMatchObject({
      index: 1,
      type: 'key.registered',
      pub: { holder: 'log', custody: 'held', alg: 'ed25519' },
    })
    expect(first!.entry.actor).toBe(keyIdOf(operator!.public_key))
    expect(second!.entry.actor).toBe(first!.entry.actor)
  })

  it('is made once and only with a name that can be a key name', async () => {
    const make = (programme: string, origin: string) =>
      db.app.write({ programme, actor: 'x' }, tx => createLog(tx, log.keyring, { name: '上海', origin }))
    expect(await make('shenzhen', 'log.example/other')).toMatchObject({ ok: false, code: 'log.exists' })
    for (const origin of ['', 'a b', 'a+b', 'a\nb', 'a\u3000b', 'e\u0301'])
      expect(await make('shanghai', origin)).toMatchObject({ ok: false, code: 'log.bad_origin' })
    const both = await Promise.all([make('shanghai', 'log.example/a'), make('shanghai', 'log.example/b')])
    expect(both.filter(result => result.ok)).toHaveLength(1)
    expect(await db.owner(`select 1 from signing_key where programme_id = 'shanghai'`)).toHaveLength(2)
  })

  it('registers each held key before its first fact', async () => {
    const holders = Array.from({ length: 5 }, () => `coop-${newId()}`)
    await Promise.all(holders.map(holder => record(holder)))
    const facts = await all()
    const registered = new Map(
      facts.filter(f => f.type === 'key.registered').map(f => [f.pub.keyId, f.index]),
    )
    for (const fact of facts.slice(1)) {
      if (fact.entry.actor === facts[0]!.entry.actor) continue
      expect(registered.get(fact.entry.actor)).toBeLessThan(fact.index)
    }
  })
})

describe('an own key', () => {
  it('is registered once and only if it is one', async () => {
    const { publicKey } = generateRaw()
    const register = (key: Buffer) =>
      write(tx => registerOwnKey(tx, log.keyring, { holder: 'bank', publicKey: key, as: 'bank' }))
    expect(await register(publicKey)).toEqual(ok({ keyId: keyIdOf(publicKey) }))
    expect(await register(publicKey)).toMatchObject({ ok: false, code: 'key.exists' })
    for (const bad of [Buffer.alloc(32), Buffer.alloc(32, 0xff), publicKey.subarray(1)])
      expect(await register(bad)).toMatchObject({ ok: false, code: 'key.malformed' })
    const mine = (await all()).filter(fact => fact.subject === keyIdOf(publicKey))
    expect(mine.map(fact => fact.pub)).toEqual([
      {
        keyId: keyIdOf(publicKey),
        key: publicKey.toString('base64'),
        alg: 'ed25519',
        custody: 'own',
        holder: 'bank',
        as: 'bank',
      },
    ])
  })
})

describe('revocation', () => {
  it('is a fact, happens once, and never to the keys that run the log', async () => {
    await record('coop-r')
    const [key] = await keysOf('coop-r')
    expect(await write(tx => revokeKey(tx, log.keyring, key!.key_id))).toEqual(ok(null))
    expect(await write(tx => revokeKey(tx, log.keyring, key!.key_id))).toMatchObject({ code: 'key.revoked' })
    expect(await write(tx => revokeKey(tx, log.keyring, '0123456789abcdef'))).toMatchObject({
      code: 'key.unknown',
    })
    for (const holder of ['operator', 'log']) {
      const [own] = await keysOf(holder)
      expect(await write(tx => revokeKey(tx, log.keyring, own!.key_id))).toMatchObject({
        code: 'key.not_revocable',
      })
    }
    expect((await all()).filter(fact => fact.type === 'key.revoked').map(fact => fact.pub)).toEqual([
      { keyId: key!.key_id },
    ])
  })

  it('gives the holder a new key, also in a process that still remembers the old one', async () => {
    const elsewhere = new Keyring(db.secrets.masterKey)
    await record('coop-n', elsewhere)
    const [old] = await keysOf('coop-n')
    await write(tx => revokeKey(tx, log.keyring, old!.key_id))
    expect((await record('coop-n', elsewhere)).ok).toBe(true)
    expect((await record('coop-n')).ok).toBe(true)
    const keys = await keysOf('coop-n')
    expect(keys.map(key => key.revoked_at !== null)).toEqual([true, false])
    const facts = (await all()).filter(
      fact => fact.type === 'thing.done' && keys.some(key => key.key_id === fact.keyId),
    )
    expect(facts.map(fact => fact.keyId)).toEqual([old!.key_id, keys[1]!.key_id, keys[1]!.key_id])
  })

  it('waits for a transaction that has signed, and stands after its facts in the log', async () => {
    await record('coop-w')
    const [key] = await keysOf('coop-w')
    const [held, release] = [gate(), gate()]
    const inOurWay = write(async tx => {
      await tx.query('select pg_advisory_xact_lock(7)')
      held.resolve()
      return ok(await release.promise)
    })
    await held.promise
    const slow = write(async tx => {
      await recordFact(tx, log.keyring, { type: 'thing.done', subject: 'slow', holder: 'coop-w', pub: {} })
      // after the facts are written, before the commit
      tx.lastly(() => ({ text: 'select pg_advisory_xact_lock(7)', values: [] }))
      return ok(null)
    })
    // only the server knows that the one waits for the other's lock
    await expect.poll(waitingForLocks).toBe(1)
    let done = false
    const revoking = write(tx => revokeKey(tx, log.keyring, key!.key_id)).then(result => {
      done = true
      return result
    })
    await expect.poll(waitingForLocks).toBe(2)
    expect(done).toBe(false)
    release.resolve()
    await inOurWay
    expect([(await slow).ok, (await revoking).ok]).toEqual([true, true])
    const facts = await all()
    const index = (test: (fact: LoggedFact) => boolean) => facts.find(test)!.index
    expect(index(fact => fact.subject === 'slow')).toBeLessThan(
      index(fact => fact.type === 'key.revoked' && fact.pub.keyId === key!.key_id),
    )
  })
})
