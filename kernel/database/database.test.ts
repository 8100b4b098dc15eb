import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok, Refused, refuse } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { command } from './command.ts'
import { Database, type Scope, type Writer } from './database.ts'

const scope: Scope = { programme: 'shenzhen', actor: 'tester', at: new Date('2026-01-05T01:00:00Z') }
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await db.owner(
    `create table probe (programme_id text not null, id int not null, n int not null, primary key (programme_id, id))`,
  )
  await db.owner(`select scoped('probe', 'select, insert, update', 'select')`)
  await db.owner(`insert into probe values ('shenzhen', 1, 0), ('shenzhen', 2, 0), ('beijing', 1, 0)`)
})
afterAll(() => db.close())

const add = (tx: Writer, id: number, n: number) =>
  tx.query('update probe set n = n + $3 where programme_id = $1 and id = $2', [tx.programme, id, n])
const sum = async () => (await db.owner<{ n: number }>('select sum(n)::int as n from probe'))[0]!.n

describe('scope', () => {
  it('shows and changes only the rows of the programme', async () => {
    const rows = await db.app.read(scope, tx => tx.query('select programme_id from probe'))
    expect(rows).toEqual([{ programme_id: 'shenzhen' }, { programme_id: 'shenzhen' }])
    const insert = db.app.write(scope, async tx =>
      ok(await tx.query(`insert into probe values ('beijing', 9, 9)`)),
    )
    await expect(insert).rejects.toMatchObject({ code: '42501' })
  })

  it('refuses a name that could leave the statement', async () => {
    const read = db.app.read({ ...scope, programme: `x'; drop table probe; --` }, async () => 1)
    await expect(read).rejects.toThrow('not a programme id')
  })

  it('shows nothing to a connection that has chosen no programme', async () => {
    const rows = await db.app.pool.query('select * from probe').then(
      r => r.rows,
      (e: Error) => e.message,
    )
    expect([[], 'unrecognized configuration parameter "app.programme"']).toContainEqual(rows)
  })

  it('gives a reading transaction no way to write', async () => {
    const write = db.app.read(scope, tx => tx.query(`update probe set n = 1`))
    await expect(write).rejects.toMatchObject({ code: '25006' })
  })

  it('connects as a role that neither owns tables nor bypasses row security', async () => {
    const rows = await db.owner(
      `select rolname, rolsuper, rolbypassrls from pg_roles where rolname like 'silian_%' order by 1`,
    )
    expect(rows).toEqual([
      { rolname: 'silian_app', rolsuper: false, rolbypassrls: false },
      { rolname: 'silian_batch', rolsuper: false, rolbypassrls: false },
      { rolname: 'silian_owner', rolsuper: false, rolbypassrls: false },
    ])
  })
})

describe('refusals', () => {
  it('roll back, returned or thrown, and keep announcements silent', async () => {
    const before = await sum()
    let announced = 0
    for (const end of [
      () => refuse('no', { n: 1 }),
      () => {
        throw new Refused('no', { n: 1 })
      },
    ]) {
      const result = await db.app.write(scope, async tx => {
        tx.afterCommit(() => {
          announced += 1
        })
        await add(tx, 1, 5)
        return end()
      })
      expect(result).toEqual({ ok: false, code: 'no', params: { n: 1 } })
    }
    expect(await sum()).toBe(before)
    expect(announced).toBe(0)
  })
})

