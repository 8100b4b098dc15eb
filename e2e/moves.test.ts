import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { completedPurchases } from '@silian/chains/assurance/figures/metrics.ts'
import { quotaCounted } from '@silian/chains/assurance/indicators/quota.ts'
import { readOrder } from '@silian/chains/supply/orders/reads.ts'
import { listDeclarations } from '@silian/chains/supply/quota/declared.ts'
import { addRule, declare } from '@silian/chains/supply/quota/service.ts'
import { putAreas } from '@silian/kernel/access/areas.ts'
import { followAreas } from '@silian/kernel/access/follow.ts'
import { organisationAt } from '@silian/kernel/access/organisations.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Succession } from '@silian/kernel/access/succession.ts'
import { recordSuccession } from '@silian/kernel/access/succession-fact.ts'
import { cells, publishMetric } from '@silian/kernel/metric/publish.ts'
import { readMetric } from '@silian/kernel/metric/read.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OwnSigner, ownSigner } from './own-signer.ts'
import {
  completedOrder,
  everything,
  itemOf,
  orderAt,
  paidBatch,
  type Side,
  sideOne,
} from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

/** A unit moves under another district in mid-year, two villages merge, an organisation is renamed. */
let db: TestDatabase
let kit: Whole
let world: SmallWorld
let side: Side
let bank: OwnSigner
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  side = sideOne(world)
  bank = await ownSigner(kit, world, world.id('bank'))
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const scope = () => ({ programme: world.programme, actor: 'system', at: worldTime })
const areaReach = (...areaPaths: string[]): Reach => ({
  programme: 'shenzhen',
  everything: false,
  areaPaths,
  organisationIds: [],
  personIds: [],
})
const futian = areaReach('44/4403/440304')
const luohu = areaReach('44/4403/440303')
const succeed = (change: Succession) =>
  kit.app.write(scope(), tx => recordSuccession(tx, kit.recorder, world.id('task-force'), change))
const declarationsSeen = async (reach: Reach) => {
  const page = await kit.app.read(scope(), tx => listDeclarations(tx, reach, { limit: 50 }))
  return page.items.map(item => `${item.unitId === side.unit ? 'unit' : 'unit2'} ${item.year}`).sort()
}
const sees = async (reach: Reach, order: string) =>
  (await kit.app.read(scope(), tx => readOrder(tx, reach, order))).ok
const performed = async () =>
  (
    await db.owner<{ performed: number }>(
      `select coalesce(sum(amount), 0)::int as performed from ledger_posting p
        join declaration d on d.programme_id = p.programme_id and d.target_id = p.undertaking_id
       where d.id = $1 and p.amount > 0`,
      [side.declaration],
    )
  )[0]!.performed

