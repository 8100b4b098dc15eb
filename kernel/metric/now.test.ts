import { afterAll, beforeAll, expect, it } from 'vitest'
import { putAreas } from '../access/areas.ts'
import { createOrganisation } from '../access/organisations.ts'
import type { Reach } from '../access/permit.ts'
import { type Succession, succeedOrganisation } from '../access/succession.ts'
import { runSubscriptions } from '../fact/subscribe.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { Vault } from '../personal/vault.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { defineMetric, type Metric } from './define.ts'
import { readFacts } from './facts.ts'
import { keepMetrics, type Means } from './keep.ts'
import { type Query, readMetric } from './read.ts'

const source = { of: ['order.done'], each: 'lines' } as const
const bought = defineMetric({
  ...{ kind: 'flow', name: 'bought', unit: 'fen', ...source, measure: 'fen' },
  dimensions: { district: { kind: 'area', follows: 'unit' }, unit: 'organisation' },
})
const origin = defineMetric({
  ...{ kind: 'flow', name: 'origin', unit: 'fen', ...source, measure: 'fen' },
  dimensions: { county: 'area' },
})
const sellers = defineMetric({
  ...{ kind: 'distinct', name: 'sellers', unit: 'organisation', ...source, subject: 'seller' },
  dimensions: { county: 'area' },
})
const each = defineMetric({
  ...{ kind: 'ratio', name: 'each', unit: 'fen', whole: 1, dimensions: { county: 'area' } },
  over: { metric: origin },
  under: { metric: sellers },
})
const people = defineMetric({
  ...{ kind: 'distinct', name: 'people', unit: 'household', ...source, subject: 'seller', guard: 'own' },
  dimensions: { county: { kind: 'area', fixed: true } },
})
const metrics: readonly Metric[] = [bought, origin, sellers, each, people]

