import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { ok, refuse } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { commit } from './commitment.ts'
import { publicKeyOf } from './ed25519.ts'
import { isSignedBy, leafHashOf, parseEntry } from './entry.ts'
import { eraseHidden, openHidden } from './hidden.ts'
import { createLog } from './key-facts.ts'
import { Keyring } from './keyring.ts'
import { BadFact } from './public-part.ts'
import { changes, factById, factsOf } from './read.ts'
import type { NewFact, Recorded } from './record.ts'

let db: TestDatabase
let log: TestLog
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
  await log.drain()
})
afterAll(() => db.close())

const fact = (more: Partial<NewFact> = {}): NewFact => ({
  type: 'thing.done',
  subject: 'thing-1',
  holder: 'village-1',
  pub: { n: 1 },
  ...more,
})
const write = <T>(work: (tx: Writer) => Promise<T>, at?: Date) =>
  db.app.write({ ...log.scope, ...(at ? { at } : {}) }, async tx => ok(await work(tx)))
const record = async (more: Partial<NewFact> = {}): Promise<Recorded> => {
  const result = await write(tx => log.recorder.record(tx, fact(more)))
  if (!result.ok) throw new Error(result.code)
  return result.value
}
const refusal = async (more: Partial<NewFact>, at?: Date) => {
  const result = await write(tx => log.recorder.record(tx, fact(more)), at)
  return result.ok ? 'recorded' : result.code
}
const counts = async () =>
  (
    await db.owner<Record<string, number>>(
      `select (select count(*)::int from fact) as facts, (select count(*)::int from fact_pending) as pending,
              (select count(*)::int from fact_private) as private, (select count(*)::int from signing_key) as keys`,
    )
  )[0]!

describe('a recorded fact', () => {
  it('stands as the exact signed bytes, waits for the sequencer and hides what is hidden', async () => {
    const at = new Date('2026-03-01T02:03:04.567Z')
    const { id, leafHash } = await record({
      at,
      pub: { fen: 1250n },
      hidden: { name: '张三', phone: '13812345678' },
    })
    const [row] = await db.owner<{
      entry: Buffer
      leaf_hash: Buffer
      at: Date
      signed_by: string
      key_id: string
    }>('select * from fact where id = $1', [id])
    const entry = parseEntry(row!.entry)!
    expect(entry).toMatchObject({
      id,
      at: '2026-03-01T02:03:04.567Z',
      by: 'held',
      log: log.origin,
      pub: { fen: '1250' },
    })
    expect(row).toMatchObject({ at, leaf_hash: leafHash, signed_by: 'held', key_id: entry.actor })
    expect(leafHashOf(row!.entry)).toEqual(leafHash)
    const [key] = await db.owner<{ public_key: Buffer }>(
      'select public_key from signing_key where key_id = $1',
      [entry.actor],
    )
    expect(isSignedBy(entry, publicKeyOf(key!.public_key))).toBe(true)
    expect(await db.owner('select fact_id from fact_pending where fact_id = $1', [id])).toHaveLength(1)
    expect(row!.entry.toString()).not.toContain('张三')
    expect(Object.keys(entry.c).sort()).toEqual(['name', 'phone'])
  })

  it('opens its hidden values until they are erased, and keeps proving', async () => {
    const { id } = await record({ hidden: { name: '李四', phone: '13912345678' } })
    const open = () => db.app.read(log.scope, tx => openHidden(tx, log.keyring, id))
    const stored = await db.owner<{ sealed_value: Buffer }>(
      'select sealed_value from fact_private where fact_id = $1',
      [id],
    )
    expect(stored.some(row => row.sealed_value.includes('李四'))).toBe(false)
    const openings = await open()
    expect(openings.map(({ field, value }) => [field, value.toString()])).toEqual([
      ['name', '李四'],
      ['phone', '13912345678'],
    ])
    const { entry } = (await db.app.read(log.scope, tx => factById(tx, id)))!
    for (const { field, salt, value } of openings)
      expect(commit(salt, value).toString('base64')).toBe(entry.c[field])
    expect(await write(tx => eraseHidden(tx, id, ['phone']))).toEqual(ok(1))
    expect((await open()).map(({ field }) => field)).toEqual(['name'])
    expect(await write(tx => eraseHidden(tx, id))).toEqual(ok(1))
    expect(await open()).toEqual([])
    expect((await db.app.read(log.scope, tx => factById(tx, id)))!.entry).toEqual(entry)
  })

  it('does not open in another place', async () => {
    const [a, b] = [await record({ hidden: { name: 'a' } }), await record({ hidden: { name: 'b' } })]
    await db.owner(
      `update fact_private set sealed_value = (select sealed_value from fact_private where fact_id = $2) where fact_id = $1`,
      [a.id, b.id],
    )
    await expect(db.app.read(log.scope, tx => openHidden(tx, log.keyring, a.id))).rejects.toThrow()
  })

  it('is found by its thing, oldest first, with its place once it has one', async () => {
    const subject = newId()
    const late = await record({ subject, at: new Date('2026-02-02T00:00:00Z') })
    const early = await record({ subject, at: new Date('2026-02-01T00:00:00Z') })
    const trail = () => db.app.read(log.scope, tx => factsOf(tx, subject))
    expect((await trail()).map(({ id, index }) => [id, index])).toEqual([
      [early.id, undefined],
      [late.id, undefined],
    ])
    await log.drain()
    expect((await trail()).map(({ id }) => id)).toEqual([early.id, late.id])
    expect((await trail()).every(({ index }) => typeof index === 'number')).toBe(true)
  })
})

