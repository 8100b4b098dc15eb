import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { ImportRun, RegisterPage, RegisterShape } from '@silian/kernel/register/contract.ts'
import { workbookOf } from '@silian/kernel/register/fixtures/import-stage.ts'
import type { SheetCell } from '@silian/kernel/sheets/cell.ts'
import { openSheets } from '@silian/kernel/sheets/read.ts'
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
  for (const who of ['district', 'district2', 'coop', 'taskforce', 'buyer'])
    cookies.set(who, await signIn(server.url, `${who}.${world.programme}`))
})
afterAll(async () => {
  await server?.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const headers = (who: string) => ({ cookie: cookies.get(who)!, 'x-silian-request': '1' })
const ask = (path: string, who: string) =>
  fetch(`${server.url}${under(world.programme, path)}`, { headers: headers(who) })
const get = async <T>(path: string, who = 'district') => (await (await ask(path, who)).json()) as T
const post = (path: string, body: object | Buffer, who = 'district') => {
  const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'
  return fetch(`${server.url}${under(world.programme, path)}`, {
    method: 'POST',
    headers: { ...headers(who), 'idempotency-key': newId(), 'content-type': type },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
  })
}
const send = async <T>(path: string, body: object | Buffer, who = 'district') =>
  (await (await post(path, body, who)).json()) as T

const path = '/registers/vending_point'
const point = (more: object = {}) => ({
  ...{ code: 'VP-1', name: '示范大厦专柜', kind: 'canteen', areaCode: '440304', address: '示范路 1 号' },
  ...{ operatorId: world.id('coop'), cabinets: 3, state: 'in_use', placedOn: '2024-03-01' },
  ...{ monthlyRent: 120_000, contactPhone: '10000000777', ...more },
})
const codesOf = async (who: string, query = '') => {
  const { items } = await get<RegisterPage>(`${path}?sort=-code&limit=200&${query}`, who)
  return items.flatMap(({ values }) => (String(values.code).startsWith('VP-') ? [values.code] : []))
}
const told = async (values: object, goods: readonly string[] = [], who = 'district') => {
  const parts = { good: goods.map(product => ({ product })) }
  const { code, params } = await send<{ code: string; params: { column: string } }>(
    path,
    { values, parts },
    who,
  )
  return `${code} ${params.column}`
}

describe('vending points', () => {
  it('have a shape that a page is drawn from', async () => {
    const shapes = await get<RegisterShape[]>('/registers')
    const shape = shapes.find(({ name }) => name === 'vending_point')!
    expect(shape).toMatchObject({ key: 'code', dated: true })
    expect(shape.may).toEqual(['create', 'change', 'close', 'reveal', 'import'])
    expect(shape.columns.find(({ name }) => name === 'monthlyRent')).toMatchObject({ unit: 'fen', min: 0 })
    expect(shape.parts.map(({ name }) => name)).toEqual(['good'])
    const others = await get<RegisterShape[]>('/registers', 'buyer')
    expect(others.map(({ name }) => name)).not.toContain('vending_point')
  })

  it('are made and found by their district and their operator, their telephone masked', async () => {
    const parts = { good: [{ product: 'mango', price: 1990 }, { product: 'kiwi' }] }
    const made = await send<{ id: string }>(path, { values: point(), parts })
    expect(made).toEqual({ id: made.id, version: 1, proposal: null })
    const page = await send<RegisterPage>(`${path}/find`, { contactPhone: '10000000777' }, 'taskforce')
    expect(page.items.map(({ values }) => [values.code, values.goods, values.cabinets])).toEqual([
      ['VP-1', 2, 3],
    ])
    expect(JSON.stringify(page)).not.toContain('10000000777')
    for (const [who, found] of [
      ['district', ['VP-1']],
      ['coop', ['VP-1']],
      ['district2', []],
    ] as const)
      expect([who, await codesOf(who)]).toEqual([who, found])
    expect(await codesOf('district', 'state=repair')).toEqual([])
    expect(await codesOf('district', `placedOnFrom=2024-03-01&q=${encodeURIComponent('示范大厦')}`)).toEqual([
      'VP-1',
    ])
  })

  it('are refused that sell what is no product, or lie in another district, and leave nothing', async () => {
    const values = point({ code: 'VP-9' })
    expect(await told(values, ['mango', 'phone-card'])).toBe('vending_point.no_product good.2.product')
    expect(await told(values, ['mango', 'mango'])).toBe('row.repeated good.2.product')
    expect(await told(point({ code: 'VP-9', state: 'withdrawn' }))).toBe(
      'vending_point.day_missing withdrawnOn',
    )
    expect(await told(point({ code: 'VP-9', operatorId: world.id('unit') }))).toBe(
      'organisation.not_found operatorId',
    )
    expect(await told(values, [], 'district2')).toBe('area.not_found areaCode')
    expect(await told(point())).toBe('row.taken code')
    expect(await codesOf('taskforce')).toEqual(['VP-1'])
  })

  it('are imported from their template, filled in, and taken out again', async () => {
    const template = await openSheets(
      Buffer.from(await (await ask(`${path}/template.xlsx`, 'district')).arrayBuffer()),
    )
    expect(template.sheets).toEqual(['售货点台账', '在售商品', '填写说明'])
    const [head, goodsHead] = await Promise.all(
      template.sheets.slice(0, 2).map(async sheet => (await Array.fromAsync(template.rows(sheet)))[0]!.cells),
    )
    expect(head).toEqual([
      ...['售货点编号*', '售货点名称*', '场所类型*', '所在区划*', '详细地址*', '运营单位*', '柜机台数*'],
      ...['状态*', '投放日期*', '撤点日期', '月租金（元）', '联系电话'],
    ])
    expect(goodsHead).toEqual(['售货点编号*', '商品编号*', '柜机售价（元）'])
    const row = (code: string, phone: string): SheetCell[] => [
      ...[code, '社区专柜', '社区', '福田区', '示范街 2 号', '示范芒果合作社', 2, '在用', '2025-01-02', null],
      ...[850.5, phone],
    ]
    const sheets = [
      [head!, row('VP-2', '10000000778'), row('VP-3', '12')],
      [goodsHead!, ['VP-2', 'mango', 19.9], ['VP-2', 'kiwi', null], ['VP-3', 'mango', 5]],
    ].map((rows, i) => ({
      ...{ name: template.sheets[i]!, widths: [] },
      rows: rows.map(cells => ({ cells: cells.map(value => ({ value: value as SheetCell, style: 0 })) })),
    }))
    const file = await send<{ id: string }>('/files?name=points.xlsx&kind=import', await workbookOf(sheets))
    const { id } = await send<{ id: string }>(`${path}/imports`, { file: file.id })
    const run = await ended(id)
    expect([run.state, run.rows, run.added, run.bad]).toEqual(['done', 2, 1, 1])
    expect(run.faults.map(({ sheet, row: line, column, code }) => [sheet, line, column, code])).toEqual([
      ['售货点台账', 3, 'contactPhone', 'value.format'],
      ['在售商品', 4, '', 'row.not_taken'],
    ])
    expect(await codesOf('district')).toEqual(['VP-2', 'VP-1'])

    const taken = await openSheets(
      Buffer.from(await (await ask(`${path}/export.xlsx?q=VP-2`, 'district')).arrayBuffer()),
    )
    const whose = await post(`${path}/export.csv`, { contactPhone: '10000000778' })
    expect((await whose.text()).match(/VP-\d/g)).toEqual(['VP-2'])
    expect((await post(`${path}/find`, { q: '10000000778' }, 'buyer')).status).toBe(403)
    expect((await ask(`${path}/export.csv?contactPhone=10000000778`, 'district')).status).toBe(400)
    const text = JSON.stringify(
      await Promise.all(taken.sheets.map(sheet => Array.fromAsync(taken.rows(sheet)))),
    )
    expect(text).toContain('VP-2')
    expect(text).toContain('850.5')
    expect(text).not.toContain('10000000778')
    const csv = await (await ask(`${path}/export.csv?language=en`, 'taskforce')).text()
    expect(csv).toContain('Monthly rent (yuan)')
    expect(csv).toContain('VP-2')
  })
})

/** Waits for the worker by asking, as the pages do. */
async function ended(id: string): Promise<ImportRun> {
  const run = await get<ImportRun>(`${path}/imports/${id}`)
  return run.state === 'done' || run.state === 'refused' ? run : ended(id)
}
