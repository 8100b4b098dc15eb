import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Database, type Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { ok, Refused } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { changes } from './read.ts'
import { factsSequenced } from './signal.ts'
import {
  type LoggedFact,
  runSubscriptions,
  type Subscription,
  startSubscriptions,
  subscribe,
} from './subscribe.ts'

let db: TestDatabase
let other: Database
let log: TestLog
beforeAll(async () => {
  db = await testDatabase()
  other = new Database('batch', db.connections.batch, 5)
  log = await testLog(db)
  await db.owner(
    'create table effect (programme_id text, name text, log_index bigint, n bigint generated always as identity)',
  )
  await db.owner(`select scoped('effect', 'select', 'select, insert')`)
})
afterAll(async () => {
  await other.close()
  await db.close()
})

const record = async (type: string, times = 1) => {
  await db.app.write(log.scope, async tx => {
    for (let n = 0; n < times; n++)
      await log.recorder.record(tx, { type, subject: 's', holder: 'h', pub: { n } })
    return ok(null)
  })
  await log.drain()
}
const write = (tx: Writer, name: string, fact: LoggedFact) =>
  tx.query('insert into effect values ($1, $2, $3)', [tx.programme, name, fact.index])
const effects = async (name: string) =>
  (
    await db.owner<{ log_index: number }>('select log_index from effect where name = $1 order by n', [name])
  ).map(row => row.log_index)
const indexes = async (types: string[]) =>
  (await changes(db.app, 'shenzhen', { after: -1, limit: 100_000, types })).items.map(fact => fact.index)
const cursor = async (name: string) =>
  (await db.owner<{ next_index: number }>('select * from subscription where name = $1', [name]))[0]
const counting = (types: string[], more: Partial<Subscription> = {}): Subscription => {
  const name = `count-${newId()}`
  return subscribe({
    name,
    types,
    handle: async (tx, fact) => {
      await write(tx, name, fact)
    },
    ...more,
  })
}
const run = (...subscriptions: Subscription[]) => runSubscriptions(db.batch, 'shenzhen', subscriptions)

describe('a subscription', () => {
  it('is handed the facts of its kinds once, in log order, over any number of batches', async () => {
    await record('a.done', 450)
    await record('b.done', 3)
    await record('a.done', 2)
    const mine = counting(['a.done'])
    expect(await run(mine)).toBe(452)
    expect(await run(mine)).toBe(0)
    expect(await effects(mine.name)).toEqual(await indexes(['a.done']))
    await record('a.done')
    expect(await run(mine)).toBe(1)
    expect((await effects(mine.name)).length).toBe(453)
  })

  it('gives its handler the fact, the time and the batch role', async () => {
    await record('c.done')
    const at = new Date('2026-04-01T00:00:00Z')
    const seen: object[] = []
    const mine = counting(['c.done'], {
      handle: async (tx, fact) => {
        const [{ role } = { role: '' }] = await tx.query<{ role: string }>('select current_user as role')
        seen.push({
          at: tx.at,
          role,
          programme: tx.programme,
          pub: fact.pub,
          subject: fact.subject,
          by: fact.entry.by,
        })
      },
    })
    await runSubscriptions(db.batch, 'shenzhen', [mine], { at })
    expect(seen).toEqual([
      { at, role: 'silian_batch', programme: 'shenzhen', pub: { n: 0 }, subject: 's', by: 'held' },
    ])
  })

  it('may record facts that follow from it', async () => {
    await record('d.done', 3)
    const mine = counting(['d.done'], {
      handle: async (tx, fact) => {
        const refs = [fact.leafHash]
        await log.recorder.record(tx, {
          type: 'd.followed',
          subject: 's',
          holder: 'new-holder',
          pub: {},
          refs,
        })
      },
    })
    await run(mine)
    await log.drain()
    const followed = (await changes(db.app, 'shenzhen', { after: -1, limit: 10, types: ['d.followed'] }))
      .items
    const caused = (await changes(db.app, 'shenzhen', { after: -1, limit: 10, types: ['d.done'] })).items
    expect(followed.map(fact => fact.entry.refs[0])).toEqual(
      caused.map(fact => fact.leafHash.toString('base64')),
    )
  })

  it('has its effect once when its handler dies after writing, and stops before that fact', async () => {
    await record('e.done', 5)
    const [, , third] = await indexes(['e.done'])
    let broken = true
    const failures: object[] = []
    const mine = counting(['e.done'], {
      handle: async (tx, fact) => {
        await write(tx, 'e', fact)
        if (broken && fact.index === third) throw new Error('13812345678 is broken')
      },
    })
    const others = counting(['e.done'])
    const handled = await runSubscriptions(db.batch, 'shenzhen', [mine, others], {
      onFailure: ({ name, index, code }) => failures.push({ name, index, code }),
    })
    expect(handled).toBe(2 + 5)
    expect(failures).toEqual([{ name: mine.name, index: third, code: 'Error' }])
    expect(await effects('e')).toHaveLength(2)
    expect(await cursor(mine.name)).toMatchObject({
      next_index: third,
      failed_index: third,
      last_error_code: 'Error',
    })
    expect(JSON.stringify(await cursor(mine.name))).not.toContain('13812345678')
    expect(await effects(others.name)).toHaveLength(5)
    expect(await run(mine)).toBe(0)
    broken = false
    expect(await run(mine)).toBe(3)
    expect(await effects('e')).toEqual(await indexes(['e.done']))
    expect(await cursor(mine.name)).toMatchObject({
      failed_at: null,
      failed_index: null,
      last_error_code: null,
    })
  })

  it('keeps the code of a refusal and of the database', async () => {
    await record('f.done')
    const refused = counting(['f.done'], {
      handle: async () => {
        throw new Refused('stock.short', { id: 'x' })
      },
    })
    const wrong = counting(['f.done'], {
      handle: async tx => {
        await tx.query('select 1 / 0')
      },
    })
    await run(refused, wrong)
    expect((await cursor(refused.name)) as object).toMatchObject({ last_error_code: 'stock.short' })
    expect((await cursor(wrong.name)) as object).toMatchObject({ last_error_code: '22012' })
  })

  it('fails at the fact whose last write failed, not at the end of its batch', async () => {
    await record('g.done', 4)
    const [first, second] = await indexes(['g.done'])
    const id = newId()
    const mine = counting(['g.done'], {
      handle: async (tx, fact) => {
        const given = fact.index === first || fact.index === second ? { id } : {}
        await log.recorder.record(tx, { type: 'g.followed', subject: 's', holder: 'h', pub: {}, ...given })
      },
    })
    await run(mine)
    expect(await cursor(mine.name)).toMatchObject({
      next_index: second,
      failed_index: second,
      last_error_code: 'fact.exists',
    })
  })

  it('has its effects once when several processes run it at the same time', async () => {
    await record('h.done', 300)
    const mine = counting(['h.done'])
    const handled = await Promise.all(
      [db.batch, other, db.batch, other].map(database => runSubscriptions(database, 'shenzhen', [mine])),
    )
    expect(handled.reduce((sum, n) => sum + n)).toBe(300)
    expect(await effects(mine.name)).toEqual(await indexes(['h.done']))
  })

  it('begins again under another name', async () => {
    const again = counting(['h.done'])
    await run(again)
    expect(await effects(again.name)).toEqual(await indexes(['h.done']))
  })

  it('is refused without a name or kinds', () => {
    const handle = async () => undefined
    expect(() => subscribe({ name: 'No Name', types: ['a.b'], handle })).toThrow('needs a name')
    expect(() => subscribe({ name: 'name', types: [], handle })).toThrow('needs a name')
  })
})

