import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putAreas } from '../access/areas.ts'
import type { Reach } from '../access/permit.ts'
import { type LoggedFact, runSubscriptions, type Subscription } from '../fact/subscribe.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { Vault } from '../personal/vault.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { defineMetric, type Metric } from './define.ts'
import { readFacts } from './facts.ts'
import { keepMetrics, type Means } from './keep.ts'
import { cells, publishMetric } from './publish.ts'
import { oneSnapshot, type Query, readMetric } from './read.ts'
import { rebuild, rebuildChanged } from './rebuild.ts'

const bought = defineMetric({
  ...{ kind: 'flow', name: 'bought', unit: 'fen', of: ['order.done'], each: 'lines', measure: 'fen' },
  dimensions: { county: 'area', kind: 'choice' },
})
const asked = defineMetric({
  ...{ kind: 'flow', name: 'asked', unit: 'fen', of: ['order.asked'], measure: 'fen' },
  dimensions: { county: 'area' },
})
const served = defineMetric({
  ...{ kind: 'ratio', name: 'served', unit: 'percent', dimensions: { county: 'area' } },
  over: { metric: bought },
  under: { metric: asked },
})
const sellers = defineMetric({
  ...{ kind: 'distinct', name: 'sellers', unit: 'organisation', of: ['order.done'], each: 'lines' },
  ...{ subject: 'seller', dimensions: { county: 'area' } },
})
const driven = defineMetric({
  ...{ kind: 'distinct', name: 'driven', unit: 'household', of: ['order.settled'], opens: 'part' },
  from: ({ open }) =>
    [...open.values()].map(text => {
      const { household, ...dims } = JSON.parse(text) as { household: string; county: string; how: string }
      return { dims, subject: household }
    }),
  subject: 'household',
  dimensions: { county: { kind: 'area', fixed: true }, how: 'choice' },
  guard: 'own',
})
const listed = defineMetric({
  ...{ kind: 'level', name: 'listed', unit: 'product', of: ['product.in'], minus: ['product.out'] },
  ...{ subject: 'product', dimensions: { county: 'area' } },
})
const size = defineMetric({
  ...{ kind: 'spread', name: 'size', unit: 'fen', of: ['order.asked'], measure: 'fen' },
  ...{ edges: [0, 100, 1000], dimensions: { county: 'area' } },
})
const metrics: readonly Metric[] = [bought, asked, served, sellers, driven, listed, size]

let db: TestDatabase
let log: TestLog
let means: Means
let keeping: Subscription
beforeAll(async () => {
  db = await testDatabase()
  await db.batch
    .write({ programme: 'platform', actor: 'system' }, tx =>
      putAreas(
        tx,
        [
          ['450000', '广西'],
          ['451000', '百色'],
          ['451003', '田阳'],
          ['451028', '乐业'],
          ['440000', '广东'],
          ['441900', '东莞'],
        ].map(([code, name]) => ({ code: code!, nameZh: name!, nameEn: name! })),
      ),
    )
    .then(must)
  log = await testLog(db)
  means = { keyring: log.keyring, vault: new Vault(db.secrets) }
  keeping = keepMetrics(metrics, means)
})
afterAll(() => db.close())

const everything: Reach = {
  ...{ programme: 'shenzhen', everything: true, areaPaths: [], organisationIds: [], personIds: [] },
}
const tell = async (
  facts: readonly {
    type: string
    pub: Record<string, never> | object
    at?: string
    hidden?: Record<string, string>
  }[],
) => {
  await db.app
    .write(log.scope, async tx => {
      for (const { type, pub, at = '2025-10-08T02:00:00Z', hidden = {} } of facts)
        await log.recorder.record(tx, {
          ...{ type, subject: 's', holder: 'h', at: new Date(at), hidden },
          pub: pub as Record<string, string>,
        })
      return ok(null)
    })
    .then(must)
  await log.drain()
}
const follow = (...more: Subscription[]) =>
  runSubscriptions(db.batch, 'shenzhen', more.length > 0 ? more : [keeping])
