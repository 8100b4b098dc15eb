import pg from 'pg'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { Database, type Scope, type Writer } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { changes } from '../fact/read.ts'
import { factsRecorded } from '../fact/signal.ts'
import { newId } from '../ids/ids.ts'
import { must, ok, type Result } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { LogDamaged } from './batch.ts'
import { readCheckpoint } from './note.ts'
import { drain, sequenceOnce, startSequencer } from './sequencer.ts'
import { type TestLog, testLog } from './test-log.ts'

const open: { close(): Promise<void> }[] = []
let db: TestDatabase
let log: TestLog
beforeEach(async () => {
  db = await testDatabase()
  open.push(db)
  log = await testLog(db)
})
afterAll(async () => {
  for (const database of open.reverse()) await database.close()
})

const anotherPool = (): Database => {
  const database = new Database('batch', db.connections.batch, 5)
  open.push(database)
  return database
}
const record = async (times = 1, more: { id?: string } = {}): Promise<string[]> => {
  const ids: string[] = []
  must(
    await db.app.write(log.scope, async tx => {
      for (let n = 0; n < times; n++)
        ids.push(
          (
            await log.recorder.record(tx, {
              type: 'thing.done',
              subject: 's',
              holder: 'h',
              pub: { n },
              ...more,
            })
          ).id,
        )
      return ok(null)
    }),
  )
  return ids
}
const state = () =>
  db.owner(
    `select (select json_agg(l) from log l) as log, (select json_agg(e order by log_index) from log_entry e) as entries,
            (select json_agg(t order by level, tile_index) from log_tile t) as tiles,
            (select json_agg(h order by size) from log_head h) as heads,
            (select json_agg(p order by fact_id) from fact_pending p) as pending`,
  )
const sequenced = async () =>
  (await changes(db.app, 'shenzhen', { after: -1, limit: 100_000 })).items.map(fact => fact.id)
const head = async () =>
  (await db.owner<{ size: number; checkpoint: string; lease_owner: string | null }>('select * from log'))[0]!

describe('a batch', () => {
  it('gives every waiting fact its place, and signs nothing when nothing waits', async () => {
    const ids = await record(5)
    expect(await sequenceOnce(db.batch, log.keyring, 'shenzhen')).toBe(3 + 5)
    expect((await sequenced()).slice(3)).toEqual(ids)
    const before = await state()
    expect(await sequenceOnce(db.batch, log.keyring, 'shenzhen')).toBe(0)
    expect(await state()).toEqual(before)
    expect(readCheckpoint((await head()).checkpoint).size).toBe(8)
  })

  it('ends at 4,096 facts; the rest follows in order', async () => {
    const ids = await record(4_200)
    expect(await sequenceOnce(db.batch, log.keyring, 'shenzhen')).toBe(4_096)
    expect(await drain(db.batch, log.keyring, 'shenzhen')).toBe(3 + 4_200 - 4_096)
    expect((await sequenced()).slice(3)).toEqual(ids)
  })

  it('takes an older id that is committed later', async () => {
    const [early] = await record(1)
    await log.drain()
    const older = '00000000-0000-7000-8000-000000000000'
    await record(1, { id: older })
    await log.drain()
    expect((await sequenced()).slice(-2)).toEqual([early, older])
  })

  it('tells the time it is given, for the demonstration', async () => {
    const at = new Date('2026-01-02T03:04:05Z')
    await drain(db.batch, log.keyring, 'shenzhen', { at })
    expect(await db.owner('select distinct sequenced_at from log_entry')).toEqual([{ sequenced_at: at }])
  })

  it('knows nothing of programmes without a log', async () => {
    expect(await drain(db.batch, log.keyring, 'elsewhere')).toBe(0)
  })

  it('signs nothing upon a tree that is not the one signed', async () => {
    await record(3)
    await log.drain()
    await record(1)
    const [tile] = await db.owner<{ hashes: Buffer }>('select hashes from log_tile')
    const shorter = tile!.hashes.subarray(32)
    const other = Buffer.concat([tile!.hashes.subarray(0, -32), Buffer.alloc(32)])
    for (const hashes of [shorter, other]) {
      await db.owner('update log_tile set hashes = $1', [hashes])
      const before = await state()
      await expect(log.drain()).rejects.toThrow(LogDamaged)
      expect(await state()).toEqual(before)
    }
    await db.owner('update log_tile set hashes = $1', [tile!.hashes])
    expect(await log.drain()).toBe(1)
  })
})

/** A database whose transactions end before their nth statement: by an error, or with their connection. */
class Dying extends Database {
  #die: (tx: Writer) => Promise<void>
  statements = 0
  #last: number

  constructor(url: string, last: number, die: (tx: Writer) => Promise<void>) {
    super('batch', url, 2)
    this.#last = last
    this.#die = die
    // a connection that is ended under us also tells so by an event
    this.pool.on('connect', client => client.on('error', () => undefined))
  }