describe('refusals', () => {
  it('of the work leave no fact, whether returned before or after recording', async () => {
    const before = await counts()
    const result = await db.app.write(log.scope, async tx => {
      await log.recorder.record(tx, fact({ holder: 'never', hidden: { name: 'x' } }))
      return refuse('no')
    })
    expect(result).toEqual(refuse('no'))
    expect(await counts()).toEqual(before)
  })

  it('name what is wrong with a fact and leave nothing', async () => {
    const before = await counts()
    const at = new Date('2026-05-01T00:00:00Z')
    expect(await refusal({ at: new Date(at.getTime() + 1) }, at)).toBe('fact.at_future')
    expect(await refusal({ pub: { text: '长'.repeat(22_000) } })).toBe('fact.too_large')
    expect(await refusal({ refs: [Buffer.alloc(32)] })).toBe('fact.unknown_ref')
    expect(await counts()).toEqual(before)
    expect(await refusal({ at }, at)).toBe('recorded')
  })

  it('take an entry of exactly 65,535 bytes and none larger', async () => {
    const length = async (text: string) => {
      const { id } = await record({ pub: { text } })
      const [row] = await db.owner<{ n: number }>('select length(entry) as n from fact where id = $1', [id])
      return row!.n
    }
    const room = 65_535 - (await length(''))
    expect(await length('x'.repeat(room))).toBe(65_535)
    expect(await refusal({ pub: { text: 'x'.repeat(room + 1) } })).toBe('fact.too_large')
  })

  it('meet an id that another fact has', async () => {
    const { id } = await record()
    expect(await refusal({ id })).toBe('fact.exists')
    const twice = await write(async tx => {
      const same = newId()
      await log.recorder.record(tx, fact({ id: same }))
      await log.recorder.record(tx, fact({ id: same }))
    })
    expect(twice).toMatchObject({ ok: false, code: 'fact.exists' })
  })

  it('come where a programme has no log', async () => {
    const result = await db.app.write({ programme: 'nowhere', actor: 'x' }, async tx =>
      ok(await log.recorder.record(tx, fact())),
    )
    expect(result).toMatchObject({ ok: false, code: 'log.missing' })
  })

  it('are faults of the program for what must not be written', async () => {
    for (const bad of [
      { type: 'key.registered' },
      { type: 'log.created' },
      { type: 'nonsense' },
      { holder: 'log' },
      { pub: { phone: '13812345678' } },
      { hidden: { 'No Name': 'x' } },
      { hidden: { name: '\ud800' } },
      { id: 'not-a-uuid' },
    ])
      await expect(record(bad)).rejects.toThrow(BadFact)
  })
})

describe('order', () => {
  const order = async (ids: string[]) => {
    await log.drain()
    const all = (await changes(db.app, 'shenzhen', { after: -1, limit: 10_000 })).items
    return all.filter(({ id }) => ids.includes(id)).map(({ id }) => id)
  }

  it('within a transaction is kept, also when ids were made elsewhere', async () => {
    const ids = [
      newId(Date.now() + 50_000),
      newId(),
      'ffffffff-ffff-7fff-bfff-ffffffffffff',
      '00000000-0000-7000-8000-000000000001',
    ]
    await write(async tx => {
      for (const id of ids) await log.recorder.record(tx, fact({ id }))
    })
    expect(await order(ids)).toEqual(ids)
  })

  it('puts what a fact rests on before it, though its process had a clock that was ahead', async () => {
    const a = await record()
    const ahead = `'f0000000-0000-7000-8000-000000000000'`
    await db.owner(`update fact_pending set place = ${ahead} where fact_id = $1`, [a.id])
    const b = await record({ refs: [a.leafHash] })
    const c = await record({ refs: [b.leafHash] })
    const last = await write(async tx => {
      const d = await log.recorder.record(tx, fact({ refs: [c.leafHash, a.leafHash] }))
      return [
        d,
        await log.recorder.record(tx, fact({ refs: [d.leafHash] })),
        await log.recorder.record(tx, fact()),
      ]
    })
    if (!last.ok) throw new Error(last.code)
    const ids = [a, b, c, ...last.value].map(({ id }) => id)
    expect(await order(ids)).toEqual(ids)
  })

  it('between transactions of one process is that of their commits, whatever the ids', async () => {
    const ids = ['0fffffff-ffff-7fff-bfff-fffffffffff2', '0fffffff-ffff-7fff-bfff-fffffffffff1', newId()]
    for (const id of ids) await record({ id })
    expect(await order(ids)).toEqual(ids)
  })
})

