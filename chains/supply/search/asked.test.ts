import { everythingOf } from '@silian/kernel/access/permit.ts'
import { publicPrincipal } from '@silian/kernel/access/principal.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Kit } from '../../kit.ts'
import { AskedWords, isAskedAnew, wordOf } from './asked.ts'
import { askedWords } from './asked-reads.ts'
import { type ShopPage, shopQuery } from './contract.ts'
import { scope, stage } from './fixtures/stage.ts'
import { forgetAsked } from './jobs.ts'
import { type SearchKit, searchRoutes } from './routes.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await stage(database)
})
afterEach(() => database.owner('delete from shop_asked'))
afterAll(() => database.close())

const rows = () =>
  database.owner<{ day: string; query: string; times: number; found: number }>(
    'select day, query, times, found from shop_asked order by day, query',
  )

/** So many offers each time, on a day of 2026. */
async function ask(day: string, query: string, ...found: number[]): Promise<void> {
  const asked = new AskedWords(database.app, new Date(`2026-${day}T02:00:00Z`))
  for (const each of found) asked.note('shop', query, each)
  await asked.flush()
}

const seller = (county: string) => ({
  ...everythingOf('shop'),
  everything: false,
  organisationIds: [idFrom('coop', county)],
})
const read = (reach = everythingOf('shop')) => database.app.read(scope, tx => askedWords(tx, reach))

test('words are told apart by neither capitals, wide signs nor spaces; what may name somebody is not kept', () => {
  expect(['ＢＳＭＧ ', ' 百色  芒果', '芒果', '土'.repeat(20)].map(wordOf)).toEqual([
    'bsmg',
    '百色 芒果',
    '芒果',
    '土'.repeat(20),
  ])
  const left = ['芒', '土'.repeat(21), '13900000031', '５斤', 'a@example.com', '①号', '  ']
  expect(left.map(wordOf)).toEqual(left.map(() => undefined))
})

test('a day takes so many different words; of those it has, each is counted on', async () => {
  await database.owner(
    `insert into shop_asked (programme_id, day, query, times, found)
     select 'shop', '2026-05-01', 'w' || translate(n::text, '0123456789', 'abcdefghij'), 1, 0 from generate_series(1, 20000) n`,
  )
  await ask('05-01', 'wb', 3)
  await ask('05-01', '芒果', 3)
  const asked = (await rows()).filter(({ query }) => ['wb', '芒果'].includes(query))
  expect(asked).toMatchObject([{ query: 'wb', times: 2, found: 3 }])
})

test('only words alone are counted, not their pages, filters and orders', () => {
  const place = `0.1.2.${idFrom('offer', 'x')}`
  const isAnew = (query: object) => isAskedAnew(shopQuery.parse(query))
  expect(isAnew({ q: '芒果' })).toBe(true)
  expect(isAnew({ q: '芒果', sort: 'relevance', limit: '24' })).toBe(true)
  const again = [
    { after: place },
    { sort: 'price' },
    { county: '451003' },
    { pavilion: 'a' },
    { cold: 'true' },
  ]
  expect(again.map(more => isAnew({ q: '芒果', ...more }))).toEqual(again.map(() => false))
  expect(isAnew({})).toBe(false)
})

test('the route counts first pages with how many offers they found, and nothing that is only suggested', async () => {
  const asked = new AskedWords(database.app, scope.at)
  const routes = searchRoutes({ app: database.app, asked, searchLimit: 0 } as unknown as SearchKit)
  const get = async (path: string, query: object) => {
    const route = routes.find(each => each.path === path)!
    const call = { scope, principal: publicPrincipal('shop'), query, asked: { address: 'here' } }
    return must(await route.handle(call as unknown as Parameters<typeof route.handle>[0]))
  }
  const list = (query: object) => get('/shop/offers', shopQuery.parse(query)) as Promise<ShopPage>
  const { facets, next } = await list({ q: '一级', limit: '2' })
  await list({ q: '一级', limit: '2', after: next })
  await list({ q: '一级', limit: '2', county: '451003' })
  await list({ q: '一级', limit: '2' })
  await list({})
  await list({ q: '火星石头' })
  await get('/shop/suggest', { q: '百色' })
  await asked.flush()
  const counted = (await rows()).map(({ query, times, found }) => [query, times, found])
  expect(facets!.total).toBeGreaterThan(2)
  expect(counted).toEqual([
    ['一级', 2, facets!.total],
    ['火星石头', 1, 0],
  ])
})

