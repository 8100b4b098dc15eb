import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { Database, type Reader, type Scope } from './database.ts'

const shenzhen: Scope = { programme: 'shenzhen', actor: 'tester' }
const beijing: Scope = { programme: 'beijing', actor: 'tester' }
let db: TestDatabase
let one: Database
beforeAll(async () => {
  db = await testDatabase()
  await db.owner(`create table glimpse (programme_id text not null, n int not null)`)
  await db.owner(`select scoped('glimpse', 'select, insert, update', 'select')`)
  await db.owner(`insert into glimpse values ('shenzhen', 1), ('shenzhen', 2), ('beijing', 3)`)
  one = new Database('app', db.connections.app, 1)
})
afterAll(async () => {
  await one.close()
  await db.close()
})

const numbers = (tx: Reader, name?: string) =>
  tx.query<{ n: number }>('select n from glimpse order by n', [], name).then(rows => rows.map(row => row.n))

it('shows each statement the rows of its own programme, also where many share a connection', async () => {
  const found = await Promise.all(
    [shenzhen, beijing, shenzhen, beijing].map(scope =>
      one.look(scope, tx => Promise.all([numbers(tx), numbers(tx, 'glimpse-read'), numbers(tx)])),
    ),
  )
  const [ours, theirs] = [[1, 2], [3]]
  expect(found).toEqual([
    [ours, ours, ours],
    [theirs, theirs, theirs],
    [ours, ours, ours],
    [theirs, theirs, theirs],
  ])
})

it('leaves nothing of its scope on the connection', async () => {
  await one.look(shenzhen, numbers)
  const { rows } = await one.looks.query(
    `select current_setting('app.programme') as programme, current_setting('transaction_read_only') as locked`,
  )
  expect(rows).toEqual([{ programme: '', locked: 'off' }])
  expect((await one.looks.query('select n from glimpse')).rows).toEqual([])
})

it('gives no way to write or to leave the scope', async () => {
  const change = one.look(shenzhen, tx => tx.query('update glimpse set n = 9'))
  await expect(change).rejects.toMatchObject({ code: '25006' })
  const bad = one.look({ ...shenzhen, programme: `x'; --` }, numbers)
  await expect(bad).rejects.toThrow('not a programme id')
  const more = one.look(shenzhen, tx => tx.query(`set app.programme = 'beijing'; select n from glimpse`))
  await expect(more).rejects.toMatchObject({ code: '42601' })
  const left = await one.look(shenzhen, async tx => {
    await tx.query(`select set_config('app.programme', 'beijing', true)`)
    return numbers(tx)
  })
  expect(left).toEqual([1, 2])
})

it('fails statement by statement: the next one of the same name and connection is answered', async () => {
  const outcomes = await one.look(shenzhen, tx =>
    Promise.allSettled([
      tx.query('select 1 / (n - 1) as n from glimpse', [], 'glimpse-share'),
      tx.query('select nothing from glimpse', [], 'glimpse-nothing'),
      numbers(tx, 'glimpse-read'),
    ]),
  )
  expect(outcomes).toMatchObject([
    { reason: { code: '22012' } },
    { reason: { code: '42703' } },
    { value: [1, 2] },
  ])
  await expect(
    one.look(shenzhen, tx => tx.query('select nothing from glimpse', [], 'glimpse-nothing')),
  ).rejects.toMatchObject({ code: '42703' })
  expect(await one.look(beijing, tx => numbers(tx, 'glimpse-read'))).toEqual([3])
})

it('is built by Kysely alike', async () => {
  const found = await one.look(shenzhen, tx => sql`select n from glimpse where n > ${1}`.execute(tx.db))
  expect(found.rows).toEqual([{ n: 2 }])
})

it('keeps no connection between statements: one look may wait for another', async () => {
  const found = await one.look(shenzhen, async tx => {
    await numbers(tx)
    const other = await one.look(beijing, numbers)
    return [...(await numbers(tx)), ...other]
  })
  expect(found).toEqual([1, 2, 3])
})
