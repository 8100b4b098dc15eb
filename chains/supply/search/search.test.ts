import { publicPrincipal } from '@silian/kernel/access/principal.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SearchCache } from './cache.ts'
import { type ShopPage, shopQuery } from './contract.ts'
import { findOffers } from './find.ts'
import { catalogueOf, load, type SampleQuery } from './fixtures/catalogue.ts'
import { scope, stage } from './fixtures/stage.ts'
import { isMet, type Stranger, strangersOf } from './fixtures/strangers.ts'
import { suggest } from './suggest.ts'

const told = (q: string, { items, corrected, loose }: ShopPage) => {
  const names = [...new Set(items.map(({ nameZh }) => nameZh))].slice(0, 5).join(' ')
  return `${q}: ${names || 'nothing'}${corrected ? ` (as ${corrected})` : ''}${loose ? ' (like it)' : ''}`
}

/** Whether the answer to a query is as it was expected. */
function isRight({ first, only }: SampleQuery, { items }: ShopPage): boolean {
  const names = [...new Set(items.map(({ nameZh }) => nameZh))]
  if (first === null) return names.length > 0
  if (first.length === 0) return names.length === 0
  if (only) return names.toSorted().join() === first.toSorted().join()
  return first.includes(names[0] ?? '')
}

describe.each([
  ['catalogue.json', 'sample'],
  ['own-catalogue.json', 'own'],
] as const)('what is asked of %s', (file, of) => {
  const catalogue = catalogueOf(file)
  let database: TestDatabase
  let cache: SearchCache

  beforeAll(async () => {
    database = await testDatabase()
    await stage(database, catalogue)
    cache = new SearchCache(database.app)
  })
  afterAll(() => database.close())

  const find = async (query: Record<string, string>): Promise<ShopPage> =>
    must(
      await database.app.look(scope, tx =>
        findOffers(tx, publicPrincipal('shop'), shopQuery.parse(query), cache),
      ),
    )

  async function least95<Q>(
    name: string,
    queries: readonly Q[],
    missOf: (query: Q) => Promise<string | undefined>,
  ) {
    const misses = (await Promise.all(queries.map(missOf))).filter(miss => miss !== undefined)
    const text = `${name}: ${misses.length} of ${queries.length} missed\n${misses.join('\n')}\n`
    if (misses.length > 0) process.stderr.write(text)
    expect(misses.length, text).toBeLessThanOrEqual(queries.length * 0.05)
  }

  test.each(of === 'sample' ? ['queries.json', 'generated.json'] : [])(
    'at least 95 in 100 of %s, written down before the search was made, have the right first result',
    set =>
      least95(set, load<SampleQuery[]>(set), async query => {
        const page = await find({ q: query.q, limit: query.only ? '100' : '5' })
        return isRight(query, page) ? undefined : told(query.q, page)
      }),
  )

  test.each(['stranger.json', 'stranger-again.json'])('and of %s, written as strangers would', set =>
    least95(set, strangersOf(set, of), async ([q, first, only]: Stranger) => {
      const page = await find({ q, limit: only ? '100' : '5' })
      return isMet(catalogue, { first, only }, page) ? undefined : told(q, page)
    }),
  )

  test('a place in a list that no list has is refused', () => {
    const after = (id: string) => shopQuery.safeParse({ after: `0.0.1.${id}` }).success
    expect(after('0b1c2d3e-0b1c-8b1c-8b1c-0b1c2d3e4f5a')).toBe(true)
    expect(after('-'.repeat(36))).toBe(false)
  })

  if (of === 'own') return

  test('an answer says when it is only like what was asked, and what is away', async () => {
    await database.owner(
      `insert into harvest_season (programme_id, id, valid_from, recorded_at, class, county_code, area_path, code, harvested_in, source)
       select $1, gen_random_uuid(), now(), now(), 'fruit/berry/strawberry', code, path, 'strawberry', '{1,2,12}', 'invented' from area where code = '451003'`,
      [scope.programme],
    )
    cache = new SearchCache(database.app)
    expect(await find({ q: '芒果' })).toMatchObject({ loose: false, corrected: null, away: [] })
    expect(await find({ q: '苹果手机' })).toMatchObject({ loose: true, corrected: null, away: [] })
    expect(await find({ q: '手机' })).toMatchObject({ items: [], loose: false, away: [] })
    const strawberries = [
      { path: 'fruit/berry/strawberry', nameZh: '草莓', nameEn: 'Strawberry', months: [1, 2, 12] },
    ]
    for (const q of ['草莓', 'caomei', '百色草莓', 'bscm', 'strawberry'])
      expect((await find({ q })).away, q).toEqual(strawberries)
  })

  test('a text of sixty signs of which none is known takes no more statements than there are ways to read it', async () => {
    const q =
      '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光'
    let statements = 0
    await database.app.look(scope, async tx => {
      const counting: Reader = {
        ...{ programme: tx.programme, actor: tx.actor, at: tx.at, db: tx.db },
        query: (...asked) => {
          statements += 1
          return tx.query(...asked)
        },
      }
      must(await findOffers(counting, publicPrincipal('shop'), shopQuery.parse({ q }), cache))
    })
    expect(statements).toBeLessThanOrEqual(12)
  })

  test.each(['%', '_', '\\', "'", 'ｂｓｍｇ', '蘋果', '🍎', '\ud800', 'nan'.repeat(20)])(
    '%j is suggested for and answered',
    async q => {
      const items = await database.app.look(scope, tx => suggest(tx, q))
      expect(items.every(({ text }) => text.length > 0)).toBe(true)
      expect(await find({ q })).toMatchObject({ corrected: null })
    },
  )
})
