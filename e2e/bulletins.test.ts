import { documentOf } from '@silian/chains/assurance/bulletins/document.ts'
import { listBulletins, logHead, readBulletin } from '@silian/chains/assurance/bulletins/reads.ts'
import { draftBulletin, publishBulletin, writeBulletin } from '@silian/chains/assurance/bulletins/service.ts'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { metrics } from '@silian/chains/declared.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import type { MetricFacts } from '@silian/kernel/metric/contract.ts'
import {
  type Counted,
  dimensionsOf,
  isClosable,
  logNameOf,
  type Metric,
} from '@silian/kernel/metric/define.ts'
import { type FactsQuery, readFacts } from '@silian/kernel/metric/facts.ts'
import { readMetric } from '@silian/kernel/metric/read.ts'
import { percentilesOf, quotient } from '@silian/kernel/metric/value.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { busyWorld } from './check/busy-world.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  await busyWorld(db, kit, world, 15)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const later = new Date('2026-03-05T02:00:00Z')
const month = '2025-11'
const as = <T>(work: (tx: Writer) => Promise<Result<T>>) =>
  kit.app.write({ programme: 'shenzhen', actor: 'task force', at: later }, work)
const bulletinId = () => world.id('bulletin')
const read = async () =>
  must(
    await kit.app.read({ programme: 'shenzhen', actor: 'reader' }, tx =>
      readBulletin(tx, bulletinId(), true),
    ),
  )
const october = async () =>
  must(
    await kit.app.read({ programme: 'shenzhen', actor: 'reader' }, tx =>
      readBulletin(tx, world.id('busy bulletin'), true),
    ),
  )
const periodOf = ({ grain, to }: { grain: string; to: string }) => (grain === 'year' ? to.slice(0, 4) : to)
const everywhere = {
  programme: 'shenzhen',
  everything: true,
  areaPaths: [],
  organisationIds: [],
  personIds: [],
}

type Facts = MetricFacts['items']

/** All facts of a figure, page after page. */
async function factsOf(metric: Metric, query: Omit<FactsQuery, 'limit'>): Promise<Facts> {
  const page = await kit.app.read({ programme: 'shenzhen', actor: 'reader', at: later }, tx =>
    readFacts(tx, metric, { ...query, limit: 2 }, everywhere, kit),
  )
  return page.next === null
    ? page.items
    : [...page.items, ...(await factsOf(metric, { ...query, after: Number(page.next) }))]
}

/** What these facts come to, by nothing but what each of them says. */
function comeTo(metric: Counted, facts: Facts): number | null {
  const counted = facts.flatMap(fact => fact.counted)
  if (metric.kind === 'distinct') {
    const once = new Map(counted.toReversed().map(({ subject, value }) => [subject, value]))
    return [...once.values()].reduce((sum, value) => sum + value, 0)
  }
  if (metric.kind === 'level' && metric.subject !== undefined)
    return new Map(counted.map(({ subject, value }) => [subject, value]))
      .values()
      .filter(value => value > 0)
      .reduce(sum => sum + 1, 0)
  if (metric.kind !== 'spread') return facts.reduce((sum, { value }) => sum + value, 0)
  const edgeOf = (value: number) => metric.edges.findLast(edge => edge <= value) ?? metric.edges[0]!
  const buckets = Map.groupBy(facts, ({ value }) => edgeOf(value))
  const sizes = new Map([...buckets].map(([edge, group]) => [edge, group.length]))
  return percentilesOf(metric, sizes)?.[1] ?? null
}

async function opened(metric: Metric, query: Omit<FactsQuery, 'limit'>): Promise<number | null> {
  if (metric.kind !== 'ratio') return comeTo(metric, await factsOf(metric, query))
  const [over, under] = await Promise.all(
    (['over', 'under'] as const).map(async part =>
      comeTo(metric[part].metric, await factsOf(metric, { ...query, part })),
    ),
  )
  return quotient(over ?? 0, under ?? 0, metric.whole ?? 10_000)
}

const differences = async () => (await checkProgramme(kit, 'shenzhen')).differences

it('keeps every declared metric, and the check comes to the same', async () => {
  const told: Record<string, number | null> = {}
  for (const metric of metrics as readonly Metric[]) {
    const by = dimensionsOf(metric).map(dimension => dimension.name)
    const values = must(
      await kit.app.read({ programme: 'shenzhen', actor: 'reader', at: later }, tx =>
        readMetric(
          tx,
          metric,
          { from: '2025-01', to: '2026-02', by, where: {} },
          { reach: everywhere, seesAll: true },
        ),
      ),
    )
    told[metric.name] = values.rows.length
  }
  // nothing is confirmed and no product withdrawn in this world
  const empty = Object.entries(told).filter(([, rows]) => rows === 0)
  expect(empty.map(([name]) => name)).toEqual([])
  expect(await differences()).toEqual([])
  expect(await db.owner('select metric from metric_generation where stopped_at is not null')).toEqual([])
})

