import { documentOf } from '@silian/chains/assurance/bulletins/document.ts'
import { listBulletins, logHead, readBulletin } from '@silian/chains/assurance/bulletins/reads.ts'
import { draftBulletin, publishBulletin, writeBulletin } from '@silian/chains/assurance/bulletins/service.ts'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { metrics } from '@silian/chains/declared.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { dimensionsOf, isClosable, type Metric } from '@silian/kernel/metric/define.ts'
import { readMetric } from '@silian/kernel/metric/read.ts'
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
const differences = async () => (await checkProgramme(kit, 'shenzhen')).differences

it('keeps every declared metric, and the check comes to the same', async () => {
  const reach = { programme: 'shenzhen', everything: true, areaPaths: [], organisationIds: [], personIds: [] }
  const told: Record<string, number | null> = {}
  for (const metric of metrics as readonly Metric[]) {
    const by = dimensionsOf(metric).map(dimension => dimension.name)
    const values = must(
      await kit.app.read({ programme: 'shenzhen', actor: 'reader', at: later }, tx =>
        readMetric(tx, metric, { from: '2025-01', to: '2026-02', by, where: {} }, { reach, seesAll: true }),
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
  const october = must(
    await kit.app.read({ programme: 'shenzhen', actor: 'reader' }, tx =>
      readBulletin(tx, world.id('busy bulletin'), true),
    ),
  )
  for (const key of ['income', 'households', 'each_household'])
    expect(october.figures.find(figure => figure.key === key)).toMatchObject({
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
  const closable = metrics.filter(isClosable).map(metric => metric.name)
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