describe('the running subscriptions', () => {
  it('follow the log as it grows, in two processes, and stop', async () => {
    const stop = new AbortController()
    const mine = counting(['i.done'])
    const loops = [db.batch, other].map(database =>
      startSubscriptions({ database, programmes: ['shenzhen'], subscriptions: [mine], signal: stop.signal }),
    )
    await record('i.done', 10)
    await record('i.done', 10)
    await expect.poll(() => effects(mine.name)).toHaveLength(20)
    stop.abort()
    await Promise.all(loops.map(loop => loop.stopped))
    factsSequenced.raise('shenzhen')
    expect(await effects(mine.name)).toEqual(await indexes(['i.done']))
  })

  it('tell of a failing handler and let others go on', async () => {
    const stop = new AbortController()
    const failed = Promise.withResolvers<string>()
    const bad = counting(['j.done'], {
      handle: async () => {
        throw new TypeError('no')
      },
    })
    const good = counting(['j.done'])
    const loop = startSubscriptions({
      database: db.batch,
      programmes: ['shenzhen'],
      subscriptions: [bad, good],
      signal: stop.signal,
      onFailure: (programme, failure) => failed.resolve(`${programme} ${failure.name} ${failure.code}`),
    })
    await record('j.done')
    expect(await failed.promise).toBe(`shenzhen ${bad.name} TypeError`)
    await expect.poll(() => effects(good.name)).toHaveLength(1)
    stop.abort()
    await loop.stopped
  })
})

describe('the change feed', () => {
  it('pages by log index, with or without kinds', async () => {
    const everything = (await changes(db.app, 'shenzhen', { after: -1, limit: 100_000 })).items
    expect(everything.map(fact => fact.index)).toEqual(everything.map((_, at) => at))
    const page = (await changes(db.app, 'shenzhen', { after: 4, limit: 3 })).items
    expect(page.map(fact => fact.index)).toEqual([5, 6, 7])
    const kinds = (await changes(db.app, 'shenzhen', { after: page[2]!.index, limit: 2, types: ['b.done'] }))
      .items
    expect(kinds.map(fact => fact.type)).toEqual(['b.done', 'b.done'])
    expect((await changes(db.app, 'shenzhen', { after: everything.length - 1, limit: 5 })).items).toEqual([])
    expect((await changes(db.app, 'elsewhere', { after: -1, limit: 5 })).items).toEqual([])
  })
})