const [first, second, third] = [1, 2, 3].map(n => `00000000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]
const everything: Reach = {
  ...{ programme: 'shenzhen', everything: true, areaPaths: [], organisationIds: [], personIds: [] },
}
const area = (code: string, replacedBy?: string) => ({
  ...{ code, nameZh: code, nameEn: code },
  ...(replacedBy ? { replacedBy, validTo: '2025-11-01' } : {}),
})
const line = (district: string, unit: string, county: string, seller: string, fen: number) => ({
  ...{ district, unit, county, seller },
  fen: String(fen),
})

let db: TestDatabase
let log: TestLog
let means: Means
const put = (...areas: ReturnType<typeof area>[]) =>
  db.batch.write({ programme: 'platform', actor: 'system' }, tx => putAreas(tx, areas)).then(must)
const succeed = (change: Succession) =>
  db.app
    .write({ ...log.scope, at: new Date('2025-11-05T00:00:00Z') }, tx => succeedOrganisation(tx, change))
    .then(must)
beforeAll(async () => {
  db = await testDatabase()
  await put(
    ...['450000', '451000', '451003', '451028', '451029', '440000', '440300', '440303', '440304'].map(code =>
      area(code),
    ),
  )
  log = await testLog(db)
  means = { keyring: log.keyring, vault: new Vault(db.secrets) }
  await db.app
    .write({ ...log.scope, at: new Date('2025-10-09T00:00:00Z') }, async tx => {
      for (const [at, id] of [first, second, third].entries())
        must(
          await createOrganisation(tx, {
            ...{ id, key: `unit${at}`, nameZh: `单位${at}`, nameEn: `Unit ${at}`, type: 'budget_unit' },
            ...{ areaCode: '440304', validFrom: '2025-01-01', invented: true },
          }),
        )
      await log.recorder.record(tx, {
        ...{ type: 'order.done', subject: 's', holder: 'h', at: new Date('2025-10-08T02:00:00Z') },
        pub: {
          lines: [
            line('440304', first, '451028', 'a', 100),
            line('440304', second, '451003', 'a', 40),
            line('440303', third, '451029', 'b', 3),
          ],
        },
      })
      return ok(null)
    })
    .then(must)
  await log.drain()
  await runSubscriptions(db.batch, 'shenzhen', [keepMetrics(metrics, means)])
})
afterAll(() => db.close())

const ask = (metric: Metric, query: Partial<Query>, seesAll = true, reach = everything) =>
  db.app.read({ ...log.scope, at: new Date('2025-12-02T00:00:00Z') }, tx =>
    readMetric(
      tx,
      metric,
      { from: '2025-10', to: '2025-10', by: [], where: {}, ...query },
      { reach, seesAll },
    ),
  )
const rowsOf = async (...args: Parameters<typeof ask>) =>
  must(await ask(...args)).rows.map(row => [...row.dims, row.value])
const totalOf = async (...args: Parameters<typeof ask>) => must(await ask(...args)).totals[0]!.value
const by = (name: string, view: 'then' | 'now', more: Partial<Query> = {}) => ({ by: [name], view, ...more })

it('has one view while nothing has changed', async () => {
  expect(must(await ask(origin, {}))).toMatchObject({ view: 'then', tellsOtherwise: false })
  expect(await rowsOf(origin, by('county', 'now'))).toEqual(await rowsOf(origin, by('county', 'then')))
})

it('tells replaced areas as they were, or as what goes on for them; the total stays', async () => {
  // a chain: the one that came in its place was replaced as well
  await put(area('451029', '451028'))
  await put(area('451028', '451003'))
  const then = [
    ['451003', 40],
    ['451028', 100],
    ['451029', 3],
  ]
  expect(await rowsOf(origin, by('county', 'then'))).toEqual(then)
  expect(await rowsOf(origin, by('county', 'then', { level: 'county' }))).toEqual(then)
  expect(await rowsOf(origin, by('county', 'now'))).toEqual([['451003', 143]])
  expect(must(await ask(origin, by('county', 'now')))).toMatchObject({ view: 'now', tellsOtherwise: true })
  for (const view of ['then', 'now'] as const) {
    expect(await totalOf(origin, by('county', view))).toBe(143)
    expect(await rowsOf(origin, by('county', view, { level: 'city' }))).toEqual([['451000', 143]])
  }
  const where = { county: '451003' }
  expect([await rowsOf(origin, { where }), await rowsOf(origin, { where, view: 'now' })]).toEqual([
    [[40]],
    [[143]],
  ])
})

it('counts different subjects anew where two areas became one', async () => {
  expect(await rowsOf(sellers, by('county', 'then'))).toEqual([
    ['451003', 1],
    ['451028', 1],
    ['451029', 1],
  ])
  // the same seller in two of them is one in the third
  expect(await rowsOf(sellers, by('county', 'now'))).toEqual([['451003', 2]])
  expect(await rowsOf(sellers, by('county', 'now', { level: 'province', grain: 'year' }))).toEqual([
    ['450000', 2],
  ])
  expect(await rowsOf(sellers, { where: { county: '451003' }, view: 'now' })).toEqual([[2]])
  for (const view of ['then', 'now'] as const) expect(await totalOf(sellers, by('county', view))).toBe(2)
  expect(await rowsOf(each, by('county', 'then'))).toEqual([
    ['451003', 40],
    ['451028', 100],
    ['451029', 3],
  ])
  expect(await rowsOf(each, by('county', 'now'))).toEqual([['451003', 72]])
})

it('tells a unit that moved where it lies today, and a merged one as its successor', async () => {
  await succeed({ kind: 'parent', id: first, parentId: null, areaCode: '440303', date: '2025-11-01' })
  await succeed({ kind: 'merge', ids: [second], into: third, date: '2025-11-02' })
  const then = [
    ['440303', 3],
    ['440304', 140],
  ]
  expect(await rowsOf(bought, by('district', 'then'))).toEqual(then)
  // the third never moved: it lies in the second district, with the one that was merged into it
  expect(await rowsOf(bought, by('district', 'now'))).toEqual([
    ['440303', 100],
    ['440304', 43],
  ])
  expect(await rowsOf(bought, by('unit', 'now'))).toEqual([
    [first, 100],
    [third, 43],
  ])
  const office = { ...everything, everything: false, areaPaths: ['44/4403/440303'] }
  expect(await rowsOf(bought, { view: 'now' }, true, office)).toEqual([[100]])
  expect(await rowsOf(bought, {}, true, office)).toEqual([[3]])
})

it('opens a figure of either view to the facts it is made of', async () => {
  const facts = (view: 'then' | 'now') =>
    db.app.read(log.scope, tx =>
      readFacts(
        tx,
        bought,
        { period: '2025-10', where: { district: '440303' }, view, limit: 9 },
        everything,
        means,
      ),
    )
  expect((await facts('then')).items.map(item => item.value)).toEqual([3])
  expect((await facts('now')).items.map(item => item.value)).toEqual([100])
})

it('is not told of now to whom small cells are merged: the difference would tell', async () => {
  expect(await ask(people, by('county', 'now'), false)).toEqual({
    ok: false,
    code: 'metric.guarded',
    params: {},
  })
  expect(await rowsOf(people, by('county', 'now'))).toEqual([['451003', 3]])
})
