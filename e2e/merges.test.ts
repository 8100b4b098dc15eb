import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { listLinks } from '@silian/chains/production/links/reads.ts'
import { proposeLink } from '@silian/chains/production/links/service.ts'
import { changeOffer } from '@silian/chains/supply/catalogue/service.ts'
import { readOrder } from '@silian/chains/supply/orders/reads.ts'
import { createProduct } from '@silian/chains/value/products/service.ts'
import { createClient } from '@silian/kernel/access/clients.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { recordSuccession } from '@silian/kernel/access/succession-fact.ts'
import { machinesOf } from '@silian/kernel/access/who.ts'
import { succeedRows } from '@silian/kernel/register/succession.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { progress } from '@silian/kernel/undertaking/progress.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OwnSigner, ownSigner } from './own-signer.ts'
import {
  bankPaid,
  completedOrder,
  everything,
  orderAt,
  paidBatch,
  payFor,
  type Side,
  sentBatch,
  sideOne,
} from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

/**
 * Two households merge, and two co-operatives: what is open passes over. Each order of 80 yuan brings 10 to h1, half of
 * its 5 kg at 4 yuan, 8 to h2, a tenth for its shares, and 62 to the co-op.
 */
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
const all = everything('shenzhen')
const differences = async () => (await checkProgramme(kit, world.programme)).differences
const balance = async (account: string) => {
  const rows = await db.owner<{ balance: number }>('select balance from ledger_account where account = $1', [
    account,
  ])
  return rows[0]?.balance
}
const owed = () => Promise.all(['h1', 'h2'].map(name => balance(`payable/household/${world.id(name)}`)))
const again = async () => {
  await db.owner(`update subscription set next_index = 0 where name = 'settlement'`)
  await world.drain()
}

describe('two households merge', () => {
  let sent: string
  let early: string
  const merge = (reach: Reach) =>
    kit.app.write(scope(), tx => {
      const succession = { from: [world.id('h1')], to: [world.id('h2')], reason: '并户' }
      return succeedRows(tx, kit, household, reach, succession)
    })

  beforeAll(async () => {
    await completedOrder(kit, side, bank)
    sent = await sentBatch(kit, side)
    await completedOrder(kit, side, bank)
    early = await orderAt(kit, side, 'evaluated')
  })

  it('is not for the officer of another county, and nothing has moved', async () => {
    const elsewhere = { ...all, everything: false, areaPaths: ['45/4510/451028'] }
    expect(await merge(elsewhere)).toMatchObject({ ok: false, code: 'row.not_found' })
    await world.drain()
    expect(await owed()).toEqual([1000, 800])
    expect(await db.owner(`select 1 from fact where type in ('household.succeeded', 'link.passed')`)).toEqual(
      [],
    )
  })

  it('passes links over at once, and what waits to be paid as the log tells of it', async () => {
    must(await merge(all))
    const links = async (name: string) => {
      const page = await kit.app.read(scope(), tx =>
        listLinks(tx, all, { limit: 10, household: world.id(name) }),
      )
      return page.items.map(link => [link.id, link.doneFen])
    }
    expect(await links('h1')).toEqual([])
    expect(await links('h2')).toEqual(
      [
        [world.id('l1'), 2000],
        [world.id('l2'), 1600],
      ].sort(),
    )
    expect(await differences()).toEqual([])
    await world.drain()
    expect(await owed()).toEqual([0, 1800])
    expect(await differences()).toEqual([])
  })

  it('pays an order of before to who goes on, citing the link of then', async () => {
    await payFor(kit, side, bank, early)
    expect(await owed()).toEqual([0, 3600])
    expect(
      await db.owner(
        'select household_id, passed_to, fen from settlement_part where order_id = $1 order by fen',
        [early],
      ),
    ).toEqual([800, 1000].map(fen => ({ household_id: world.id('h2'), passed_to: null, fen })))
    const done = await kit.app.read(scope(), tx => progress(tx, [world.id('l1')]))
    expect(done.get(world.id('l1'))).toMatchObject({ done: 3000, state: 'open' })
  })

  it('leaves what was at the bank to the old one, and pays out the rest to the other', async () => {
    await bankPaid(kit, world, bank, sent)
    const later = await paidBatch(kit, side, bank)
    const items = (batch: string) =>
      db.owner(
        'select household_id, amount_fen, paid_at is not null as paid from payout_item where batch_id = $1 order by 2',
        [batch],
      )
    expect(await items(sent)).toEqual([
      { household_id: world.id('h2'), amount_fen: 800, paid: true },
      { household_id: world.id('h1'), amount_fen: 1000, paid: true },
    ])
    expect(await items(later)).toEqual([{ household_id: world.id('h2'), amount_fen: 3600, paid: true }])
    expect(await owed()).toEqual([0, 0])
    await again()
    expect(await owed()).toEqual([0, 0])
    expect(await differences()).toEqual([])
  })
})

