import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { lookAgain } from '@silian/chains/production/households/jobs.ts'
import { signLink } from '@silian/chains/production/links/service.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { ListQuery } from '@silian/kernel/register/query.ts'
import { listRows, readRow } from '@silian/kernel/register/reads.ts'
import { type RowInput, saveRows } from '@silian/kernel/register/save.ts'
import { closeRow } from '@silian/kernel/register/service.ts'
import { succeedRows } from '@silian/kernel/register/succession.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everything } from './refusals/side.ts'
import { sampleOf } from './register-samples.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let all: Reach
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  all = everything(world.programme)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const scope = () => ({ programme: world.programme, actor: 'system', at: worldTime })
const sample = (more: RowInput['values'] = {}): RowInput => {
  const places = { village: '451003901001', county: '451003', district: '440304', coop: '', unit: '' }
  const row = sampleOf(household, { ...places, rowOf: () => '' })
  return { ...row, values: { ...row.values, ...more } }
}
const save = (...rows: RowInput[]) =>
  world.write(async tx => ok(await saveRows(tx, kit, household, all, rows)))
const codes = async (query: Partial<ListQuery>) => {
  const page = await kit.app.read(scope(), tx => listRows(tx, kit, household, all, { limit: 50, ...query }))
  return page.items.map(item => item.values.code)
}
const faults = async (row: RowInput) => {
  const [outcome] = await save(row)
  return outcome!.kind === 'refused'
    ? outcome!.faults.map(each => `${each.column} ${each.code}`)
    : outcome!.kind
}

it('a household is in the layout of the provinces, its head and sums worked out', async () => {
  const row = sample({ wageIncome: 1_000_000, productionCost: 1, measures: ['work', 'education'] })
  const [added] = await save(row)
  expect(added).toMatchObject({ kind: 'added', version: 1 })
  const shown = must(
    await kit.app.read(scope(), tx => readRow(tx, kit, household, all, (added as { id: string }).id)),
  )
  expect(shown.values).toMatchObject({
    ...{ headName: '示**', memberCount: 1, netIncome: 1_000_002, measures: ['work', 'education'] },
    warnings: ['dropout_healthy'],
  })
  expect(shown.parts.member![0]).toMatchObject({ name: '示**', relation: 'head', birthYear: 1970 })
  // found by what people have in hand: whole names and numbers, never parts of them
  const { idNumber } = row.parts!.member![0]!
  expect(await codes({ q: String(idNumber), whole: true })).toEqual([row.values.code])
  expect(await codes({ q: String(idNumber).slice(0, 17), whole: true })).toEqual([])
  expect((await codes({ q: '示例丙', whole: true })).length).toBeGreaterThan(0)
})

it('faults of a workbook are told by column', async () => {
  const { values, parts } = sample()
  const member = parts!.member![0]!
  const wrong = `${String(member.idNumber).slice(0, 17)}${String(member.idNumber).endsWith('X') ? '1' : 'X'}`
  expect(await faults({ values, parts: { member: [{ ...member, idNumber: wrong }] } })).toEqual([
    'member.1.idNumber value.identity',
  ])
  expect(await faults({ values, parts: { member: [{ ...member, relation: 'son' }] } })).toEqual([
    'member household.no_head',
  ])
  expect(await faults({ values: { ...values, villageCode: '451003901999' }, parts: parts! })).toEqual([
    'villageCode area.not_found',
  ])
  expect(await faults({ values: { ...values, villageCode: '451003' }, parts: parts! })).toEqual([
    'villageCode area.level',
  ])
  expect(await faults({ values: { ...values, wageIncome: '1.5' }, parts: parts! })).toEqual([
    'wageIncome value.type',
  ])
  expect(await faults({ values, parts: {} })).toEqual(['member part.too_few'])
  // somebody of another household
  const other = sample()
  await save(other)
  expect(
    await faults({
      values,
      parts: { member: [member, { ...other.parts!.member![0]!, relation: 'spouse' }] },
    }),
  ).toEqual(['member.2.idNumber row.taken'])
})

