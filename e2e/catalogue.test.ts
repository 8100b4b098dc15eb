import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { intakes } from '@silian/chains/declared.ts'
import { onlyActiveSuppliers } from '@silian/chains/settings.ts'
import type { Flagship, OfferDetail, OfferPrice, Pavilion } from '@silian/chains/supply/catalogue/contract.ts'
import { flagship } from '@silian/chains/supply/catalogue/flagship.register.ts'
import { pavilion } from '@silian/chains/supply/catalogue/pavilion.register.ts'
import { readOffers } from '@silian/chains/supply/catalogue/reads.ts'
import { changeOffer, listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { listings } from '@silian/chains/supply/catalogue/take-listings.ts'
import type { HarvestSeason } from '@silian/chains/value/products/contract.ts'
import { harvestSeason } from '@silian/chains/value/products/harvest_season.register.ts'
import { words } from '@silian/chains/words.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { keysOf, languages } from '@silian/kernel/declared/words.ts'
import { MOST_SHEET_BYTES, readFileBytes, storeFile } from '@silian/kernel/files/store.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { ImportRun } from '@silian/kernel/register/contract.ts'
import { sheetColumns } from '@silian/kernel/register/export-columns.ts'
import { workbookOf } from '@silian/kernel/register/fixtures/import-stage.ts'
import { type ImportOptions, performImport } from '@silian/kernel/register/import.ts'
import { askImport, readRun } from '@silian/kernel/register/import-run.ts'
import type { RowInput } from '@silian/kernel/register/save.ts'
import { createRow } from '@silian/kernel/register/service.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { changeSetting } from '@silian/kernel/settings/settings.ts'
import type { SheetCell } from '@silian/kernel/sheets/cell.ts'
import { openSheets } from '@silian/kernel/sheets/read.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ProcessDrive } from './process-drive.ts'
import { signIn, under } from './refusals/asker.ts'
import { everything } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let server: RunningServer
let folder: string
const cookies = new Map<string, string>()
beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'silian-catalogue-'))
  kit = composeKit(db.connections, db.secrets, folder)
  world = await smallWorld(kit, { accounts: true })
  server = await startServer({
    config: configFrom(readEnv({ PORT: '0', SILIAN_DATA: folder })),
    ...{ secrets: db.secrets, connections: db.connections, logger: createLogger('silent') },
  })
  for (const who of ['coop', 'coop2', 'buyer'])
    cookies.set(who, await signIn(server.url, `${who}.${world.programme}`))
})
afterAll(async () => {
  await server?.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const headersOf = (who: string) =>
  who === 'public' ? {} : { cookie: cookies.get(who)!, 'x-silian-request': '1' }
const ask = (path: string, who = 'public', headers: Record<string, string> = {}) =>
  fetch(`${server.url}${under(world.programme, path)}`, { headers: { ...headersOf(who), ...headers } })
const get = async <T>(path: string, who = 'public') => (await (await ask(path, who)).json()) as T
const post = async (path: string, body: object, who = 'coop') => {
  const isBytes = body instanceof Uint8Array
  const response = await fetch(`${server.url}${under(world.programme, path)}`, {
    method: 'POST',
    headers: {
      ...{ ...headersOf(who), 'idempotency-key': newId() },
      'content-type': isBytes ? 'application/octet-stream' : 'application/json',
    },
    body: isBytes ? new Uint8Array(body) : JSON.stringify(body),
  })
  return (await response.json()) as { id: string; code: string; params: object }
}

const scope = () => ({ programme: world.programme, actor: 'system', at: worldTime })
const tried = <T>(work: (tx: Writer) => Promise<Result<T>>) => kit.app.write(scope(), work)
const row = (group: OfferPrice['group'], fromPieces: number, priceFen: number): OfferPrice => ({
  ...{ group, fromPieces, priceFen },
})
const boxed = () => ({
  ...{ productId: world.id('mango'), lotId: world.id('lot1'), specZh: '礼盒', specEn: 'Box' },
  ...{ perPiece: 2500, priceFen: 5000, shipDays: 7 as const, netGrams: 2400 },
})
const list = (more: object) =>
  tried(tx => listOffer(tx, kit, everything(world.programme), { ...boxed(), ...more }))

describe('an offer', () => {
  it('says what it promises, and its prices by group and number', async () => {
    const prices = [row('all', 10, 4800), row('citizen', 3, 4900)]
    const terms = {
      ...{ code: 'BOX-1', leadDays: 2, season: { from: 11, to: 2 }, shelfLifeDays: 15, coldChain: true },
      ...{ leastPieces: 2, mostPieces: 50, prices },
    }
    const { id } = must(await list(terms))
    const { netGrams, fenPerKilogram, ...told } = await get<OfferDetail>(`/offers/${id}`)
    const { code: _, ...shown } = terms
    expect(told).toMatchObject({
      ...shown,
      version: 1,
      priceFen: 5000,
      market: null,
      cover: world.id('media'),
    })
    expect([netGrams, fenPerKilogram]).toEqual([2400, 2083])
    expect(told.product).toMatchObject({ key: 'mango', certificates: [], media: [{ id: world.id('media') }] })
  })

  it('stays as it is in what a change does not name, and each version has its own prices', async () => {
    const { id } = must(await list({ prices: [row('unit', 5, 4500)], coldChain: true }))
    const change = (version: number, to: object) =>
      tried(tx => changeOffer(tx, kit, everything(world.programme), id, { version, ...to }))
    must(await change(1, { priceFen: 4600 }))
    must(await change(2, { prices: [row('union', 5, 4400)], season: null, shipDays: 15 }))
    const read = async () => must(await kit.app.read(scope(), async tx => (await readOffers(tx, [id]))[0]!))
    expect(await read()).toMatchObject({
      ...{ version: 3, priceFen: 4600, prices: [row('union', 5, 4400)], coldChain: true, shipDays: 15 },
    })
    const rows =
      'select version, buyer_group, price_fen from offer_price where offer_id = $1 order by version'
    expect(await db.owner(rows, [id])).toEqual([
      { version: 1, buyer_group: 'unit', price_fen: 4500 },
      { version: 2, buyer_group: 'unit', price_fen: 4500 },
      { version: 3, buyer_group: 'union', price_fen: 4400 },
    ])
    expect(await change(3, { priceFen: 4400 })).toMatchObject({ code: 'offer.price_not_lower' })
    expect(await change(3, { leastPieces: 9, mostPieces: 8 })).toMatchObject({
      code: 'offer.most_below_least',
    })
    expect(await read()).toMatchObject({ version: 3, priceFen: 4600 })
  })

  it('has a code that no other of its seller has', async () => {
    const { id } = must(await list({ code: 'ONE' }))
    expect(await list({ code: 'ONE' })).toMatchObject({ code: 'offer.exists' })
    const other = must(await list({ code: 'TWO' }))
    const renamed = await tried(tx =>
      changeOffer(tx, kit, everything(world.programme), other.id, { version: 1, code: 'ONE' }),
    )
    expect(renamed).toMatchObject({ code: 'offer.code_taken' })
    const found = await db.owner("select id from offer where code = 'ONE'")
    expect(found).toEqual([{ id }])
  })

  it('stands beside the newest quotation of its class', async () => {
    await db.owner(
      `insert into market_price (market, item, spec, on_date, unit, low_fen, mean_fen, high_fen, per_grams) values
       ('xinfadi', '熟象牙芒果', '', '2020-01-01', '斤', 300, 400, 500, 500), ('xinfadi', '熟象牙芒果', '', '2020-02-01', '斤', 400, 463, 500, 500),
       ('xinfadi', '熟象牙芒果', '', '2999-01-01', '斤', 1, 1, 1, 500)`,
    )
    const { id } = must(await list({}))
    expect((await get<OfferDetail>(`/offers/${id}`)).market).toEqual({
      ...{ market: 'xinfadi', item: '熟象牙芒果', on: '2020-02-01', marketFen: 926, offerFen: 2083 },
    })
    // without a label it weighs what it takes from the lot
    expect((await get<OfferDetail>(`/offers/${world.id('offer1')}`)).market).toMatchObject({ offerFen: 1600 })
    expect((await get<OfferDetail>(`/offers/${world.id('offer2')}`)).market).toBeNull()
  })
})

describe('pavilions', () => {
  it('are seen by whom they are for, and let in what their rules say', async () => {
    const open = (key: string, values: RowInput['values'], parts: RowInput['parts'] = {}) =>
      world.write(tx =>
        createRow(tx, kit, pavilion, everything(world.programme), {
          values: {
            ...{ key, nameZh: key, nameEn: key, state: 'open', place: 0, seenBy: ['public'] },
            ...{ recognisedOnly: false, source: 'invented', ...values },
          },
          parts,
        }),
      )
    await open('kiwi', {}, { goods: [{ class: 'fruit/berry' }] })
    await open('units', { seenBy: ['unit'] }, { area: [{ areaCode: '451003' }] })
    await open('marked', { marks: ['organic'] })
    await db.owner(`update product set marks = '{organic}' where key = 'kiwi'`)
    const seen = async (who: string) => (await get<Pavilion[]>('/pavilions', who)).map(({ key }) => key)
    expect(await seen('public')).toEqual(['assistance', 'kiwi', 'marked'])
    expect(await seen('buyer')).toEqual(['assistance', 'kiwi', 'marked', 'units'])
    const inside = async (key: string, who = 'public') => {
      const page = await get<{ items: { nameZh: string }[] }>(`/offers?limit=200&pavilion=${key}`, who)
      return [...new Set(page.items.map(({ nameZh }) => nameZh))].sort()
    }
    expect(await inside('kiwi')).toEqual(['高原猕猴桃'])
    expect(await inside('marked')).toEqual(['高原猕猴桃'])
    expect(await inside('units')).toEqual([])
    expect(await inside('units', 'buyer')).toEqual(['百色芒果'])
    expect(await get('/pavilions/units/month')).toMatchObject({ code: 'pavilion.not_found' })
    expect(await get('/pavilions/units/month?month=2025-10', 'buyer')).toEqual({
      ...{ month: '2025-10', orders: 0, fen: 0, completedOrders: 0, completedFen: 0 },
    })
  })
})

describe('counties', () => {
  it('have flagships with their partners, and harvests by month', async () => {
    const [county, source] = ['451003', 'S3-41']
    const named = { nameZh: '田阳小番茄', nameEn: 'Tianyang tomato', storyZh: '故事', storyEn: 'story' }
    const partner = {
      nameZh: '家顺康',
      nameEn: 'Jiashunkang',
      workZh: '入驻',
      workEn: 'joins',
      source: 'S3-40',
    }
    const known = { ...named, countyCode: county, class: 'fruit/tropical/mango', source }
    const { id } = await world.write(tx =>
      createRow(tx, kit, flagship, everything(world.programme), {
        values: { ...known, state: 'shown' },
        parts: { partner: [partner] },
      }),
    )
    const [shown] = await get<Flagship[]>(`/county-flagships?county=${county}`)
    expect(shown).toEqual({
      ...known,
      id,
      countyName: '田阳区',
      partners: [partner],
      offers: shown!.offers,
    })
    expect(shown!.offers).toBeGreaterThan(0)
    const season = { class: 'fruit/tropical/mango', countyCode: county, source: 'S3-19' }
    await world.write(tx =>
      createRow(tx, kit, harvestSeason, everything(world.programme), {
        values: { ...season, harvestedIn: ['6', '7', '8'], state: 'shown' },
      }),
    )
    const inMonth = (query: string) => get<HarvestSeason[]>(`/harvest-calendar?${query}`)
    expect(await inMonth('month=7&class=fruit')).toEqual([
      { ...season, months: [6, 7, 8], classZh: '芒果', classEn: 'Mango', countyName: '田阳区' },
    ])
    expect(await inMonth('month=12')).toEqual([])
    const tree = await get<{ path: string; synonyms: string[] }[]>('/produce-classes')
    expect(tree.find(({ path }) => path === 'meat/poultry/chicken')?.synonyms).toContain('柴鸡')
  })
})

describe('a change of a product', () => {
  it('stands once the county agrees, and is told; what it leaves out stays', async () => {
    const drive = new ProcessDrive(kit, world)
    const process = declaredProcesses.of('product_change')
    const nothing = { nameZh: null, nameEn: null, class: null, variety: null, grade: null, marks: null }
    const form = { ...nothing, storyZh: null, storyEn: null, reason: '更名', papers: null }
    const ask = (more: object) => drive.open(process, { about: world.id('kiwi'), form: { ...form, ...more } })
    const product = async () =>
      (
        await db.owner('select name_zh, class, grade, marks from product where id = $1', [world.id('kiwi')])
      )[0]
    const before = await product()
    expect(await ask({})).toMatchObject({ code: 'product_change.nothing' })
    expect(await ask({ class: 'fruit/unheard' })).toMatchObject({ code: 'product.class_unknown' })
    const refused = must(await ask({ grade: '一级' })).id
    must(await drive.decide((await drive.tasks(refused))[0]!, { outcome: 'refuse' }))
    expect(await product()).toEqual(before)
    const asked = must(await ask({ nameZh: '雪城猕猴桃', grade: '一级', marks: ['green'] })).id
    expect(await product()).toEqual(before)
    expect(await drive.straight(asked)).toBe('changed')
    expect(await product()).toEqual({
      ...{ ...before, name_zh: '雪城猕猴桃', grade: '一级', marks: ['green'] },
    })
    const told = await db.owner("select 1 from fact where type = 'product.changed' and subject = $1", [
      world.id('kiwi'),
    ])
    expect(told).toHaveLength(1)
  })
})

describe('a picture of a product', () => {
  it('is shown in three sizes to everybody for ever, until it is taken down', async () => {
    const sent = await sharp({ create: { width: 1400, height: 700, channels: 3, background: '#c40' } })
      .jpeg()
      .toBuffer()
    const { id } = await post(
      `/products/${world.id('kiwi')}/media?altZh=${encodeURIComponent('果园')}`,
      sent,
      'coop2',
    )
    await post(`/product-media/${id}`, { change: 'first' }, 'coop2')
    const detail = await get<OfferDetail>(`/offers/${world.id('offer2')}`)
    expect(detail.product.media[0]).toEqual({ id, altZh: '果园', altEn: '', width: 1080, height: 540 })
    expect(detail.cover).toBe(id)
    const widths: number[] = []
    for (const width of [160, 480, 1080]) {
      const answer = await ask(`/product-media/${id}/${width}.webp`)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      widths.push((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width)
    }
    expect(widths).toEqual([160, 480, 1080])
    const tag = (await ask(`/product-media/${id}/160.webp`)).headers.get('etag')!
    expect((await ask(`/product-media/${id}/160.webp`, 'public', { 'if-none-match': tag })).status).toBe(304)
    expect(await post(`/product-media/${id}`, { change: 'remove' }, 'coop')).toMatchObject({
      code: 'media.not_found',
    })
    await post(`/product-media/${id}`, { change: 'remove' }, 'coop2')
    expect((await ask(`/product-media/${id}/160.webp`)).status).toBe(404)
  })

  it('is refused where it is none, or another’s product', async () => {
    const path = `/products/${world.id('mango')}/media`
    expect(await post(path, Buffer.from('not a picture'))).toMatchObject({ code: 'file.type_refused' })
    const tiny = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    expect(await post(path, tiny)).toMatchObject({ code: 'picture.size', params: { least: 160, most: 40 } })
    expect(await post(path, tiny, 'coop2')).toMatchObject({ code: 'product.not_found' })
    expect(await db.owner("select 1 from file where kind = 'picture' and uploaded_by like '%coop'")).toEqual(
      [],
    )
  })
})

const head = [
  '货号',
  '产品编号',
  '批次号',
  '规格',
  '每件净重（千克）',
  '单价（元）',
  '最晚发货',
  '冷链',
  '上市月份起',
  '上市月份止',
]
const line = (code: string, more: Partial<Record<number, SheetCell>> = {}): SheetCell[] => {
  const cells: SheetCell[] = [code, 'mango', 'L1', '5斤装', 2.5, 42.5, 7, '否', null, null]
  for (const [place, value] of Object.entries(more)) cells[Number(place)] = value!
  return cells
}
const sheet = (name: string, rows: readonly (readonly SheetCell[])[]) => ({
  ...{ name, widths: [], merged: [] },
  rows: rows.map(cells => ({ cells: cells.map(value => ({ value, style: 0 })) })),
})
const bookOf = (lines: SheetCell[][], tiers: SheetCell[][] = []) =>
  workbookOf([
    sheet('商品', [head, ...lines]),
    ...(tiers.length > 0 ? [sheet('优惠价', [['货号', '对象', '起订', '优惠单价（元）'], ...tiers])] : []),
  ])

const clerk = () => ({ programme: world.programme, actor: 'clerk', at: worldTime })
const theirs = () => ({
  ...{ programme: world.programme, everything: false, areaPaths: [], personIds: [] },
  organisationIds: [world.id('coop')],
})
async function begun(content: Buffer, dryRun = false): Promise<string> {
  const stored = must(
    await kit.app.write(clerk(), tx =>
      storeFile(tx, kit.files, {
        ...{ content, most: MOST_SHEET_BYTES, name: '上架.xlsx', kind: 'import' },
        ...{ retentionClass: 'passing', uploadedBy: 'clerk', encrypt: true },
      }),
    ),
  )
  const file = { file: stored.id, dryRun }
  return must(await kit.app.write(clerk(), tx => askImport(tx, listings.register, theirs(), file))).id
}
async function performed(run: string, options: ImportOptions = {}): Promise<ImportRun> {
  const { takeIn, register } = listings
  await performImport(kit, clerk(), register, words, run, { takeIn, ...options })
  return must(await kit.app.read(clerk(), tx => readRun(tx, kit.files, 'listing', run)))
}
const imported = async (content: Buffer) => performed(await begun(content))
const counts = ({ rows, added, changed, unchanged, bad }: ImportRun) => [rows, added, changed, unchanged, bad]
const offersCount = async (): Promise<number> =>
  Number((await db.owner<{ n: number }>('select count(*) as n from offer'))[0]!.n)

describe('a sheet of offers', () => {
  it('lists each with its lower prices; again it changes nothing, and only what is other is changed', async () => {
    const [lot] = await db.owner<{ code: string }>('select code from lot where id = $1', [world.id('lot1')])
    const lines = (price: number) => [
      line('A', { 2: lot!.code, 5: price, 7: '是', 8: 11, 9: 2 }),
      line('B', { 2: lot!.code }),
    ]
    const tiers: SheetCell[][] = [
      ['A', '市民', 3, 40],
      ['A', '所有人', 100, 39.5],
    ]
    const first = await imported(await bookOf(lines(42.5), tiers))
    expect([first.refused, first.refusedParams, counts(first), first.faults]).toEqual([
      null,
      {},
      [2, 2, 0, 0, 0],
      [],
    ])
    const page = await get<{ items: OfferDetail[] }>('/own-offers?limit=200', 'coop')
    const a = page.items.find(offer => (offer as { code?: string }).code === 'A')
    expect(a).toMatchObject({
      ...{ version: 1, perPiece: 2500, netGrams: 2500, priceFen: 4250, specEn: '5斤装', coldChain: true },
      ...{ season: { from: 11, to: 2 }, prices: [row('all', 100, 3950), row('citizen', 3, 4000)] },
    })
    expect(counts(await imported(await bookOf(lines(42.5), tiers)))).toEqual([2, 0, 0, 2, 0])
    expect(counts(await imported(await bookOf(lines(43), tiers)))).toEqual([2, 0, 1, 1, 0])
    // without a sheet of lower prices those that stand stay
    expect(counts(await imported(await bookOf(lines(43))))).toEqual([2, 0, 0, 2, 0])
    const told = await db.owner(
      `select type, count(*) as n from fact where subject = $1 group by type order by type`,
      [a!.id],
    )
    expect(told).toEqual([
      { type: 'offer.changed', n: 1 },
      { type: 'offer.listed', n: 1 },
    ])
  })

  it('refuses a code that another takes meanwhile, and offers of a supplier who is not active', async () => {
    const [lot] = await db.owner<{ code: string }>('select code from lot where id = $1', [world.id('lot1')])
    const book = (code: string) => bookOf([line(code, { 2: lot!.code })])
    const faultsOf = ({ faults }: ImportRun) => faults.map(({ column, code }) => [column, code])
    const before = await offersCount()
    const run = await begun(await book('T1'))
    let importing: Promise<ImportRun> | undefined
    await world.write(async tx => {
      const listed = await listOffer(tx, kit, everything(world.programme), { ...boxed(), code: 'T1' })
      importing = performed(run)
      await vi.waitFor(async () => {
        const waiting = await db.owner(`select 1 from pg_locks where not granted`)
        expect(waiting.length).toBeGreaterThan(0)
      })
      return listed
    })
    expect(faultsOf(await importing!)).toEqual([['code', 'listing.taken']])
    expect(await offersCount()).toBe(before + 1)
    const put = (version: number, value: boolean) =>
      world.write(tx => changeSetting(tx, kit.recorder, 'operator', onlyActiveSuppliers, { version, value }))
    const become = (state: string) =>
      db.owner('update supplier set state = $2 where organisation_id = $1 and valid_to is null', [
        world.id('coop'),
        state,
      ])
    await put(0, true)
    await become('suspended')
    const refused = await imported(await book('T2'))
    await become('active')
    await put(1, false)
    expect(faultsOf(refused)).toEqual([['product', 'listing.not_active']])
    expect(await offersCount()).toBe(before + 1)
  })

  it('tells each planted fault by its row and column, in the sheet that comes back too', async () => {
    const [lot] = await db.owner<{ code: string }>('select code from lot where id = $1', [world.id('lot1')])
    const good = { 2: lot!.code }
    must(await list({ code: 'D1' }))
    const before = await offersCount()
    const lines = [
      line('C1', { ...good, 1: 'no-such' }),
      line('C2', { ...good, 1: 'kiwi' }),
      line('C3', { 2: 'NO-LOT' }),
      line('C4', { ...good, 5: '十元' }),
      line('C5', { ...good, 6: 10 }),
      line('C6', { ...good, 8: 11 }),
      line('C7', good),
      line('C7', good),
      line('D1', { ...good, 4: 5 }),
      line('C8', { ...good, 3: null }),
      line('C9', good),
      line('E0', { 2: 'NO-LOT', 5: '十元', 6: 'soon' }),
      line('E1', { 1: 'no-such', 3: null, 5: -1 }),
    ]
    const run = await imported(await bookOf(lines, [['C9', '预算单位', 10, 50]]))
    expect(run.faults.map(({ sheet: on, row: at, column, code }) => [on, at, column, code])).toEqual([
      ['优惠价', 2, 'tier.lowered', 'listing.price_not_lower'],
      ['商品', 2, 'product', 'listing.no_product'],
      ['商品', 3, 'product', 'listing.no_product'],
      ['商品', 4, 'lot', 'listing.no_lot'],
      ['商品', 5, 'price', 'cell.not_number'],
      ['商品', 6, 'shipDays', 'value.only'],
      ['商品', 7, 'seasonTo', 'listing.season'],
      ['商品', 9, 'code', 'row.repeated'],
      ['商品', 10, 'code', 'listing.other_goods'],
      ['商品', 11, 'specZh', 'value.required'],
      ['商品', 12, '', 'row.not_taken'],
      ['商品', 13, 'lot', 'listing.no_lot'],
      ['商品', 13, 'price', 'cell.not_number'],
      ['商品', 13, 'shipDays', 'cell.not_number'],
      ['商品', 14, 'price', 'value.too_small'],
      ['商品', 14, 'product', 'listing.no_product'],
      ['商品', 14, 'specZh', 'value.required'],
    ])
    expect(counts(run)).toEqual([13, 1, 0, 0, 12])
    const stood = run.faults.map(({ row: at, column, excerpt, params }) => [at, column, excerpt, params])
    expect(stood.filter(([, column]) => ['product', 'lot', 'shipDays'].includes(String(column)))).toEqual([
      [2, 'product', 'no-such', {}],
      [3, 'product', 'kiwi', {}],
      [4, 'lot', 'NO-LOT', {}],
      [6, 'shipDays', '10', { only: ['7', '15', '30'] }],
      [13, 'lot', 'NO-LOT', {}],
      [13, 'shipDays', 'soon', {}],
      [14, 'product', 'no-such', {}],
    ])
    expect(await offersCount()).toBe(before + 1)
    const { bytes } = must(await kit.app.read(clerk(), tx => readFileBytes(tx, kit.files, run.answer!)))
    const book = await openSheets(bytes)
    expect(book.sheets).toContain('商品')
    book.close()
  })

  it('goes on where it was cut off, and a trial writes nothing', async () => {
    const [lot] = await db.owner<{ code: string }>('select code from lot where id = $1', [world.id('lot1')])
    const lines = Array.from({ length: 600 }, (_, i) => line(`R${i}`, { 2: lot!.code }))
    const content = await bookOf(lines)
    const before = await offersCount()
    const trial = await performed(await begun(content, true))
    expect(counts(trial)).toEqual([600, 600, 0, 0, 0])
    expect(await offersCount()).toEqual(before)
    const run = await begun(content)
    const cut = new AbortController()
    const stopping = performed(run, { signal: cut.signal, onProgress: () => cut.abort(new Error('cut')) })
    await expect(stopping).rejects.toThrow('cut')
    const part = (await offersCount()) - before
    expect([part > 0, part < 600]).toEqual([true, true])
    expect(counts(await performed(run))).toEqual([600, 600, 0, 0, 0])
    expect(await offersCount()).toBe(before + 600)
  })
})

it('a sheet of offers offers the days that it may be shipped within', () => {
  const naming = { words, language: 'zh', register: 'listing', prefix: '' } as const
  const { columns } = listings.register
  const [days] = sheetColumns({ shipDays: columns.shipDays! }, naming)
  expect(days).toMatchObject({ words: ['7', '15', '30'], format: 'whole' })
})

it.each(languages)('every intake has all its words in %s', language => {
  for (const { register } of intakes) {
    const parts = Object.entries(register.parts)
    const needed = [
      'title',
      ...keysOf(register.columns),
      ...parts.flatMap(([part, { columns }]) => [`part.${part}`, ...keysOf(columns, `${part}.`)]),
    ]
    expect(needed.filter(key => !words.of(language, register.name)[key])).toEqual([])
  }
})