it('drafts a month from the metrics, as the public may see them', async () => {
  must(await as(tx => draftBulletin(tx, { id: bulletinId(), month })))
  expect(await as(tx => draftBulletin(tx, { month }))).toMatchObject({
    code: 'bulletin.exists',
    params: { month },
  })
  const { state, figures, sections, mayWrite } = await read()
  expect([state, mayWrite, sections.length]).toEqual(['draft', true, 4])
  const [{ sum } = { sum: 0 }] = await db.owner<{ sum: number }>(
    `select sum(c.sum) as sum from metric_generation g join metric_cell c on c.metric = g.metric || '@' || g.generation
     where g.metric = 'completed_purchases' and g.state = 'current' and c.period = $1`,
    [month],
  )
  const completed = figures.find(figure => figure.key === 'completed')!
  expect(completed.value).toBe(Number(sum))
  expect(completed.rows).toEqual([{ dims: [], names: [], value: Number(sum), count: completed.count }])
  // three households live in this world: too few to be told
  const { figures: hidden } = await october()
  for (const key of ['income', 'households', 'each_household'])
    expect(hidden.find(figure => figure.key === key)).toMatchObject({
      ...{ value: null, count: 0, shown: '—', rows: [] },
    })
  const listed = (mayWrite: boolean) =>
    kit.app.read({ programme: 'shenzhen', actor: 'reader' }, tx => listBulletins(tx, mayWrite))
  expect((await listed(false)).map(row => row.month)).toEqual(['2025-10'])
  expect((await listed(true)).map(row => row.month)).toEqual([month, '2025-10'])
  expect(
    await kit.app.read({ programme: 'shenzhen', actor: 'reader' }, tx =>
      readBulletin(tx, bulletinId(), false),
    ),
  ).toMatchObject({ code: 'bulletin.not_found' })
})

it('takes words, not figures, and of two writers one is told', async () => {
  const { version, title, sections } = await read()
  const typed = [{ ...sections[0]!, text: '完成采购9.9万元。' }, ...sections.slice(1)]
  expect(await as(tx => writeBulletin(tx, bulletinId(), { version, title, sections: typed }))).toMatchObject({
    ...{ code: 'bulletin.typed_figure', params: { text: '9.9万元' } },
  })
  const better = [{ ...sections[0]!, text: '本月运行平稳，完成采购{{completed}}。' }, ...sections.slice(1)]
  const outcomes = await Promise.all(
    [1, 2].map(() => as(tx => writeBulletin(tx, bulletinId(), { version, title, sections: better }))),
  )
  expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
  expect(outcomes.find(outcome => !outcome.ok)).toMatchObject({
    code: 'bulletin.changed',
    params: { version: 2 },
  })
  expect((await read()).sections).toEqual(better)
})

it('is published once, when the month’s figures are, and then says the same for ever', async () => {
  const { version } = await read()
  const publish = () => as(tx => publishBulletin(tx, kit, 'task force', bulletinId(), version))
  expect(await publish()).toMatchObject({ code: 'bulletin.figure_open' })
  await world.drain()
  const scope = { programme: 'shenzhen', actor: 'task force', at: later }
  const closed = await publishMonth(kit, scope, { period: month, holder: 'task force' })
  expect(closed.ok || closed.code === 'figure.published').toBe(true)
  const closable = metrics.filter(isClosable).map(logNameOf)
  const published = await db.owner<{ metric: string }>('select metric from metric_close where period = $1', [
    month,
  ])
  expect(published.map(row => row.metric).sort()).toEqual(closable.sort())
  const { factId } = must(await publish())
  expect(await publish()).toMatchObject({ code: 'bulletin.published' })
  const told = await read()
  expect([told.state, told.factId]).toEqual(['published', factId])
  expect(told.figures.find(figure => figure.key === 'completed')!.factIds).toHaveLength(1)
  await world.drain()
  expect(await differences()).toEqual([])
  const document = documentOf(
    told,
    await kit.app.read({ programme: 'shenzhen', actor: 'reader' }, logHead),
    later,
  )
  expect(document.footer).toContain(factId)
  expect(JSON.stringify(document.blocks)).toContain(
    told.figures.find(figure => figure.key === 'completed')!.shown,
  )
  expect(JSON.stringify(document.blocks)).not.toContain('{{')
  const { shares } = told.figures.find(figure => figure.key === 'completed')!
  expect(shares).toMatchObject({ by: 'value', whole: 35100, device: 0, bank: 35100 })
  expect(JSON.stringify(document.blocks)).toContain('"caption":"数据凭什么"')
})

it('opens every figure, and every row of it, to facts that come to it', async () => {
  const { figures } = await read()
  const kinds = new Set<string>()
  for (const figure of [...figures, ...(await october()).figures]) {
    const metric = metrics.find(({ name }) => name === figure.metric)!
    const cells = [{ where: figure.where, value: figure.value }].concat(
      figure.rows
        .filter(({ dims }) => !dims.includes('*'))
        .map(({ dims, value }) => ({
          where: { ...figure.where, ...Object.fromEntries(figure.by.map((name, at) => [name, dims[at]!])) },
          value,
        })),
    )
    for (const { where, value } of cells) {
      const { from, to, upTo } = figure
      const told = await opened(metric, { period: periodOf(figure), from, to, upTo, where })
      // what is hidden from the public is not hidden from those who open it
      if (value !== null) expect([figure.key, where, told]).toEqual([figure.key, where, value])
      else if (metric.guard) expect(told).not.toBe(0)
      kinds.add(metric.kind)
    }
  }
  expect([...kinds].sort()).toEqual(['distinct', 'flow', 'level', 'ratio', 'spread'])
})

it('is found by the check when a word or a figure of it was changed afterwards', async () => {
  for (const change of [
    `title = title || 'x'`,
    `figures = replace(figures::text, '"count":', '"count":1')::json`,
  ]) {
    const [before] = await db.owner<{ title: string; figures: object }>(
      `select title, figures::text as figures from bulletin where month = '2025-11'`,
    )
    await db.owner(`update bulletin set ${change} where month = '2025-11'`)
    expect((await differences()).map(({ table, field }) => [table, field])).toEqual([['bulletin', 'content']])
    await db.owner(`update bulletin set title = $1, figures = $2::json where month = '2025-11'`, [
      before!.title,
      before!.figures,
    ])
  }
  expect(await differences()).toEqual([])
})