it('what somebody should look at is a list', async () => {
  const row = sample({ dangerLevel: 'd' })
  await save({ ...row, parts: { member: [{ ...row.parts!.member![0]!, health: null, dropout: null }] } })
  expect(await codes({ filters: { warnings: ['danger_unmonitored'] } })).toEqual([row.values.code])
  expect(await codes({ filters: { warnings: ['no_health'] } })).toContain(row.values.code)
})

it('who is monitored for a month without a measure is found by the night', async () => {
  const row = sample({ monitoredFrom: '2025-09-09', riskEndedOn: null, measures: null })
  await save(row)
  const found = () => codes({ filters: { warnings: ['no_measure'] } })
  expect(await found()).toEqual([])
  const at = (day: string) => ({ ...scope(), at: new Date(`${day}T18:20:00Z`) })
  const run = (day: string) =>
    lookAgain.run({ kit, scope: at(day) } as unknown as Parameters<typeof lookAgain.run>[0], {})
  await run('2025-10-08')
  expect(await found()).toEqual([])
  await run('2025-10-09')
  expect(await found()).toEqual([row.values.code])
  await run('2025-10-09')
  expect(await db.owner('select version from household where code = $1', [row.values.code])).toEqual([
    { version: 2 },
  ])
})

it('one with an open link is not split, since nobody says whose the link is', async () => {
  const split = { from: [world.id('h1')], to: [world.id('h2'), world.id('h3')], reason: '分户' }
  expect(await kit.app.write(scope(), tx => succeedRows(tx, kit, household, all, split))).toEqual({
    ...{ ok: false, code: 'household.has_links' },
    params: { id: world.id('h1'), link: world.id('l1') },
  })
  expect(await db.owner(`select 1 from register_succession`)).toEqual([])
  expect(await db.owner(`select 1 from fact where type in ('household.succeeded', 'link.passed')`)).toEqual(
    [],
  )
  const [{ id }] = (await save(sample())) as unknown as [{ id: string }]
  await kit.app.write(scope(), tx =>
    succeedRows(tx, kit, household, all, { from: [id], to: [world.id('h2')], reason: '并户' }),
  )
  expect(await db.owner('select valid_to from household where id = $1', [id])).toEqual([
    { valid_to: '2025-10-08' },
  ])
})

it('check agrees with rows that were changed, moved and ended', async () => {
  const row = sample()
  const [{ id }] = (await save(row)) as unknown as [{ id: string }]
  await save({ id, values: { class: 'unstable', villageCode: '451028901001' } })
  await save({
    id,
    values: {},
    parts: {
      member: [row.parts!.member![0]!, sample().parts!.member![0]!].map((each, i) => ({
        ...each,
        relation: i === 0 ? 'head' : 'spouse',
      })),
    },
  })
  await world.write(tx => closeRow(tx, kit, household, all, id, { reason: '迁出' }))
  await world.drain()
  expect(await checkProgramme(kit, world.programme)).toMatchObject({ differences: [] })
  const spoilt = async (table: string, change: string) => {
    await db.owner(`update ${table} set ${change}`)
    const { differences } = await checkProgramme(kit, world.programme)
    return [...new Set(differences.map(each => `${each.table} ${each.field}`))]
  }
  expect(await spoilt('household', `class = 'ordinary' where id = '${id}'`)).toEqual(['household class'])
  expect(await spoilt('base', 'land_area = 2')).toEqual(['household class', 'base land_area'])
})

it('does not end while it is owed something', async () => {
  const [{ id }] = (await save(sample())) as unknown as [{ id: string }]
  const ending = () => world.write(tx => closeRow(tx, kit, household, all, id, { reason: '误登' }))
  const linked = await world.write(tx =>
    signLink(tx, kit, all, {
      ...{ cooperativeId: world.id('coop'), householdId: id, startsOn: '2026-01-01', endsOn: '2026-12-31' },
      formula: { mechanism: 'share_dividend', poolBp: 100, basicShares: 1, careShares: 0, fundShares: 0 },
    }),
  )
  await expect(ending()).rejects.toMatchObject({
    refusal: { code: 'household.has_links', params: { id, link: linked.id } },
  })
  const [row] = await db.owner<{ valid_to: null }>('select valid_to from household where id = $1', [id])
  expect(row!.valid_to).toBeNull()
})