describe('the end of a transaction', () => {
  it('makes the last statements when the work is done, in the order they were asked for', async () => {
    let n = 0
    const result = await db.app.write(scope, async tx => {
      const append = (digit: number) => ({
        text: 'update probe set n = n * 10 + $2 where programme_id = $1 and id = 2',
        values: [tx.programme, digit],
      })
      tx.lastly(() => append(n))
      tx.lastly(() => append(n + 1))
      n = 3
      await tx.query('update probe set n = 0 where programme_id = $1 and id = 2', [tx.programme])
      return ok(null)
    })
    expect(result).toEqual(ok(null))
    expect(await db.owner(`select n from probe where programme_id = 'shenzhen' and id = 2`)).toEqual([
      { n: 34 },
    ])
  })

  it('fails with a last statement, of which the error may be told otherwise, and leaves nothing', async () => {
    const before = await sum()
    let announced = 0
    const end = (explain?: (error: unknown) => unknown) =>
      db.app.write(scope, async tx => {
        await add(tx, 1, 5)
        tx.afterCommit(() => {
          announced += 1
        })
        tx.lastly(() => ({
          text: 'insert into probe values ($1, 1, 0)',
          values: [tx.programme],
          ...(explain ? { explain } : {}),
        }))
        tx.lastly(() => ({ text: 'update probe set n = n + 1', values: [] }))
        return ok(null)
      })
    await expect(end()).rejects.toMatchObject({ code: '23505' })
    expect(await end(() => new Refused('probe.exists'))).toEqual(refuse('probe.exists'))
    expect(await sum()).toBe(before)
    expect(announced).toBe(0)
  })

  it('tells of an error that the work kept to itself, for it has undone everything', async () => {
    const before = await sum()
    const result = db.app.write(scope, async tx => {
      await add(tx, 1, 5)
      await tx.query(`insert into probe values ('shenzhen', 1, 0)`).catch(() => undefined)
      return ok(null)
    })
    await expect(result).rejects.toThrow('a statement failed, and with it the transaction')
    expect(await sum()).toBe(before)
  })

  it('lets the next user of the connection begin anew, after a read as after a failure', async () => {
    const one = new Database('app', db.connections.app, 1)
    const programme = () =>
      one.read(scope, tx => tx.query(`select current_setting('app.programme') as p, now()::text as at`))
    const [first, second] = await Promise.all([programme(), programme()])
    expect(first).toMatchObject([{ p: 'shenzhen' }])
    expect(second).not.toEqual(first)
    await expect(one.read(scope, tx => tx.query('select 1/0'))).rejects.toMatchObject({ code: '22012' })
    const wrote = await one.write(scope, async tx => ok(await add(tx, 1, 0)))
    expect([
      wrote,
      await one.read({ ...scope, programme: 'beijing' }, tx => tx.query('select n from probe')),
    ]).toEqual([ok([]), [{ n: 0 }]])
    await one.close()
  })

  it('waits for nobody once what was asked is read, and closes only after it', async () => {
    const one = new Database('app', db.connections.app, 1)
    const rows = await one.read(scope, tx => tx.query('select id from probe order by id'))
    await one.close()
    expect(rows).toEqual([{ id: 1 }, { id: 2 }])
  })
})

describe('a lost connection', () => {
  it('fails the transaction under way, also before its first statement, and is replaced', async () => {
    const one = new Database('app', db.connections.app, 1)
    const kill = () =>
      db.owner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where usename = 'silian_app' and datname = current_database() and pid <> pg_backend_pid()`,
      )
    const lost = one.write(scope, async tx => {
      await add(tx, 1, 1)
      await kill()
      return ok(await add(tx, 1, 1))
    })
    await expect(lost).rejects.toThrow()
    expect(await one.write(scope, async tx => ok(await add(tx, 1, 0)))).toEqual(ok([]))
    await one.close()
  })
})

describe('retry', () => {
  it('runs the work again from the start after a deadlock, until both are done', async () => {
    const before = await sum()
    let attempts = 0
    let arrived = 0
    let open = () => {}
    const both = new Promise<void>(resolve => {
      open = resolve
    })
    const crossed = (first: number, second: number) =>
      db.app.write(scope, async tx => {
        attempts += 1
        await add(tx, first, 1)
        arrived += 1
        if (arrived === 2) open()
        await both
        await add(tx, second, 1)
        return ok(null)
      })
    expect(await Promise.all([crossed(1, 2), crossed(2, 1)])).toEqual([ok(null), ok(null)])
    expect(attempts).toBe(3)
    expect(await sum()).toBe(before + 4)
  })
})

describe('command', () => {
  it('answers the same for the same key and input, and acts once, also at the same moment', async () => {
    const before = await sum()
    const once = () =>
      command(db.app, scope, { key: 'k1', name: 'add', input: { b: 1, a: 2 } }, async tx => {
        await add(tx, 1, 7)
        return ok({ n: 7 })
      })
    const answers = await Promise.all(Array.from({ length: 8 }, once))
    expect(answers).toEqual(Array.from({ length: 8 }, () => ok({ n: 7 })))
    expect(await sum()).toBe(before + 7)
  })

  it('refuses another input under the same key and forgets a refused command', async () => {
    const run = (input: unknown, refused = false) =>
      command(db.app, scope, { key: 'k2', name: 'add', input }, async () => (refused ? refuse('no') : ok(1)))
    expect(await run(1, true)).toEqual({ ok: false, code: 'no', params: {} })
    expect(await run(2)).toEqual(ok(1))
    expect(await run(3)).toEqual({ ok: false, code: 'idempotency.mismatch', params: {} })
  })
})