describe('a unit moves under another district in mid-year', () => {
  let before: string
  let closed: string

  beforeAll(async () => {
    closed = await completedOrder(kit, side, bank)
    before = await orderAt(kit, side, 'shipped')
    const rule = {
      year: 2024,
      areaCode: '440300',
      base: 'canteen_food' as const,
      ratioBp: 1500,
      productAreas: [],
      channels: ['platform' as const],
      recognisedOnly: true,
      source: 'P10',
    }
    const former = { unitId: side.unit, canteenId: side.canteen, year: 2024, kind: 'own' as const }
    await world.write(tx => addRule(tx, kit, world.id('finance'), rule))
    await world.write(tx =>
      declare(tx, kit, everything('shenzhen'), { ...former, baseFen: 100_000, reservedFen: 15_000 }),
    )
  })

  it('was the first district’s before', async () => {
    expect(await declarationsSeen(futian)).toEqual(['unit 2024', 'unit 2025'])
    expect(await declarationsSeen(luohu)).toEqual(['unit2 2025'])
    expect([await sees(futian, before), await sees(luohu, before)]).toEqual([true, false])
  })

  it('refuses an area that is not there, and nothing has moved', async () => {
    const change = { kind: 'parent', id: side.unit, parentId: world.id('luohu'), areaCode: '999999' } as const
    expect(await succeed(change)).toEqual({ ok: false, code: 'area.not_found', params: { code: '999999' } })
    await world.drain()
    expect(await declarationsSeen(luohu)).toEqual(['unit2 2025'])
    expect(await db.owner(`select 1 from fact where type = 'organisation.succeeded'`)).toEqual([])
  })

  it('takes this year’s declaration and its orders along; last year’s stays', async () => {
    const moved = must(
      await succeed({
        kind: 'parent',
        id: side.unit,
        parentId: world.id('luohu'),
        areaCode: '440303',
        date: '2025-07-01',
      }),
    )
    expect(moved).toMatchObject({ areaCode: '440303', parentId: world.id('luohu') })
    await world.drain()
    expect(await declarationsSeen(futian)).toEqual(['unit 2024'])
    expect(await declarationsSeen(luohu)).toEqual(['unit 2025', 'unit2 2025'])
    for (const order of [before, closed])
      expect([await sees(futian, order), await sees(luohu, order)]).toEqual([false, true])
  })

  it('can be drawn as it was and as it is', async () => {
    const at = (date: string) => kit.app.read(scope(), tx => organisationAt(tx, side.unit, date))
    expect(await at('2025-06-30')).toMatchObject({ areaCode: '440304', parentId: null })
    expect(await at('2025-07-01')).toMatchObject({ areaCode: '440303', parentId: world.id('luohu') })
  })

  it('goes on buying from the same budget, towards the same promise', async () => {
    const was = await performed()
    await completedOrder(kit, side, bank)
    expect((await performed()) - was).toBe(8000)
    expect(await sees(luohu, before)).toBe(true)
  })

  it('has figures by the districts of then and of now, and one total', async () => {
    await world.drain()
    const told = async (view: 'then' | 'now') => {
      const query = { from: '2025-10', to: '2025-10', by: ['district'], where: { year: '2025' }, view }
      const asker = { reach: everything('shenzhen'), seesAll: true }
      const values = must(await kit.app.read(scope(), tx => readMetric(tx, quotaCounted, query, asker)))
      expect([values.view, values.tellsOtherwise, values.totals[0]!.value]).toEqual([view, true, 16_000])
      return values.rows.map(row => [...row.dims, row.value])
    }
    expect(await told('then')).toEqual([
      ['440303', 8000],
      ['440304', 8000],
    ])
    expect(await told('now')).toEqual([['440303', 16_000]])
  })
})

describe('two villages merge', () => {
  const first = '45/4510/451003/451003901/451003901001'
  const second = '45/4510/451003/451003901/451003901002'

  it('hands the households of the one to the cadre of the other, with what they are owed', async () => {
    const batch = await paidBatch(kit, side, bank)
    const item = await itemOf(kit, side, batch)
    const found = (path: string) =>
      db.owner<{ n: number }>(
        `select (select count(*) from household where area_path like $1 || '%')::int
              + (select count(*) from payout_item where area_path like $1 || '%')::int as n`,
        [path],
      )
    const [mine] = await found(first)
    expect(mine!.n).toBeGreaterThan(2)
    const merged = {
      code: '451003901001',
      nameZh: '示范村',
      nameEn: 'Shifan Village',
      validTo: '2025-09-01',
      replacedBy: '451003901002',
    }
    must(
      await kit.batch.write({ programme: 'platform', actor: 'system', at: worldTime }, tx =>
        putAreas(tx, [merged]),
      ),
    )
    const follow = async () => must(await kit.app.write(scope(), async tx => ok(await followAreas(tx))))
    // with them what is found by words, and whatever else lies there
    expect(await follow()).toBeGreaterThan(mine!.n)
    expect(await found(second)).toEqual([mine])
    // again changes nothing
    expect(await follow()).toBe(0)
    const [payout] = await db.owner<{ area_path: string }>(
      'select area_path from payout_item where id = $1',
      [item],
    )
    expect(payout).toEqual({ area_path: `${second}/451003901001` })
  })
})

describe('an organisation is renamed', () => {
  it('keeps its id, its figures and its former name by date', async () => {
    const october = { period: '2025-10', holder: world.id('task-force') }
    const later = { ...scope(), at: new Date('2025-11-02T00:00:00Z') }
    await world.drain()
    must(await publishMetric(kit.batch, later, kit.recorder, completedPurchases, october))
    const figure = () => kit.app.read(scope(), tx => cells(tx, completedPurchases.name, '2025-10'))
    const was = await figure()
    must(
      await succeed({
        kind: 'rename',
        id: side.coop,
        nameZh: '新名合作社',
        nameEn: 'New',
        date: '2025-10-01',
      }),
    )
    await world.drain()
    expect(await figure()).toEqual(was)
    const name = async (date: string) =>
      (await kit.app.read(scope(), tx => organisationAt(tx, side.coop, date)))?.nameZh
    expect([await name('2025-09-30'), await name('2025-10-01')]).toEqual(['示范芒果合作社', '新名合作社'])
  })

  it('and after all of it the log and the tables agree', async () => {
    expect((await checkProgramme(kit, world.programme)).differences).toEqual([])
  })
})
