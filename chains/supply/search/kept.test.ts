import { publicPrincipal } from '@silian/kernel/access/principal.ts'
import type { Database, Reader } from '@silian/kernel/database/database.ts'
import type { LoggedFact } from '@silian/kernel/fact/subscribe.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SearchCache } from './cache.ts'
import { Cards } from './cards.ts'
import { type ShopPage, searchSorts, shopQuery } from './contract.ts'
import { findOffers } from './find.ts'
import { offers, products } from './fixtures/catalogue.ts'
import { offerId, scope, stage } from './fixtures/stage.ts'
import { followOffers } from './follow.ts'
import { currentGeneration } from './generation.ts'
import { rebuildOffers } from './rebuild.ts'
import { suggest } from './suggest.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await stage(database)
})
afterAll(() => database.close())

/** With nothing kept from before, unless it is given. */
const find = async (
  query: Record<string, string>,
  programme = 'shop',
  cache = new SearchCache(database.app),
) =>
  must(
    await database.app.look({ ...scope, programme }, tx =>
      findOffers(tx, publicPrincipal(programme), shopQuery.parse(query), cache),
    ),
  )

const namesOf = ({ items }: ShopPage) => [...new Set(items.map(({ nameZh }) => nameZh))]

const hear = async (type: string, subject: string, pub: object = {}) =>
  must(
    await database.batch.write(scope, async tx =>
      ok(await followOffers.handle(tx, { type, subject, pub } as unknown as LoggedFact)),
    ),
  )

/** Every word is said to find as many offers as have its token. */
const wordsThatMiscount = () =>
  database.owner(
    `select w.key, w.offers from offer_word w
       left join lateral (select count(*) as n from offer_found f
         where f.programme_id = w.programme_id and f.generation = w.generation and f.tokens @> array[w.token]) c on true
      where w.offers <> c.n`,
  )

describe('a page', () => {
  test.each(searchSorts)('by %s goes on where the one before ended, with each offer once', async sort => {
    const seen: ShopPage['items'] = []
    for (let after: string | null = ''; after !== null; ) {
      const page = await find({ sort, limit: '90', q: '一级', ...(after ? { after } : {}) })
      seen.push(...page.items)
      after = page.next
    }
    const wanted = offers.filter(({ spec }) => spec.includes('一级')).length
    expect(new Set(seen.map(({ id }) => id)).size).toBe(wanted)
    expect(seen).toHaveLength(wanted)
    const prices = seen.map(({ priceFen }) => priceFen)
    if (sort === 'price') expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    if (sort === 'price_down') expect(prices).toEqual(prices.toSorted((a, b) => b - a))
  })

  test('without words lists everything, narrowed by filters of which the others are still counted', async () => {
    const all = await find({})
    expect(all.facets!.total).toBe(offers.length)
    const mangoes = offers.filter(({ product }) => product.includes('芒') && !product.endsWith('干')).length
    const some = await find({ class: 'fruit/tropical/mango', county: '451003' })
    expect(namesOf(some).toSorted()).toEqual(['田阳桂七芒', '百色芒果'])
    expect(some.facets!.total).toBe(8)
    // another class of the county, another county of the class
    const countOf = (code: string) => some.facets!.counties.find(each => each.code === code)?.count
    expect([countOf('451003'), countOf('451028'), countOf('451000')]).toEqual([8, 4, mangoes])
    expect(some.facets!.classes.find(({ path }) => path === 'fruit')?.count).toBe(12)
    const cold = offers.filter(offer => offer.cold).length
    expect([all.facets!.cold, (await find({ cold: 'true' })).facets!.total]).toEqual([cold, cold])
    const organic = new Set(products.filter(({ marks }) => marks.includes('organic')).map(({ name }) => name))
    expect((await find({ mark: 'organic,green', limit: '100' })).facets!.total).toBe(
      all
        .facets!.marks.filter(({ mark }) => mark !== 'shenzhen' && mark !== 'geographical')
        .reduce((n, { count }) => n + count, 0),
    )
    expect(all.facets!.marks.find(({ mark }) => mark === 'organic')?.count).toBe(
      offers.filter(({ product }) => organic.has(product)).length,
    )
    const certified = all.facets!.certificates[0]!
    expect((await find({ certificate: certified.kind })).facets!.total).toBe(certified.count)
  })

  test('of a search counts what it found, and of a range of prices what lies in it', async () => {
    const page = await find({ q: '火龙果' })
    expect([page.facets!.total, page.facets!.more]).toEqual([16, false])
    expect(page.facets!.counties.find(({ code }) => code === '450000')?.count).toBe(12)
    const low = offers.filter(({ priceFen }) => priceFen >= 2000 && priceFen <= 3000).length
    expect((await find({ priceFrom: '2000', priceTo: '3000' })).facets!.total).toBe(low)
  })

  test('tells what was sought and where it stands in the name', async () => {
    const { items, corrected } = await find({ q: '忙果', limit: '1' })
    expect(corrected).toBe('芒果')
    const { nameZh, marked } = items[0]!
    expect(marked.map(([from, to]) => nameZh.slice(from, to))).toEqual(['芒果'])
    const [tomato] = (await find({ q: 'xihongshi', limit: '1' })).items
    expect(tomato!.marked.map(([from, to]) => tomato!.nameZh.slice(from, to))).toEqual(['西红柿'])
  })

  test('shows a card whole: price by weight, what households get, and that nothing is left', async () => {
    const [card] = (await find({ q: '百色芒果 10斤装' })).items
    expect(card).toMatchObject({
      ...{
        nameZh: '百色芒果',
        specZh: '一级 10斤装',
        countyName: '田阳区',
        netGrams: 5000,
        sold: 0,
        householdFen: 0,
      },
      // no account of its lot was opened
      ...{ available: 0, soldOut: true, fenPerKilogram: Math.round(card!.priceFen / 5) },
    })
  })

  test('of another programme is empty', async () => {
    expect(await find({ q: '芒果' }, 'another')).toMatchObject({ items: [], next: null })
    const rows = await database.app.read({ ...scope, programme: 'another' }, tx =>
      tx.query(`select * from offers_in_order(2, '{}', null, null, 'sold', false, null, null, 10)`),
    )
    expect(rows).toEqual([])
  })
})