const lines = (...of: { county: string; fen: string; seller?: string }[]) => ({
  type: 'order.done',
  pub: { kind: 'unit', lines: of.map(line => ({ seller: 'a', ...line })) },
})
const ask = async (metric: Metric, query: Partial<Query> = {}, seesAll = false, reach = everything) =>
  db.app.read({ ...log.scope, at: new Date('2025-12-02T00:00:00Z') }, async tx => {
    await oneSnapshot(tx)
    return readMetric(
      tx,
      metric,
      { from: '2025-10', to: '2025-12', by: [], where: {}, ...query },
      { reach, seesAll },
    )
  })
const rowsOf = async (...args: Parameters<typeof ask>) =>
  must(await ask(...args)).rows.map(row => [row.period, ...row.dims, row.value])
const totalsOf = async (...args: Parameters<typeof ask>) =>
  must(await ask(...args)).totals.map(total => total.value)
const settled = (households: readonly string[], county: string, how = 'share') => ({
  type: 'order.settled',
  pub: {},
  hidden: Object.fromEntries(
    households.map((household, i) => [`part${i}`, JSON.stringify({ household, county, how })]),
  ),
})

describe('what is kept from the log', () => {
  beforeAll(async () => {
    await tell([
      lines({ county: '451003', fen: '300' }, { county: '451028', fen: '50', seller: 'b' }),
      { ...lines({ county: '451003', fen: '7', seller: 'b' }), at: '2025-11-02T00:00:00Z' },
      { type: 'order.asked', pub: { county: '451003', fen: '400' } },
      { type: 'order.asked', pub: { county: '441900', fen: '40' } },
      { type: 'product.in', pub: { product: 'p', county: '451003' } },
      { type: 'product.in', pub: { product: 'q', county: '451028' } },
      { type: 'product.out', pub: { product: 'q', county: '451028' }, at: '2025-11-02T00:00:00Z' },
      settled(['h1', 'h2', 'h3'], '451003'),
      settled(['h3', 'h4', 'h5', 'h6', 'h7'], '451003', 'order'),
      settled(['k1', 'k2', 'k3'], '451028'),
      settled(['d1', 'd2', 'd3', 'd4', 'd5', 'd6'], '441900'),
    ])
    await follow()
  })

  it('is a flow by any of its dimensions, rolled up by city and province, by quarter and year', async () => {
    expect(await rowsOf(bought, { by: ['county'] })).toEqual([
      ['2025-10', '451003', 300],
      ['2025-10', '451028', 50],
      ['2025-11', '451003', 7],
    ])
    expect(await rowsOf(bought, { by: ['county'], level: 'city' })).toEqual([
      ['2025-10', '451000', 350],
      ['2025-11', '451000', 7],
    ])
    expect(await rowsOf(bought, { by: ['county', 'kind'], level: 'province', grain: 'year' })).toEqual([
      ['2025', '450000', 'unit', 357],
    ])
    expect(await rowsOf(bought, { grain: 'quarter', where: { county: '451000' } })).toEqual([
      ['2025-Q4', 357],
    ])
    expect(await totalsOf(bought, { by: ['county'] })).toEqual([350, 7, 0])
  })

  it('is a level at the end of each period', async () => {
    expect(await rowsOf(listed, { by: ['county'] })).toEqual([
      ...[
        ['2025-10', '451003', 1],
        ['2025-10', '451028', 1],
        ['2025-11', '451003', 1],
      ],
      ...[
        ['2025-11', '451028', 0],
        ['2025-12', '451003', 1],
        ['2025-12', '451028', 0],
      ],
    ])
    expect(await totalsOf(listed, { grain: 'year' })).toEqual([1])
  })

  it('counts subjects once in whatever cell and period is asked for', async () => {
    expect(await rowsOf(sellers, { by: ['county'] })).toEqual([
      ...[
        ['2025-10', '451003', 1],
        ['2025-10', '451028', 1],
        ['2025-11', '451003', 1],
      ],
    ])
    expect(await rowsOf(sellers, { by: ['county'], level: 'city', grain: 'year' })).toEqual([
      ['2025', '451000', 2],
    ])
    expect(await rowsOf(sellers, { where: { county: '450000' }, grain: 'quarter' })).toEqual([['2025-Q4', 2]])
    expect(await totalsOf(sellers, { by: ['county'] })).toEqual([2, 1, 0])
  })

  it('is one over the other, null over nothing', async () => {
    expect(await rowsOf(served, { by: ['county'], to: '2025-10' })).toEqual([
      ['2025-10', '441900', 0],
      ['2025-10', '451003', 7500],
      ['2025-10', '451028', null],
    ])
    const { rows } = must(await ask(served, { to: '2025-10' }))
    expect(rows).toMatchObject([{ value: 7955, parts: [350, 440] }])
  })

  it('is spread over buckets, told as "at least"', async () => {
    const { rows } = must(await ask(size, { to: '2025-10' }))
    expect(rows).toMatchObject([{ value: 0, percentiles: [0, 0, 100], count: 2 }])
  })

  it('tells names, and how far it follows the log', async () => {
    const { names, upTo, unit, by } = must(await ask(bought, { by: ['county'] }))
    const [row] = await db.owner<{ size: number }>('select size from log')
    expect({ names, upTo, unit, by }).toEqual({
      ...{ unit: 'fen', by: ['county'], upTo: row!.size },
      names: { '451003': { zh: '田阳', en: '田阳' }, '451028': { zh: '乐业', en: '乐业' } },
    })
    // of the area that is asked for, even where it has no row
    const narrowed = must(await ask(bought, { by: ['kind'], where: { county: '451003' } }))
    expect(narrowed.names).toEqual({ '451003': { zh: '田阳', en: '田阳' } })
  })

  it('merges few people for the public, so that all still adds up, and not for who may see them', async () => {
    expect(await rowsOf(driven, { by: ['county'], to: '2025-10' }, true)).toEqual([
      ...[
        ['2025-10', '441900', 6],
        ['2025-10', '451003', 7],
        ['2025-10', '451028', 3],
      ],
    ])
    expect(await rowsOf(driven, { by: ['county'], to: '2025-10' })).toEqual([
      ...[
        ['2025-10', '*', 9],
        ['2025-10', '451003', 7],
      ],
    ])
    expect(await totalsOf(driven, { by: ['county'], to: '2025-10' })).toEqual([16])
    const only = (county: string) => ask(driven, { where: { county }, to: '2025-10' })
    expect(must(await only('451003')).totals).toMatchObject([{ value: 7 }])
    for (const county of ['441900', '451028']) expect(must(await only(county)).rows).toEqual([])
  })

  it('refuses the public what differences would tell, and anyone a dimension that there is not', async () => {
    const guarded = { ok: false, code: 'metric.guarded' }
    expect(await ask(driven, { by: ['county', 'how'] })).toMatchObject(guarded)
    expect(await ask(driven, { by: ['county'], where: { how: 'share' } })).toMatchObject(guarded)
    expect(await ask(driven, { grain: 'year' })).toMatchObject(guarded)
    expect(await ask(driven, { by: ['county'], level: 'city' })).toMatchObject(guarded)
    expect(await ask(bought, { by: ['seller'] })).toMatchObject({
      ...{ ok: false, code: 'metric.no_dimension', params: { name: 'seller' } },
    })
    expect(await ask(bought, { from: '1999-01' })).toMatchObject({ ok: false, code: 'metric.too_long' })
  })

  it('is shown as far as somebody reaches', async () => {
    const reach = { ...everything, everything: false, areaPaths: ['45/4510/451028'] }
    expect(await rowsOf(bought, {}, false, reach)).toEqual([['2025-10', 50]])
    expect(await rowsOf(sellers, { to: '2025-10' }, false, reach)).toEqual([['2025-10', 1]])
    expect(await rowsOf(bought, {}, false, { ...reach, areaPaths: [] })).toEqual([])
  })

  it('opens into its facts, page after page, within the reach', async () => {
    const open = (
      query: Partial<Parameters<typeof readFacts>[2]>,
      reach = everything,
      metric: Metric = bought,
    ) =>
      db.app.read(log.scope, tx =>
        readFacts(tx, metric, { period: '2025-10', where: {}, limit: 50, ...query }, reach, means),
      )
    const { items, next } = await open({})
    expect(items.map(({ type, dims, value, late }) => [type, ...dims, value, late])).toEqual([
      ['order.done', '451003', 'unit', 300, false],
      ['order.done', '451028', 'unit', 50, false],
    ])
    expect(next).toBeNull()
    const reach = { ...everything, everything: false, areaPaths: ['45/4510/451028'] }
    expect((await open({}, reach)).items.map(item => item.value)).toEqual([50])
    const first = await open({ limit: 1 }, everything, driven)
    expect(first.items.map(item => [...item.dims, item.value])).toEqual([['451003', 'share', 3]])
    const rest = await open({ after: Number(first.next) }, everything, driven)
    expect(rest.items.map(item => [...item.dims, item.value])).toEqual([
      ...[
        ['451003', 'order', 5],
        ['451028', 'share', 3],
        ['441900', 'share', 6],
      ],
    ])
    expect((await open({ period: '2025-11' }, everything, listed)).items.map(item => item.value)).toEqual([
      1, 1, -1,
    ])
    expect((await open({ part: 'under' }, everything, served)).items.map(item => item.value)).toEqual([
      400, 40,
    ])
  })
})

