import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import type { Flagship, Pavilion } from '@silian/chains/supply/catalogue/contract.ts'
import { flagship } from '@silian/chains/supply/catalogue/flagship.register.ts'
import { adoptCatalogue } from '@silian/chains/supply/catalogue/jobs.ts'
import type { ShopPage } from '@silian/chains/supply/search/contract.ts'
import type { HarvestSeason } from '@silian/chains/value/products/contract.ts'
import { words } from '@silian/chains/words.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { RegisterDetail, RegisterPage } from '@silian/kernel/register/contract.ts'
import { outValue, sheetColumns } from '@silian/kernel/register/export-columns.ts'
import { Names } from '@silian/kernel/register/import-names.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn, under } from './refusals/asker.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let server: RunningServer
const cookies = new Map<string, string>()
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit, { accounts: true })
  server = await startServer({
    ...{ config: configFrom(readEnv({ PORT: '0' })), secrets: db.secrets, connections: db.connections },
    logger: createLogger('silent'),
  })
  for (const who of ['taskforce', 'county', 'county2'])
    cookies.set(who, await signIn(server.url, `${who}.${world.programme}`))
})
afterAll(async () => {
  await server?.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

type Who = 'taskforce' | 'county' | 'county2' | 'public'
const headersOf = (who: Who): Record<string, string> =>
  who === 'public' ? {} : { cookie: cookies.get(who)!, 'x-silian-request': '1' }
const get = async <T>(path: string, who: Who = 'public') =>
  (await (
    await fetch(`${server.url}${under(world.programme, path)}`, { headers: headersOf(who) })
  ).json()) as T

interface Told {
  readonly id: string
  readonly version: number
  readonly code?: string
  readonly params?: Readonly<Record<string, string>>
}
const send = async (path: string, body: object, who: Who = 'taskforce') => {
  const response = await fetch(`${server.url}${under(world.programme, `/registers/${path}`)}`, {
    method: 'POST',
    headers: { ...headersOf(who), 'idempotency-key': newId(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Told
}

/** What the tables of the three registers hold: nothing of it moves where something is refused. */
const held = () =>
  db.owner(
    `select (select count(*) from pavilion)::int as pavilions, (select count(*) from pavilion_area)::int as areas,
       (select count(*) from flagship)::int as flagships, (select count(*) from harvest_season)::int as seasons,
       (select sum(version) from pavilion)::int as versions, (select count(*) from fact)::int as facts`,
  )
/** Refused with a code, and at which column, leaving nothing behind. */
async function refused(path: string, body: object, who: Who): Promise<string> {
  const before = await held()
  const { code, params } = await send(path, body, who)
  expect(await held()).toEqual(before)
  return [code, params?.column].filter(Boolean).join(' ')
}

const room = (values: object = {}) => ({
  ...{ key: 'guangxi', nameZh: '广西馆', nameEn: 'Guangxi', state: 'open', place: 5, seenBy: ['public'] },
  ...{ recognisedOnly: false, marks: [], wordsZh: '广西好物', source: 'invented', ...values },
})
const change = (path: string, version: number, values: object, who: Who = 'taskforce') =>
  send(`${path}/change`, { version, values }, who)
/** Until the page says what is waited for: each is asked anew once a second at most. */
const until = async <T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> =>
  expect.poll(read, { timeout: 15_000, interval: 200 }).toSatisfy(holds).then(read)

const shop = (query: string) => get<ShopPage & { code?: string }>(`/shop/offers?${query}`)
const seen = async () => (await get<Pavilion[]>('/pavilions')).map(({ key }) => key)

describe('a pavilion', () => {
  it('is opened, changed, closed and opened again by the city, and the shop follows', async () => {
    const area = [{ areaCode: '450000' }]
    const made = await send('pavilion', { values: room(), parts: { area } })
    expect(made).toEqual({ id: made.id, version: 1, proposal: null })
    expect(await seen()).toEqual(['assistance', 'guangxi'])
    const [, shown] = await get<Pavilion[]>('/pavilions')
    expect(shown).toMatchObject({ areaPrefixes: ['45'], classes: [], marks: [], version: 1, bannerZh: '' })
    const inside = await until(
      () => shop('pavilion=guangxi'),
      page => page.items?.length > 0,
    )
    expect(new Set(inside.items.map(({ countyCode }) => countyCode.slice(0, 2)))).toEqual(new Set(['45']))
    const facet = inside.facets!.pavilions.find(({ key }) => key === 'guangxi')
    expect(facet?.count).toBe(inside.facets!.total)

    const goods = [{ class: 'fruit/berry' }]
    const changed = await send(`pavilion/${made.id}/change`, {
      version: 1,
      values: { place: 0, nameZh: '浆果馆', key: undefined },
      parts: { area: [], goods },
    })
    expect(changed.version).toBe(2)
    const berries = await until(
      () => shop('pavilion=guangxi'),
      page => page.items?.every(item => item.class.startsWith('fruit/berry')),
    )
    expect(berries.items.length).toBeGreaterThan(0)

    expect((await change(`pavilion/${made.id}`, 2, { state: 'closed' })).version).toBe(3)
    expect(await seen()).toEqual(['assistance'])
    const gone = await until(
      () => shop('pavilion=guangxi'),
      page => page.code !== undefined,
    )
    expect(gone.code).toBe('pavilion.not_found')
    expect((await shop('')).facets!.pavilions.map(({ key }) => key)).not.toContain('guangxi')
    expect(await get('/pavilions/guangxi/month')).toMatchObject({ code: 'pavilion.not_found' })
    const all = await get<RegisterPage>('/registers/pavilion?state=closed&q=guangxi', 'taskforce')
    expect(all.items.map(({ values }) => [values.key, values.produce])).toEqual([['guangxi', 'fruit/berry']])

    expect((await change(`pavilion/${made.id}`, 3, { state: 'open' })).version).toBe(4)
    expect(await seen()).toContain('guangxi')
  })

  it('is refused by what is wrong with it, and leaves nothing behind', async () => {
    const asked = (values: object, parts = {}, who: Who = 'taskforce') =>
      refused('pavilion', { values: room({ key: 'other', ...values }), parts }, who)
    expect(await asked({ key: 'assistance' })).toBe('row.taken key')
    expect(await asked({ key: 'A-1' })).toBe('pavilion.key_form key')
    expect(await asked({ nameZh: '馆'.repeat(61) })).toBe('value.too_long nameZh')
    expect(await asked({ marks: ['golden'] })).toBe('input.invalid')
    expect(await asked({ seenBy: [] })).toBe('pavilion.unseen seenBy')
    expect(await asked({}, { area: [{ areaCode: '990000' }] })).toBe('area.not_found area.1.areaCode')
    expect(await asked({}, { area: [{ areaCode: '451003901001' }] })).toBe(
      'pavilion.below_county area.1.areaCode',
    )
    expect(await asked({}, { goods: [{ class: 'fruit/unheard' }] })).toBe('value.unlisted goods.1.class')
    expect(await asked({}, {}, 'county')).toBe('action.forbidden')
  })

  it('is changed by one of two officers at once; the other is told that it is stale', async () => {
    const { id } = await send('pavilion', { values: room({ key: 'race', state: 'closed' }) })
    const both = await Promise.all(['甲馆', '乙馆'].map(nameZh => change(`pavilion/${id}`, 1, { nameZh })))
    expect(both.map(({ code, version }) => code ?? version).toSorted()).toEqual([2, 'row.changed'])
    const { version, values } = await get<RegisterDetail>(`/registers/pavilion/${id}`, 'taskforce')
    expect([version, values.nameZh]).toEqual([2, both[0]!.code ? '乙馆' : '甲馆'])
    expect(await refused(`pavilion/${id}/change`, { version: 1, values: { place: 9 } }, 'taskforce')).toBe(
      'row.changed',
    )
  })
})

const known = (values: object = {}) => ({
  ...{ nameZh: '田阳芒果', nameEn: 'Mango', countyCode: '451003', class: 'fruit/tropical/mango' },
  ...{ state: 'shown', storyZh: '故事', storyEn: 'Story', source: 'S3-40', ...values },
})
const harvest = (values: object = {}) => ({
  ...{ class: 'fruit/berry/strawberry', countyCode: '451003', harvestedIn: ['1', '2', '12'] },
  ...{ state: 'shown', source: 'invented', ...values },
})

describe('a county', () => {
  it('keeps its own flagship with its partners, withdraws it, and no other county does', async () => {
    const partner = { nameZh: '家顺康', nameEn: 'JSK', workZh: '入驻', workEn: 'Joins', source: 'S3-40' }
    const made = await send('flagship', { values: known(), parts: { partner: [partner] } }, 'county')
    const flagships = () => get<Flagship[]>('/county-flagships?county=451003')
    expect(await flagships()).toMatchObject([{ id: made.id, nameZh: '田阳芒果', partners: [partner] }])
    expect((await flagships())[0]!.offers).toBeGreaterThan(0)
    expect(await refused('flagship', { values: known() }, 'county')).toBe('row.taken shownAs')
    expect(await refused('flagship', { values: known() }, 'county2')).toBe('area.not_found countyCode')
    expect(await refused('flagship', { values: known({ countyCode: '999999' }) }, 'county')).toBe(
      'area.not_found countyCode',
    )
    expect(await refused('flagship', { values: known({ class: 'fruit/unheard' }) }, 'county')).toBe(
      'value.unlisted class',
    )
    expect(await refused('flagship', { values: known({ storyZh: '长'.repeat(1001) }) }, 'county')).toBe(
      'value.too_long storyZh',
    )
    const withdrawal = { version: 1, values: { state: 'withdrawn' } }
    expect(await refused(`flagship/${made.id}/change`, withdrawal, 'county2')).toBe('row.not_found')
    expect((await change(`flagship/${made.id}`, 1, { state: 'withdrawn' }, 'county')).version).toBe(2)
    expect(await flagships()).toEqual([])
    // another takes its place, and the city may keep it
    expect((await send('flagship', { values: known({ nameZh: '新芒果' }) })).version).toBe(1)
    expect(
      await refused(`flagship/${made.id}/change`, { version: 2, values: { state: 'shown' } }, 'county'),
    ).toBe('row.taken shownAs')
  })

  it('keeps its harvest calendar, of which the search tells', async () => {
    const made = await send('harvest_season', { values: harvest() }, 'county')
    const months = async () =>
      (await get<HarvestSeason[]>('/harvest-calendar?county=451003')).flatMap(one => one.months)
    expect(await months()).toEqual([1, 2, 12])
    expect(await get<HarvestSeason[]>('/harvest-calendar?county=451003&month=2')).toHaveLength(1)
    expect((await shop(`q=${encodeURIComponent('草莓')}`)).away).toMatchObject([
      { path: 'fruit/berry/strawberry', months: [1, 2, 12] },
    ])
    expect(await refused('harvest_season', { values: harvest() }, 'county')).toBe('row.taken shownAs')
    expect(await refused('harvest_season', { values: harvest({ harvestedIn: ['13'] }) }, 'county')).toBe(
      'input.invalid',
    )
    expect(
      await refused('harvest_season', { values: harvest({ state: 'withdrawn', harvestedIn: [] }) }, 'county'),
    ).toBe('harvest_season.no_month harvestedIn')
    expect(await refused('harvest_season', { values: harvest() }, 'county2')).toBe(
      'area.not_found countyCode',
    )
    expect((await change(`harvest_season/${made.id}`, 1, { harvestedIn: ['3'] }, 'county')).version).toBe(2)
    expect(await months()).toEqual([3])
    expect((await change(`harvest_season/${made.id}`, 2, { state: 'withdrawn' }, 'county')).version).toBe(3)
    expect(await months()).toEqual([])
  })
})

it('a class is written in a sheet by its path or its name, and told by both', async () => {
  const column = flagship.columns.class!
  const twin = 'test-mango'
  await db.owner(
    `insert into produce_class select c.* from produce_class t,
       jsonb_populate_record(t, jsonb_build_object('path', $1::text, 'name_en', 'Twin')) c where t.path = 'fruit/tropical'`,
    [twin],
  )
  const names = new Names(flagship, everythingOf(world.programme))
  const written = ['fruit/tropical/mango', '芒果', 'Mango', '芒果 fruit/tropical/mango']
  const [tropical] = await db.owner<{ name: string }>(
    `select name_zh as name from produce_class where path = 'fruit/tropical'`,
  )
  const wrong = [tropical!.name, '没有的', '苹果 fruit/tropical/mango']
  await kit.app.read({ programme: world.programme, actor: 'test' }, tx =>
    names.learn(
      tx,
      [...written, ...wrong].map(name => ({ column, name })),
    ),
  )
  await db.owner('delete from produce_class where path = $1', [twin])
  expect(written.map(name => names.of(column, name))).toEqual(
    written.map(() => ({ value: 'fruit/tropical/mango' })),
  )
  expect(wrong.map(name => names.of(column, name))).toEqual([
    { code: 'value.ambiguous', params: { name: tropical!.name, of: ['fruit/tropical', twin] } },
    { code: 'value.unlisted', params: {} },
    { code: 'value.unlisted', params: {} },
  ])
  const naming = { words, language: 'zh', register: 'flagship', prefix: '' } as const
  const [shown] = sheetColumns({ class: column }, naming)
  const called = { 'fruit/tropical/mango': { zh: '芒果', en: 'Mango' } }
  expect(outValue(shown!, 'fruit/tropical/mango', called, 'zh')).toBe('芒果 fruit/tropical/mango')
})

it('what stood before the registers is told of once, and then the check finds all of it', async () => {
  await db.owner(
    `insert into harvest_season (programme_id, id, valid_from, recorded_at, class, county_code, area_path, code, shown_as,
       harvested_in, source)
     select $1, gen_random_uuid(), now(), now(), 'fruit/pome/pear', code, path, 'old', code || '/fruit/pome/pear', '{8}', 'invented' from area where code = '451003'`,
    [world.programme],
  )
  const told = async () =>
    Number(
      (
        await db.owner<{ n: string }>(
          `select count(*) as n from fact where type = 'harvest_season.registered'`,
        )
      )[0]!.n,
    )
  const before = await told()
  const scope = { programme: world.programme, actor: 'system' }
  await adoptCatalogue.run({ kit, scope } as never, {})
  await adoptCatalogue.run({ kit, scope } as never, {})
  expect(await told()).toBe(before + 1)
  await world.drain()
  const { differences } = await checkProgramme(kit, world.programme)
  expect(differences).toEqual([])
})