describe('a co-operative is merged into another', () => {
  let early: string
  let before: Reach
  let reach: Reach
  const sellers = () =>
    Promise.all(['coop', 'coop2'].map(name => balance(`payable/organisation/${world.id(name)}`)))
  const reachOf = async (secret: string): Promise<Reach> => {
    const [principal] = await machinesOf(kit.app.pool, world.programme, [{ secret, at: worldTime }])
    return must(kit.permit(principal!, 'order.ship'))
  }

  beforeAll(async () => {
    early = await orderAt(kit, side, 'evaluated')
    const machine = { name: 'm', kind: 'client', role: 'coop_clerk', scopes: ['*'] } as const
    const { secret } = await world.write(tx =>
      createClient(tx, { ...machine, organisationId: world.id('coop2') }),
    )
    before = await reachOf(secret)
    const merge = { kind: 'merge', ids: [side.coop], into: world.id('coop2') } as const
    expect(await sellers()).toEqual([3 * 6200, undefined])
    await world.write(tx => recordSuccession(tx, kit.recorder, world.id('task-force'), merge))
    reach = await reachOf(secret)
    await world.drain()
  })

  it('hands on what it is owed, once', async () => {
    expect(await sellers()).toEqual([0, 3 * 6200])
    await again()
    expect(await sellers()).toEqual([0, 3 * 6200])
    expect(await differences()).toEqual([])
  })

  it('is answered for by the other: its orders, offers and links are found and managed', async () => {
    const sees = async (by: Reach) => (await kit.app.read(scope(), tx => readOrder(tx, by, early))).ok
    expect([await sees(before), await sees(reach)]).toEqual([false, true])
    const links = async (by: Reach) => {
      const page = await kit.app.read(scope(), tx => listLinks(tx, by, { limit: 10 }))
      return page.items.map(link => link.id)
    }
    expect(await links(before)).toEqual([world.id('l3')])
    expect(await links(reach)).toEqual(['l1', 'l2', 'l3'].map(world.id).sort())
    const change = (by: Reach) =>
      kit.app.write(scope(), tx => changeOffer(tx, kit, by, side.offer, { version: 1, priceFen: 8000 }))
    expect(await change(before)).toMatchObject({ ok: false, code: 'offer.not_found' })
    expect(await change(reach)).toMatchObject({ ok: true, value: { version: 2 } })
  })

  it('promises and makes nothing new under its own name', async () => {
    const shares = {
      mechanism: 'share_dividend',
      poolBp: 1,
      basicShares: 1,
      careShares: 0,
      fundShares: 0,
    } as const
    const offered = { cooperativeId: side.coop, householdId: world.id('h2'), formula: shares }
    const period = { startsOn: '2025-01-01', endsOn: '2025-12-31' }
    const proposed = kit.app.write(scope(), tx => proposeLink(tx, kit, reach, { ...offered, ...period }))
    expect(await proposed).toMatchObject({ ok: false, code: 'organisation.not_found' })
    const product = {
      ...{
        key: 'new',
        nameZh: '新',
        nameEn: 'New',
        class: 'fruit',
        countyCode: '451003',
        unit: 'g' as const,
      },
      ...{ storyZh: '', storyEn: '', source: 'invented' },
      cooperativeId: side.coop,
    }
    const made = kit.app.write(scope(), tx => createProduct(tx, kit, reach, product))
    expect(await made).toMatchObject({ ok: false, code: 'organisation.not_found' })
    expect(await db.owner('select 1 from link_proposal')).toEqual([])
    expect(await db.owner(`select 1 from product where key = 'new'`)).toEqual([])
  })

  it('sells on what it had, for the other’s account; the order keeps its seller', async () => {
    await payFor(kit, side, bank, early)
    expect(await sellers()).toEqual([0, 4 * 6200])
    const rows = await db.owner('select seller_id, cooperative_fen from settlement where order_id = $1', [
      early,
    ])
    expect(rows).toEqual([{ seller_id: side.coop, cooperative_fen: 6200 }])
    expect(await differences()).toEqual([])
  })
})