describe('a closed month', () => {
  const publish = (metric: Metric, period: string, at: string) =>
    publishMetric(db.batch, { ...log.scope, at: new Date(at) }, log.recorder, metric, {
      period,
      holder: 'office',
    })

  it('is refused while it runs, for what nobody can recompute, and while a fact of it waits', async () => {
    expect(await publish(bought, '2025-10', '2025-10-31T15:59:59Z')).toMatchObject({
      code: 'figure.month_open',
    })
    expect(await publish(driven, '2025-10', '2025-11-05T00:00:00Z')).toMatchObject({
      code: 'figure.unprovable',
    })
    await tell([lines({ county: '451003', fen: '1' })])
    expect(await publish(bought, '2025-10', '2025-11-05T00:00:00Z')).toMatchObject({
      code: 'figure.not_ready',
    })
    await follow()
    expect(await db.owner('select * from metric_close')).toEqual([])
  })

  it('is published once, with its definition before it; what is late counts in the next', async () => {
    expect((await publish(bought, '2025-10', '2025-11-05T00:00:00Z')).ok).toBe(true)
    expect(await publish(bought, '2025-10', '2025-11-05T00:00:00Z')).toMatchObject({
      code: 'figure.published',
    })
    expect((await publish(sellers, '2025-10', '2025-11-05T00:00:00Z')).ok).toBe(true)
    await tell([lines({ county: '451003', fen: '30', seller: 'c' })])
    await follow()
    expect(await rowsOf(bought)).toEqual([
      ['2025-10', 351],
      ['2025-11', 37],
    ])
    const { rows } = must(await ask(bought, { to: '2025-10' }))
    const [closed] = await db.owner<{ fact_id: string }>(
      `select fact_id from metric_close where metric = 'bought'`,
    )
    expect(rows[0]!.factId).toBe(closed!.fact_id)
    const late = await db.app.read(log.scope, tx =>
      readFacts(tx, bought, { period: '2025-11', where: {}, limit: 9 }, everything, means),
    )
    expect(late.items.map(item => [item.value, item.late])).toEqual([
      [7, false],
      [30, true],
    ])
    const told = await db.owner<{ pub: string }>(
      `select convert_from(entry, 'utf8')::jsonb -> 'pub' as pub from fact where type in ('metric.defined', 'figure.published') order by at, id`,
    )
    expect(told.map(row => row.pub)).toContainEqual({
      ...{ metric: 'sellers', kind: 'distinct', unit: 'organisation', facts: ['order.done'], each: 'lines' },
      ...{ measure: '', subject: 'seller', dimensions: ['county'], period: 'month' },
    })
    expect(told.map(row => row.pub)).toContainEqual(
      expect.objectContaining({ metric: 'sellers', total: '2', count: 3, period: '2025-10' }),
    )
  })

  it('of any kind keeps what is late for the next; kinds that are never closed count it in its own', async () => {
    const october = { to: '2025-10' }
    // a seller who is late is one of the next month's, and of the year once
    expect(await rowsOf(sellers)).toEqual([
      ['2025-10', 2],
      ['2025-11', 2],
    ])
    expect(await rowsOf(sellers, { grain: 'year' })).toEqual([['2025', 3]])
    for (const metric of [listed, size, served])
      expect(await publish(metric, '2025-10', '2025-11-05T00:00:00Z')).toMatchObject({
        code: 'figure.unprovable',
      })
    const told = async () => [
      ...[...(await rowsOf(listed, october)), ...(await rowsOf(served, october))].map(([, value]) => value),
      must(await ask(size, october)).rows[0]!.count,
    ]
    expect(await told()).toEqual([2, 7977, 2])
    await tell([
      { type: 'order.asked', pub: { county: '451003', fen: '60' } },
      { type: 'product.in', pub: { product: 'late', county: '451003' } },
    ])
    await follow()
    // a ratio's closed part stays, what is under it grows
    expect(await told()).toEqual([3, 7020, 3])
  })

  it('and a late fact that comes at the same moment never share the month', async () => {
    await tell([{ ...lines({ county: '451003', fen: '5' }), at: '2025-11-20T00:00:00Z' }])
    const [published] = await Promise.all([publish(bought, '2025-11', '2025-12-05T00:00:00Z'), follow()])
    const figure = await db.owner<{ total: number; up_to: number }>(
      `select total, up_to from metric_close where metric = 'bought' and period = '2025-11'`,
    )
    const [month] = await db.app.read(log.scope, async tx => [await cells(tx, 'bought', '2025-11')])
    if (published.ok) expect(month!.reduce((sum, row) => sum + row.sum, 0)).toBe(figure[0]!.total)
    else expect([published.code, figure]).toEqual(['figure.not_ready', []])
    expect((await totalsOf(bought))[1]).toBe(42)
  })
})