test('the same words with another order, filter, price or page are answered from what was found as they would be anew', async () => {
  const kept = new SearchCache(database.app)
  const words = { q: '水果', limit: '7' }
  const first = await find(words, 'shop', kept)
  const asked: Record<string, string>[] = [
    ...searchSorts.flatMap(sort => [{ sort }, { sort, priceTo: '4000' }]),
    ...[
      { county: '450000' },
      { class: 'fruit/tropical/mango', mark: 'organic,green' },
      { after: first.next! },
    ],
    ...[
      { priceFrom: '2000', priceTo: '2000' },
      { county: '653101', priceFrom: '3000' },
    ],
  ]
  for (const others of asked)
    expect(await find({ ...words, ...others }, 'shop', kept), JSON.stringify(others)).toEqual(
      await find({ ...words, ...others }),
    )
  for (const sort of ['price', 'newest']) {
    const after = (await find({ ...words, sort }, 'shop', kept)).next!
    expect(await find({ ...words, sort, after }, 'shop', kept)).toEqual(await find({ ...words, sort, after }))
  }
})

test('of more offers than are kept it is only said that there are, and another programme has none of them', async () => {
  const facetsOf = (programme: string, most: number) =>
    database.app.read({ ...scope, programme }, async tx =>
      tx.query<{ facet: string | null }>(
        `select h.facet from offers_hit($1, '{}', '{}', '{}', '{}', '{}', $2) h`,
        [(await currentGeneration(tx))?.generation ?? 1, most],
      ),
    )
  expect(await facetsOf('shop', offers.length - 1)).toEqual([{ facet: null }])
  expect((await facetsOf('shop', offers.length)).every(({ facet }) => facet !== null)).toBe(true)
  expect(await facetsOf('another', offers.length)).toEqual([])
})

test('one hit takes as many statements as hundreds', async () => {
  const statements = (query: Record<string, string>) =>
    database.app.look(scope, async tx => {
      const names: (string | undefined)[] = []
      const counting: Reader = {
        ...{ programme: tx.programme, actor: tx.actor, at: tx.at, db: tx.db },
        query: (text, values, name) => {
          names.push(name)
          return tx.query(text, values, name)
        },
      }
      must(await findOffers(counting, publicPrincipal('shop'), shopQuery.parse(query), cache))
      return names
    })
  const cache = new SearchCache(database.app)
  await statements({ q: '芒果' })
  const one = await statements({ q: '德格松茸', limit: '1' })
  expect(one).toEqual(['offer-words-alike', 'offers-gathered'])
  expect(await statements({ q: '水果', limit: '100' })).toEqual(one)
  expect(await statements({ county: '653101' })).toEqual(['offer-tokens-of', 'offers-gathered'])
})

test('cards of pages that are asked for at one moment are read in one statement', async () => {
  let looks = 0
  const counting = Object.create(database.app, {
    look: {
      value: (...[scope, work]: Parameters<Database['look']>) => {
        looks += 1
        return database.app.look(scope, work)
      },
    },
  }) as Database
  const cards = new Cards(counting)
  const [mango, nothing] = [offerId('百色芒果', '一级 5斤装'), newId()]
  const [one, other] = await Promise.all([
    cards.of('shop', 1, [mango, nothing]),
    cards.of('shop', 1, [mango]),
  ])
  expect(one.map(card => card?.id)).toEqual([mango, undefined])
  expect(other).toEqual([one[0]])
  expect(looks).toBe(1)
})