  override write<T, C extends string = string>(scope: Scope, work: (tx: Writer) => Promise<Result<T, C>>) {
    return super.write<T, C>(scope, tx => work(this.#watched(tx)))
  }

  #watched(tx: Writer): Writer {
    const query = async <Row extends object>(text: string, values?: readonly unknown[], name?: string) => {
      this.statements += 1
      if (this.statements === this.#last) await this.#die(tx)
      return tx.query<Row>(text, values, name)
    }
    return Object.create(tx, { query: { value: query } }) as Writer
  }
}

describe('a sequencer that dies', () => {
  const STATEMENTS = 10

  it('leaves nothing, before whichever statement it was', async () => {
    await record(300)
    const before = await state()
    for (let last = 1; last <= STATEMENTS; last++) {
      const dying = new Dying(db.connections.batch, last, async () => {
        throw new Error('died')
      })
      open.push(dying)
      await expect(sequenceOnce(dying, log.keyring, 'shenzhen', { owner: 'dying' })).rejects.toThrow('died')
      expect(await state()).toEqual(before)
    }
    const whole = new Dying(db.connections.batch, 1_000, async () => undefined)
    open.push(whole)
    expect(await sequenceOnce(whole, log.keyring, 'shenzhen')).toBe(303)
    // so that the loop above reached the last statement
    expect(whole.statements).toBe(STATEMENTS)
  })

  it('with its connection holds up nobody', async () => {
    await record(10)
    const before = await state()
    const superuser = new pg.Client({ connectionString: inject('postgres').adminUrl })
    await superuser.connect()
    for (const last of [3, 5, 8]) {
      const dying = new Dying(db.connections.batch, last, async tx => {
        const [backend] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
        await superuser.query('select pg_terminate_backend($1, 5000)', [backend!.pid])
      })
      open.push(dying)
      await expect(sequenceOnce(dying, log.keyring, 'shenzhen', { owner: 'dying' })).rejects.toThrow()
      expect(await state()).toEqual(before)
    }
    await superuser.end()
    expect(await sequenceOnce(db.batch, log.keyring, 'shenzhen', { owner: 'next' })).toBe(13)
  })
})

describe('a lease', () => {
  const once = (owner: string) => sequenceOnce(db.batch, log.keyring, 'shenzhen', { owner })

  it('keeps others off until it ends, and passes on when it has', async () => {
    expect(await once('a')).toBe(2)
    await record()
    expect(await once('b')).toBe(0)
    const lease = async () =>
      (await db.owner<{ now: Date; until: Date }>('select now(), lease_until as until from log'))[0]!
    const before = await lease()
    expect(await once('a')).toBe(2)
    const after = await lease()
    await record()
    // two processes hand over in less than five seconds
    expect(after.until.getTime() - before.now.getTime()).toBeGreaterThan(1_000)
    expect(after.until.getTime() - after.now.getTime()).toBeLessThan(4_000)
    await db.owner(`update log set lease_until = now() - interval '1 millisecond'`)
    expect(await once('b')).toBe(1)
    expect((await head()).lease_owner).toBe('b')
  })
})

describe('everything at once', () => {
  it('every acknowledged fact is in the log exactly once, with 8 recorders and 3 sequencers of two pools', async () => {
    const stop = new AbortController()
    const errors: unknown[] = []
    const second = anotherPool()
    const racing = [db.batch, second, second].map(async database => {
      while (!stop.signal.aborted)
        await sequenceOnce(database, log.keyring, 'shenzhen').catch(e => errors.push(e))
    })
    const recorders = Array.from({ length: 8 }, async (_, who) => {
      const mine: string[][] = []
      for (let n = 0; n < 25; n++) mine.push(await recordAs(`holder-${(who + n) % 5}`, 1 + (n % 4)))
      return mine
    })
    const acknowledged = (await Promise.all(recorders)).flat()
    stop.abort()
    await Promise.all(racing)
    await log.drain()
    expect(errors).toEqual([])
    const all = await sequenced()
    expect(new Set(all).size).toBe(all.length)
    const place = new Map(all.map((id, at) => [id, at]))
    for (const ids of acknowledged) {
      const places = ids.map(id => place.get(id)!)
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
    // two keys of the log, five of holders
    expect(all.length).toBe(acknowledged.flat().length + 2 + 5)
    expect(await db.owner('select 1 from fact_pending')).toEqual([])
    const indexes = await db.owner<{ n: number; last: number }>(
      'select count(*)::int as n, max(log_index)::int as last from log_entry',
    )
    expect(indexes).toEqual([{ n: all.length, last: all.length - 1 }])
  })

  const recordAs = async (holder: string, times: number): Promise<string[]> => {
    const ids: string[] = []
    must(
      await db.app.write(log.scope, async tx => {
        for (let n = 0; n < times; n++)
          ids.push(
            (await log.recorder.record(tx, { type: 'thing.done', subject: newId(), holder, pub: { n } })).id,
          )
        return ok(null)
      }),
    )
    return ids
  }
})

describe('the running sequencer', () => {
  const start = (database: Database, keyring: Keyring, signal: AbortSignal) =>
    startSequencer({ database, keyring, programmes: ['shenzhen'], signal })

  it('publishes what is committed, in two processes, and gives its lease back', async () => {
    const stop = new AbortController()
    const loops = [db.batch, anotherPool()].map(database => start(database, log.keyring, stop.signal))
    for (let n = 0; n < 5; n++) {
      const [id] = await record()
      await expect.poll(sequenced, { timeout: 20_000, interval: 20 }).toContain(id)
    }
    stop.abort()
    await Promise.all(loops.map(loop => loop.stopped))
    expect((await head()).lease_owner).toBeNull()
    await record()
    factsRecorded.raise('shenzhen')
    expect(await db.owner('select 1 from fact_pending')).toHaveLength(1)
  })

  it('tells of failures and goes on when they are over', async () => {
    await log.drain()
    await db.owner('alter table log_head rename to log_head_away')
    const stop = new AbortController()
    const failed = Promise.withResolvers<unknown>()
    const loop = startSequencer({
      database: db.batch,
      keyring: log.keyring,
      programmes: ['shenzhen'],
      signal: stop.signal,
      onError: (_, error) => failed.resolve(error),
    })
    const [id] = await record()
    expect(await failed.promise).toMatchObject({ code: '42P01' })
    await db.owner('alter table log_head_away rename to log_head')
    await expect.poll(sequenced, { timeout: 20_000 }).toContain(id)
    stop.abort()
    await loop.stopped
  })
})