describe('keys', () => {
  it('of a holder are made once, by however many at once', async () => {
    const holder = `village-${newId()}`
    const rings = [log.keyring, new Keyring(db.secrets.masterKey), new Keyring(db.secrets.masterKey)]
    const { recordFact } = await import('./record.ts')
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, n) => write(tx => recordFact(tx, rings[n % 3]!, fact({ holder })))),
    )
    expect(results.every(result => result.ok)).toBe(true)
    expect(await db.owner('select 1 from signing_key where holder = $1', [holder])).toHaveLength(1)
    const registered = await db.owner(
      `select 1 from fact where type = 'key.registered' and position($1 in convert_from(entry, 'UTF8')) > 0`,
      [holder],
    )
    expect(registered).toHaveLength(1)
  })

  it('made in a transaction that failed are not remembered', async () => {
    const holder = `village-${newId()}`
    await db.app.write(log.scope, async tx => {
      await log.recorder.record(tx, fact({ holder }))
      await log.recorder.record(tx, fact({ holder }))
      return refuse('no')
    })
    expect(await db.owner('select 1 from signing_key where holder = $1', [holder])).toEqual([])
    const { id } = await record({ holder })
    expect((await db.app.read(log.scope, tx => factById(tx, id)))?.signedBy).toBe('held')
  })

  it('are sealed: another master key opens none', async () => {
    const stranger = new Keyring(Buffer.alloc(32, 1).toString('base64'))
    await expect(db.app.read(log.scope, tx => stranger.find(tx, 'village-1'))).rejects.toThrow()
    expect(() => new Keyring('short')).toThrow(RangeError)
  })
})

describe('rights', () => {
  it('let nobody change or delete what was recorded', async () => {
    await record({ hidden: { name: 'x' } })
    await log.drain()
    for (const [database, statement] of [
      [db.app, 'update fact set type = type'],
      [db.app, 'delete from fact'],
      [db.app, 'truncate fact'],
      [db.app, 'delete from fact_pending'],
      [db.app, 'insert into log_entry select * from log_entry'],
      [db.app, 'update log_entry set log_index = 0'],
      [db.app, 'delete from log_tile'],
      [db.app, `update log_tile set hashes = ''`],
      [db.app, 'update log set size = 0'],
      [db.app, 'delete from log_head'],
      [db.app, 'update signing_key set holder = holder'],
      [db.app, 'update fact_private set salt = salt'],
      [db.batch, 'update fact set type = type'],
      [db.batch, 'delete from fact'],
      [db.batch, 'update log_entry set log_index = 0'],
      [db.batch, 'delete from log_entry'],
      [db.batch, 'delete from log_tile'],
      [db.batch, 'update log_head set size = 0'],
      [db.batch, 'update log set origin = origin'],
    ] as const)
      await expect(
        database.write(log.scope, async tx => ok(await tx.query(statement))),
      ).rejects.toMatchObject({ code: '42501' })
  })

  it('end at the programme', async () => {
    await record({ hidden: { name: 'x' } })
    await log.drain()
    await record({ hidden: { name: 'x' } })
    const tables = [
      'signing_key',
      'fact',
      'fact_pending',
      'fact_private',
      'log',
      'log_entry',
      'log_tile',
      'log_head',
    ]
    for (const database of [db.app, db.batch])
      for (const table of tables) {
        const see = (programme: string) =>
          database.read({ programme, actor: 'x' }, tx => tx.query(`select 1 from ${table} limit 1`))
        expect([table, (await see('shenzhen')).length, (await see('beijing')).length]).toEqual([table, 1, 0])
      }
    const forged = db.app.write(log.scope, tx =>
      createLog({ ...tx, query: tx.query.bind(tx), programme: 'beijing' } as Writer, log.keyring, {
        name: 'x',
        origin: 'x',
      }),
    )
    await expect(forged).rejects.toMatchObject({ code: '42501' })
  })
})