test('processes add to the same row of a day, and the last answer stands', async () => {
  const [one, other] = [new AskedWords(database.app, scope.at), new AskedWords(database.app, scope.at)]
  for (const found of [8, 9]) one.note('shop', '芒果', found)
  one.note('shop', '榴莲', 0)
  one.note('elsewhere', '芒果', 1)
  expect(await rows()).toEqual([])
  await one.flush()
  other.note('shop', '芒果', 7)
  await other.flush()
  await other.flush()
  const shop = await database.owner(
    'select programme_id, query, times, found from shop_asked order by 1, 2, 3',
  )
  expect(shop).toEqual([
    { programme_id: 'elsewhere', query: '芒果', times: 1, found: 1 },
    { programme_id: 'shop', query: '榴莲', times: 1, found: 0 },
    { programme_id: 'shop', query: '芒果', times: 3, found: 7 },
  ])
})

test('a programme has a thousand words a minute, and what the database does not take is let go', async () => {
  const asked = new AskedWords(database.app, scope.at)
  const word = (n: number) => String.fromCodePoint(0x4e00 + n, 0x4e00)
  for (let n = 0; n < 1010; n += 1) asked.note('shop', word(n), 0)
  asked.note('shop', word(0), 0)
  asked.note('Not A Programme', '芒果', 1)
  await asked.flush()
  const [held] = await database.owner<{ n: number; most: number }>(
    'select count(*)::int as n, max(times) as most from shop_asked',
  )
  expect(held).toEqual({ n: 1000, most: 2 })
})

test('shows the last thirty days, what found nothing first, and nothing that was asked less than five times', async () => {
  await ask('06-01', '芒果', 1, 1, 1, 1, 1, 1)
  await ask('06-02', '芒果', 2, 2)
  await ask('07-01', '芒果', 8, 8, 12)
  await ask('07-01', '榴莲', 0, 0, 0, 0, 0)
  await ask('07-01', '荔枝', 4, 4, 4, 4, 4)
  await ask('07-01', '山竹', 3, 0, 0, 0, 0, 0)
  await ask('07-01', '张三', 0, 0, 0, 0)
  expect((await read()).items).toEqual([
    { query: '山竹', times: 6, days: 1, found: 0, own: null },
    { query: '榴莲', times: 5, days: 1, found: 0, own: null },
    { query: '荔枝', times: 5, days: 1, found: 4, own: null },
    { query: '芒果', times: 5, days: 2, found: 12, own: null },
  ])
})

test('a seller sees of which words it has something on sale: written, spoken or abbreviated', async () => {
  for (const query of ['芒果', 'mangguo', 'bsmg', '百色芒果', '榴莲', '金银花'])
    await ask('07-01', query, 9, 9, 9, 9, 9)
  const own = async (county: string) =>
    Object.fromEntries((await read(seller(county))).items.map(({ query, own }) => [query, own]))
  const none = { 芒果: false, mangguo: false, bsmg: false, 百色芒果: false, 榴莲: false, 金银花: false }
  expect(await own('451003')).toEqual({ ...none, 芒果: true, mangguo: true, bsmg: true, 百色芒果: true })
  expect(await own('no such county')).toEqual(none)
})

test('forgets days after ninety', async () => {
  await ask('04-02', '芒果', 1)
  await ask('04-03', '芒果', 1)
  type Given = Parameters<typeof forgetAsked.run>[0]
  await forgetAsked.run({ kit: database as unknown as Kit, scope } as Given, {})
  expect((await rows()).map(({ day }) => day)).toEqual(['2026-04-03'])
})
