import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { openSheets } from '@silian/kernel/sheets/read.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Redemption, redeem } from './redeemed.ts'
import { signIn, under } from './refusals/asker.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let server: RunningServer
const facts: Record<string, string> = {}
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit, { accounts: true })
  // S3-62: 2300万元 of districts drew 6000万元; S3-64: 1000万元 of the unions drew 1.5亿元
  await redeemed('district', '2025-10-09T02:00:00Z', [
    line('451003', 1_300_000_000n, 3_400_000_000n),
    line('451028', 1_000_000_000n, 2_600_000_000n),
  ])
  await redeemed('union', '2025-10-10T02:00:00Z', [line('451003', 1_000_000_000n, 15_000_000_000n)])
  // a line of which the voucher took nothing off
  await redeemed('district', '2025-12-03T02:00:00Z', [line('451028', 0n, 2700n)])
  await world.drain()
  const config = { ...configFrom({} as Parameters<typeof configFrom>[0]), port: 0 }
  server = await startServer({
    config: { ...config, logLevel: 'silent' },
    ...{ secrets: db.secrets, connections: db.connections },
  })
})
afterAll(async () => {
  await server?.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

type Line = Redemption['lines'][number]
const line = (county: string, voucherFen: bigint, purchaseFen: bigint): Line => ({
  ...{ county, scope: 'counties832', voucherFen, purchaseFen },
})
async function redeemed(issuer: Redemption['issuer'], at: string, lines: readonly Line[]): Promise<void> {
  const key = `${issuer} ${at.slice(0, 7)}`
  const said = { voucher: world.id(`voucher ${key}`), batch: world.id(`batch ${issuer}`), issuer, lines }
  const scope = { programme: world.programme, actor: 'coop', at: new Date(at) }
  const { id } = must(
    await kit.app.write(scope, async tx => ok(await redeem(tx, kit, world.id('coop'), said))),
  )
  facts[key] = id
}

const quarter = 'from=2025-10&to=2025-12'
async function get(path: string, person?: string): Promise<Response> {
  const headers = person ? { cookie: await signIn(server.url, `${person}.${world.programme}`) } : {}
  return fetch(`${server.url}${under(world.programme, `/metrics${path}`)}`, { headers })
}
const ask = async (path: string, person?: string) => (await get(path, person)).json()

describe('voucher leverage, over the wire', () => {
  it('is in the catalogue of metrics, with its two parts', async () => {
    const all = (await ask('')) as { name: string }[]
    const dimensions = [
      ...[{ name: 'county', kind: 'area' }],
      ...['scope', 'issuer'].map(name => ({ name, kind: 'choice' })),
    ]
    expect(all.find(({ name }) => name === 'voucher_leverage')).toMatchObject({
      ...{ kind: 'ratio', unit: 'times', whole: 100, of: ['voucher_purchases', 'vouchers_redeemed'] },
      ...{ dimensions, facts: [], open: true, guarded: false, opens: false, provable: false },
    })
    for (const part of ['voucher_purchases', 'vouchers_redeemed'])
      expect(all.find(({ name }) => name === part)).toMatchObject({
        ...{ kind: 'flow', unit: 'fen', dimensions, facts: ['voucher.redeemed'], provable: true },
      })
  })

  it('is a row a month and issuer, and null where nothing was redeemed', async () => {
    const values = await ask(`/voucher_leverage/values?${quarter}&by=issuer`)
    expect(values.rows).toMatchObject([
      { period: '2025-10', dims: ['district'], value: 261, parts: [6_000_000_000, 2_300_000_000], count: 2 },
      { period: '2025-10', dims: ['union'], value: 1500, parts: [15_000_000_000, 1_000_000_000], count: 1 },
      { period: '2025-12', dims: ['district'], value: null, parts: [2700, 0], count: 1 },
    ])
    expect(values.totals).toEqual([
      { period: '2025-10', value: 636, count: 3 },
      { period: '2025-11', value: null, count: 0 },
      { period: '2025-12', value: null, count: 1 },
    ])
  })

  it('is rolled up to cities and quarters, and narrowed to a county', async () => {
    const city = await ask(`/voucher_leverage/values?${quarter}&grain=quarter&level=city&by=county`)
    expect(city.rows).toMatchObject([
      { period: '2025-Q4', dims: ['451000'], value: 636, parts: [21_000_002_700, 3_300_000_000] },
    ])
    expect(city.names['451000']).toMatchObject({ zh: '百色市' })
    const county = await ask(`/voucher_leverage/values?${quarter}&county=451003&issuer=district`)
    expect(county.rows).toMatchObject([
      { period: '2025-10', dims: [], value: 262, parts: [3_400_000_000, 1_300_000_000] },
    ])
    const wrong = await get(`/voucher_leverage/values?${quarter}&by=seller`)
    expect(await wrong.json()).toMatchObject({ code: 'metric.no_dimension' })
  })

  it('is taken out as CSV and as a workbook, in words and in yuan', async () => {
    const query = `${quarter}&by=county&by=issuer`
    const csv = await get(`/voucher_leverage/values.csv?${query}`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect((await csv.text()).replace('\ufeff', '').trimEnd().split('\r\n')).toEqual([
      '期间,产地县,发券方,消费券杠杆 (倍),分子,分母,笔数,公布事实',
      '2025-10,田阳区,各区,2.62,34000000,13000000,1,',
      '2025-10,田阳区,工会,15,150000000,10000000,1,',
      '2025-10,乐业县,各区,2.6,26000000,10000000,1,',
      '2025-12,乐业县,各区,,27,0,1,',
    ])
    const book = await get(`/voucher_leverage/values.xlsx?${query}&language=en`)
    const sheets = await openSheets(Buffer.from(await book.arrayBuffer()))
    const rows = await Array.fromAsync(sheets.rows(sheets.sheets[0]!))
    expect(rows.map(({ cells }) => cells.slice(0, 6))).toEqual([
      ['Period', 'County of origin', 'Issued by', 'Voucher leverage', 'Upper part', 'Lower part'],
      ['2025-10', 'Tianyang', 'Districts', 2.62, 34_000_000, 13_000_000],
      ['2025-10', 'Tianyang', 'Unions', 15, 150_000_000, 10_000_000],
      ['2025-10', 'Leye', 'Districts', 2.6, 26_000_000, 10_000_000],
      ['2025-12', 'Leye', 'Districts', null, 27, 0],
    ])
  })

  it('opens either part into its facts, each as far as they see', async () => {
    const opened = async (query: string, person: string) => {
      const { items } = await ask(`/voucher_leverage/facts?period=2025-10&${query}`, person)
      return items.map(({ factId, dims, value }: { factId: string; dims: string[]; value: number }) => [
        ...[Object.keys(facts).find(key => facts[key] === factId), dims[0], value],
      ])
    }
    expect(await opened('', 'auditor')).toEqual([
      ['district 2025-10', '451003', 3_400_000_000],
      ['district 2025-10', '451028', 2_600_000_000],
      ['union 2025-10', '451003', 15_000_000_000],
    ])
    expect(await opened('part=under&issuer=district', 'auditor')).toEqual([
      ['district 2025-10', '451003', 1_300_000_000],
      ['district 2025-10', '451028', 1_000_000_000],
    ])
    expect(await opened('', 'county2')).toEqual([['district 2025-10', '451028', 2_600_000_000]])
    expect((await get('/voucher_leverage/facts?period=2025-10', 'buyer')).status).toBe(403)
    expect((await get('/voucher_leverage/facts?period=2025-10')).status).toBe(401)
  })

  it('comes to the same when it is checked from the log', async () => {
    expect((await checkProgramme(kit, world.programme)).differences).toEqual([])
  })
})