describe('a rebuild', () => {
  const series = async (metric: Metric) =>
    (
      await db.owner<{ series: string; state: string }>(
        `select metric || '@' || generation as series, state from metric_generation where metric = $1 order by generation`,
        [metric.name],
      )
    ).map(row => `${row.series} ${row.state}`)
  const kept = (metric: Metric) =>
    db.owner(
      `select c.period, c.dims, c.sum, c.count from metric_generation g join metric_cell c on c.metric = g.metric || '@' || g.generation
       where g.metric = $1 and g.state = 'current' order by 1, 2`,
      [metric.name],
    )
  const subjects = () => db.owner('select period, dims, subject from metric_subject order by 1, 2, 3')

  it('comes to the same cells, in any batches, and takes the old ones away', async () => {
    const before = await subjects()
    for (const [metric, batch] of [
      [bought, 1],
      [sellers, 3],
      [driven, 2],
      [listed, 1000],
      [size, 5],
    ] as const) {
      const old = await kept(metric)
      expect(old.length).toBeGreaterThan(0)
      await rebuild(db.batch, log.scope, metric, means, { batch })
      expect(await kept(metric)).toEqual(old)
      expect(await series(metric)).toEqual([`${metric.name}@2 current`])
    }
    expect(await subjects()).toEqual(before)
    expect(await db.owner(`select distinct metric from metric_cell where metric like '%@1'`)).toEqual([
      { metric: 'asked@1' },
    ])
  })

  it('holds what arrives meanwhile, and no reader sees half of it', async () => {
    const [before] = await totalsOf(asked)
    const amounts = new Set<number | null>()
    let done = false
    const reading = (async () => {
      while (!done) amounts.add((await totalsOf(asked, { to: '2025-10' }))[0]!)
    })()
    await Promise.all([
      rebuild(db.batch, log.scope, asked, means, { batch: 1 }),
      rebuild(db.batch, log.scope, asked, means, { batch: 2 }),
      tell([{ type: 'order.asked', pub: { county: '451003', fen: '1000' } }]).then(() => follow()),
    ])
    done = true
    await reading
    expect([...amounts].every(amount => amount === before || amount === before! + 1000)).toBe(true)
    expect((await totalsOf(asked))[0]).toBe(before! + 1000)
    expect((await series(asked)).filter(line => line.endsWith('current'))).toHaveLength(1)
    expect((await series(asked)).filter(line => line.endsWith('filling'))).toEqual([])
  })

  it('goes on where one that was stopped had come to', async () => {
    const stopping = AbortSignal.abort('stopped')
    await expect(rebuild(db.batch, log.scope, size, means, { batch: 1, signal: stopping })).rejects.toBe(
      'stopped',
    )
    expect((await series(size)).at(-1)).toBe('size@3 filling')
    await rebuild(db.batch, log.scope, size, means)
    expect(await series(size)).toEqual(['size@3 current'])
  })

  it('follows a changed definition; until then the old cells answer and say how far', async () => {
    const wider = defineMetric({ ...size, edges: [0, 10, 20] })
    await db.owner(`update log_entry set log_index = log_index`)
    expect(await rebuildChanged(db.batch, log.scope, [wider], means)).toEqual(['size'])
    expect(await rebuildChanged(db.batch, log.scope, [wider], means)).toEqual([])
    expect(must(await ask(wider, { to: '2025-10' })).rows[0]!.percentiles).toEqual([20, 20, 20])
  })

  it('is given up at a fact that lacks what the definition names; the others follow on', async () => {
    await tell([
      { type: 'order.done', pub: { kind: 'unit', lines: [{ county: '451003', fen: '9' }] } as object },
    ])
    await follow()
    const upTo = async (metric: Metric) => must(await ask(metric)).upTo
    const [stopped, all] = [await upTo(sellers), await upTo(bought)]
    expect(stopped).toBe(all - 1)
    await expect(rebuild(db.batch, log.scope, sellers, means)).rejects.toMatchObject({
      refusal: { code: 'metric.stopped', params: { metric: 'sellers', index: stopped } },
    })
    expect(await upTo(sellers)).toBe(stopped)
    // asked for again and again it is not filled in vain, and holds up no other
    const other = defineMetric({ ...sellers, measure: 'fen' })
    const later = defineMetric({ ...size, edges: [0, 10, 30] })
    const follows = () => rebuildChanged(db.batch, log.scope, [other, later], means)
    const why = { refusal: { code: 'metric.stopped', params: { metric: 'sellers', index: stopped } } }
    await expect(follows()).rejects.toMatchObject(why)
    expect((await series(later)).at(-1)).toMatch(/current$/)
    const held = await db.owner(
      `select generation, next_index from metric_generation where metric = 'sellers'`,
    )
    expect(held).toHaveLength(2)
    await expect(follows()).rejects.toMatchObject(why)
    expect(
      await db.owner(`select generation, next_index from metric_generation where metric = 'sellers'`),
    ).toEqual(held)
    const failed = await publishMetric(
      db.batch,
      { ...log.scope, at: new Date('2026-01-02T00:00:00Z') },
      log.recorder,
      sellers,
      {
        ...{ period: '2025-11', holder: 'office' },
      },
    )
    expect(failed).toMatchObject({ code: 'figure.not_ready' })
  })
})

it('takes many facts in a fixed number of statements', async () => {
  const statements: string[] = []
  const facts = Array.from({ length: 40 }, (_, i) => ({
    ...{ type: 'order.asked', index: i + 10, id: `0${i}`, at: new Date('2025-12-01T00:00:00Z') },
    pub: { county: '451003', fen: String(i) },
  })) as unknown as LoggedFact[]
  const count = async (some: readonly LoggedFact[]) => {
    statements.length = 0
    await db.batch
      .write(log.scope, async tx => {
        const counting = Object.create(tx, {
          query: {
            value: (text: string, ...rest: never[]) => {
              statements.push(text)
              return tx.query(text, ...rest)
            },
          },
        }) as typeof tx
        await keepMetrics([asked], means).handleAll!(counting, some)
        throw new Error('undone')
      })
      .catch(() => undefined)
    return statements.length
  }
  const one = await count(facts.slice(0, 1))
  expect(one).toBeGreaterThan(3)
  expect(await count(facts)).toBe(one)
})
