import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { registerHouseholds } from '@silian/chains/production/households/service.ts'
import { signLink } from '@silian/chains/production/links/service.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownSigner } from './own-signer.ts'
import { completedOrder, everything, sideOne, sideTwo } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

/** More than one fact can hold. */
const HOUSEHOLDS = 1201

let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
}, 120_000)
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const member = (n: number) => {
  const body = `99999919${60 + Math.floor(n / 365)}0101${String(n % 365).padStart(3, '0')}`
  return {
    ...{ name: '示例', idNumber: body + checkCharacter(body), relation: 'head' },
    ...{ sex: 'female', labour: 'ordinary' },
  }
}

const settledFacts = (order: string) =>
  db.owner<{ pub: Record<string, unknown>; fields: number }>(
    `select convert_from(f.entry, 'UTF8')::jsonb -> 'pub' as pub,
       (select count(*)::int from fact_private p where p.fact_id = f.id and p.field like 'part%') as fields
     from fact f where f.type = 'order.settled' and f.subject = $1 order by f.id`,
    [order],
  )

it('a sum that reaches fewer than five households is not public', async () => {
  const bank = await ownSigner(kit, world, world.id('bank'))
  const order = await completedOrder(kit, sideOne(world), bank)
  const [fact] = await settledFacts(order)
  expect(fact).toMatchObject({ fields: 2, pub: { order, fen: '8000', parts: 2 } })
  expect(Object.keys(fact!.pub)).not.toContain('householdsFen')
  expect(Object.keys(fact!.pub)).not.toContain('cooperativeFen')
  expect(await checkProgramme(kit, world.programme)).toMatchObject({ differences: [] })
})

it('an order that reaches 1,201 households is settled in numbered pieces and paid in batches of 800', async () => {
  const reach = everything(world.programme)
  const households = Array.from({ length: HOUSEHOLDS }, (_, n) => ({
    id: world.id(`many ${n}`),
    values: { code: `MANY-${n}`, villageCode: '451028901001', class: 'lifted', cause: 'illness' },
    parts: { member: [member(n)] },
  }))
  await world.write(tx => registerHouseholds(tx, kit, reach, households))
  await world.write(async tx => {
    for (const { id } of households)
      await signLink(tx, kit, reach, {
        ...{ id: world.id(`link ${id}`), cooperativeId: world.id('coop2'), householdId: id },
        ...{ startsOn: '2025-01-01', endsOn: '2026-12-31' },
        formula: { mechanism: 'share_dividend', poolBp: 5000, basicShares: 1, careShares: 0, fundShares: 0 },
      })
    return ok(null)
  })
  await world.drain()
  const side = sideTwo(world)
  const bank = await ownSigner(kit, world, world.id('bank'))
  const order = await completedOrder(kit, side, bank)
  const facts = await settledFacts(order)
  // 9,000 fen: 10 % to the one link of before, 50 % over 1,201 households
  expect(facts.map(fact => fact.fields)).toEqual([800, 402])
  expect(facts[0]!.pub).toMatchObject({
    pieces: 2,
    parts: 1202,
    householdsFen: '5400',
    cooperativeFen: '3600',
  })
  expect(facts[1]!.pub).toEqual({ order, piece: 2 })
  const batches: string[] = []
  for (const n of [0, 1]) {
    batches.push(world.id(`batch ${n}`))
    const batch = { id: batches[n]!, countyCode: '451028' }
    await world.write(tx => sendBatch(tx, kit, reach, world.id('finance'), batch))
  }
  await expect(
    world.write(tx => sendBatch(tx, kit, reach, world.id('finance'), { countyCode: '451028' })),
  ).rejects.toMatchObject({ refusal: { code: 'payout.nothing_owed' } })
  const sizes = await db.owner<{ households: number; total_fen: number }>(
    'select households, total_fen::int from payout_batch where id = any($1::uuid[]) order by households desc',
    [batches],
  )
  expect(sizes.map(size => size.households)).toEqual([800, 402])
  expect(sizes.reduce((sum, size) => sum + size.total_fen, 0)).toBe(5400)
  await world.drain()
  expect(await checkProgramme(kit, world.programme, undefined, { at: worldTime })).toMatchObject({
    differences: [],
  })
}, 120_000)