test('suggestions say what somebody may mean and how much of it there is', async () => {
  const said = (typed: string) => database.app.read(scope, tx => suggest(tx, typed))
  expect(await said('火龙')).toContainEqual({
    kind: 'class',
    text: '火龙果',
    key: 'fruit/tropical/pitaya',
    count: 16,
  })
  expect(await said('bsm')).toContainEqual({ kind: 'product', text: '百色芒果', key: null, count: 4 })
  expect(await said('tian')).toContainEqual({ kind: 'county', text: '田阳', key: '451003', count: 20 })
  expect(await said('qqqq')).toEqual([])
})

describe('kept from the log', () => {
  const mango = offerId('百色芒果', '一级 5斤装')
  const revisionNow = async () =>
    (
      await database.owner<{ revision: number }>(
        `select revision from offer_generation where programme_id = 'shop' and state = 'current'`,
      )
    )[0]!.revision
  const versions = () =>
    database.owner<{ offer_id: string; xmin: string }>(
      'select offer_id, xmin::text from offer_found order by offer_id',
    )

  test('a changed price is found, no other offer was written, and other servers are told', async () => {
    const before = await versions()
    const revision = await revisionNow()
    await database.owner('update offer set price_fen = 77777 where id = $1', [mango])
    await hear('offer.changed', mango)
    expect((await find({ q: '百色芒果', sort: 'price_down' })).items[0]).toMatchObject({
      id: mango,
      priceFen: 77777,
    })
    const after = await versions()
    const rewritten = after.filter(({ xmin }, i) => xmin !== before[i]!.xmin)
    expect(rewritten.map(row => row.offer_id)).toEqual([mango])
    expect(await revisionNow()).toBe(revision + 1)
  })

  test('what is withdrawn is gone, and comes back with what was sold', async () => {
    await database.owner(`insert into offer_sold values ('shop', $1, 5)`, [mango])
    await database.owner(`update offer set state = 'withdrawn' where id = $1`, [mango])
    await hear('offer.changed', mango)
    expect((await find({ q: '百色芒果' })).items.map(({ id }) => id)).not.toContain(mango)
    expect(await wordsThatMiscount()).toEqual([])
    await database.owner(`update offer set state = 'listed' where id = $1`, [mango])
    await hear('offer.listed', mango)
    expect((await find({ sort: 'sold', limit: '1' })).items[0]).toMatchObject({ id: mango, sold: 5 })
  })

  test('a product with another name is found by it and not by the old one', async () => {
    const id = idFrom('product', '塔县枸杞')
    await database.owner('update product set name_zh = $2 where id = $1', [id, '塔县黑果'])
    await hear('product.changed', id)
    expect(namesOf(await find({ q: '黑果' }))).toEqual(['塔县黑果'])
    expect((await find({ q: '塔县枸杞' })).items[0]?.nameZh).toBe('塔县黑果')
    expect(await wordsThatMiscount()).toEqual([])
  })

  test('pieces of completed orders count, what came back does not, and they order what is found', async () => {
    const [offer, order] = [offerId('喀什石榴', '一级 5斤装'), idFrom('order', '1')]
    await database.owner(
      `insert into "order" (programme_id, id, number, state, buyer_kind, buyer_id, seller_id, total_fen, note, ship_by, placed_by, placed_at)
       values ('shop', $1, 'N1', 'accepted', 'citizen', $1, $1, 100, '', '2026-07-02', 'system', $2)`,
      [order, scope.at],
    )
    await database.owner(
      `insert into order_line (programme_id, order_id, no, offer_id, offer_version, product_id, lot_id, pieces, quantity,
         price_fen, amount_fen, county_code, recognised)
       select 'shop', $1, 1, id, 1, product_id, lot_id, 9, 9, 1, 9, '653101', true from offer where id = $2`,
      [order, offer],
    )
    await hear('order.completed', order, { lines: [{ no: 1, pieces: 12 }] })
    await hear('order.returned', order, { lines: [{ no: 1, pieces: -3 }] })
    expect((await find({ sort: 'sold', limit: '2' })).items.map(({ id, sold }) => [id, sold])).toEqual([
      [offer, 9],
      [mango, 5],
    ])
  })

  test('made anew beside what answers, with what changed meanwhile, and swapped whole', async () => {
    const before = await find({ sort: 'price', limit: '100' })
    const stopped = new AbortController()
    const first = rebuildOffers(database.batch, scope, stopped.signal)
    stopped.abort(new Error('stopped'))
    await expect(first).rejects.toThrow('stopped')
    expect(await find({ sort: 'price', limit: '100' })).toEqual(before)
    await database.owner('update offer set price_fen = 1 where id = $1', [mango])
    await hear('offer.changed', mango)
    expect(await rebuildOffers(database.batch, scope)).toBeLessThan(offers.length)
    const after = await find({ sort: 'price', limit: '100' })
    expect(after.items[0]).toMatchObject({ id: mango, priceFen: 1, sold: 5 })
    expect(after.facets!.total).toBe(offers.length)
    expect(await wordsThatMiscount()).toEqual([])
  })
})
