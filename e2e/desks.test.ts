import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { confirmItem, sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { listLinks, listProposals } from '@silian/chains/production/links/reads.ts'
import { answerProposal, proposeLink } from '@silian/chains/production/links/service.ts'
import { shipOrders } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { listOrders, readOrder } from '@silian/chains/supply/orders/reads.ts'
import { cancelOrder } from '@silian/chains/supply/orders/service.ts'
import { allotCredit } from '@silian/chains/supply/payments/allot.ts'
import { receiveMessage } from '@silian/chains/supply/payments/bank.ts'
import { openPayment, receiveCredit } from '@silian/chains/supply/payments/service.ts'
import { listDeclarations, listMissing, summariseYear } from '@silian/chains/supply/quota/declared.ts'
import {
  addRule,
  contractCanteen,
  decideDeclaration,
  declare,
  registerCanteen,
} from '@silian/chains/supply/quota/service.ts'
import { createMember, grantRole } from '@silian/kernel/access/members.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OwnSigner, ownSigner } from './own-signer.ts'
import {
  completedOrder,
  credited,
  everything,
  newLink,
  orderAt,
  paidBatch,
  payFor,
  paymentFor,
  sideOne,
  sideTwo,
  strayCredit,
} from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let bank: OwnSigner
let all: Reach
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  bank = await ownSigner(kit, world, world.id('bank'))
  all = everything(world.programme)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const at = (when = worldTime) => ({ programme: world.programme, actor: 'somebody', at: when })
const tell = async <T>(work: (tx: Writer) => Promise<Result<T>>): Promise<string> => {
  const result = await kit.app.write(at(), work)
  return result.ok ? 'ok' : `${result.code} ${JSON.stringify(result.params)}`
}
const read = <T>(work: (tx: Reader) => Promise<T>, when?: Date) => kit.app.read(at(when), work)
const of = (organisation: string): Reach => ({
  ...{ programme: world.programme, everything: false, areaPaths: [], personIds: [] },
  organisationIds: [world.id(organisation)],
})
const village = (path: string): Reach => ({ ...of('village'), organisationIds: [], areaPaths: [path] })
const home = '45/4510/451003/451003901/451003901001'

const rule = (year: number, options: object = {}) => ({
  ...{ year, areaCode: '440300', base: 'canteen_food' as const, ratioBp: 1500, productAreas: [] },
  ...{ channels: ['platform' as const], recognisedOnly: true, source: 'P10', ...options },
})

describe('a declaration', () => {
  const declaring = (input: object) =>
    tell(tx =>
      declare(tx, kit, all, {
        ...{ unitId: world.id('unit'), canteenId: world.id('canteen'), year: 2026, kind: 'own' as const },
        ...{ baseFen: 10_000_000, reservedFen: 1_500_000, ...input },
      }),
    )

  it('must not be lower than last year where the rule says so, and is made again after it was returned', async () => {
    await world.write(tx =>
      addRule(
        tx,
        kit,
        world.id('finance'),
        rule(2026, { notBelowLastYear: true, declareBy: '2026-03-26', ratioBp: 1000 }),
      ),
    )
    expect(await declaring({ reservedFen: 1_400_000 })).toBe(
      'declaration.below_last_year {"leastFen":1500000}',
    )
    const id = newId()
    expect(await declaring({ id })).toBe('ok')
    expect(await declaring({})).toBe('declaration.exists {"year":2026}')
    const decide = (approve: boolean, note: string) =>
      tell(tx => decideDeclaration(tx, kit, all, world.id('futian'), id, { approve, note }))
    expect(await decide(false, ' ')).toBe('declaration.reason_required {}')
    expect(await decide(false, '预算口径不符')).toBe('ok')
    const page = await read(tx => listDeclarations(tx, of('unit'), { limit: 9, year: 2026 }))
    expect(page.items).toMatchObject([{ state: 'returned', note: '预算口径不符', lastYearFen: 1_500_000 }])
    expect(await declaring({})).toBe('ok')
  })

  it('of a unit that shares a canteen is zero and names a canteen where it only eats', async () => {
    const zero = { kind: 'shared', baseFen: 0, reservedFen: 0, unitId: world.id('unit2') }
    expect(await declaring({ ...zero, reservedFen: 1 })).toBe('declaration.not_zero {}')
    expect(await declaring({ ...zero, canteenId: world.id('canteen2') })).toBe('declaration.not_shared {}')
    expect(await declaring({ ...zero, canteenId: world.id('canteen') })).toBe('declaration.not_shared {}')
    const shared = { nameZh: '联合食堂', nameEn: 'Joint', areaCode: '440304', id: world.id('joint') }
    await world.write(tx =>
      registerCanteen(tx, all, { ...shared, unitIds: [world.id('unit'), world.id('unit2')] }),
    )
    expect(await declaring({ ...zero, canteenId: world.id('joint') })).toBe('ok')
    const [row] = (await read(tx => listDeclarations(tx, of('unit2'), { limit: 9, year: 2026 }))).items
    expect(row).toMatchObject({ kind: 'shared', baseFen: 0, expectedFen: 0, behind: false })
  })

  it('is refused of a unit that is closed, which names its successor', async () => {
    const gone = { key: 'gone', nameZh: '示范撤并机关', nameEn: 'Gone', type: 'budget_unit' as const }
    await world.write(tx =>
      createOrganisation(tx, { ...gone, id: world.id('gone'), areaCode: '440304', validFrom: '2020-01-01' }),
    )
    await db.owner(`update organisation set valid_to = '2025-06-30', successor_id = $1 where id = $2`, [
      world.id('unit'),
      world.id('gone'),
    ])
    expect(await declaring({ unitId: world.id('gone') })).toBe(
      `declaration.unit_closed {"successor":"${world.id('unit')}"}`,
    )
  })

  it('is counted by the district, and who is missing is named', async () => {
    const late = { key: 'late', nameZh: '示范未报机关', nameEn: 'Late', type: 'budget_unit' as const }
    await world.write(tx => createOrganisation(tx, { ...late, id: world.id('late'), areaCode: '440304' }))
    const district = village('44/4403/440304')
    expect(await read(tx => summariseYear(tx, district, { year: 2026 }))).toEqual({
      ...{ year: 2026, units: 2, declared: 1, confirmed: 0, zero: 0, missing: 1 },
      ...{ baseFen: 10_000_000, reservedFen: 1_500_000, completedFen: 0, declareBy: '2026-03-26' },
    })
    const missing = await read(tx => listMissing(tx, district, { limit: 9, year: 2026 }))
    expect(missing.items).toEqual([
      { unitId: world.id('late'), unitName: '示范未报机关', areaName: '福田区', returned: false },
    ])
    expect((await read(tx => listMissing(tx, village('44/4403/440303'), { limit: 9 }))).items).toEqual([])
  })

  it('is behind its year by the days that are gone', async () => {
    // 281 of 365 days: 1,154,794.52 of 1,500,000 fen
    const behind = await read(tx => listDeclarations(tx, all, { limit: 9, year: 2025, behind: 'true' }))
    expect(behind.items.map(row => [row.unitId, row.expectedFen, row.behind])).toContainEqual([
      world.id('unit'),
      1_154_794,
      true,
    ])
    const begun = await read(
      tx => listDeclarations(tx, all, { limit: 9, year: 2025 }),
      new Date('2024-12-31T12:00:00Z'),
    )
    expect(begun.items.every(row => row.expectedFen === 0 && !row.behind)).toBe(true)
  })
})

it('a contractor orders for the unit while it has its permission, in its own name', async () => {
  const { id } = world
  const caterer = { key: 'caterer', nameZh: '示范餐饮', nameEn: 'Caterer', areaCode: '440304' }
  await world.write(tx =>
    createOrganisation(tx, { ...caterer, id: id('caterer'), type: 'canteen_contractor' }),
  )
  await db.owner(`update declaration set kind = 'outsourced' where id = $1`, [id('declaration')])
  const order = () => ({
    ...{ id: newId(), declarationId: id('declaration'), note: '' },
    lines: [{ offerId: id('offer1'), offerVersion: 1, pieces: 1 }],
  })
  const place = (input: ReturnType<typeof order>) => tell(tx => placeOrder(tx, kit, [id('caterer')], input))
  expect(await place(order())).toBe('declaration.not_found {}')
  const permit = (reach: Reach, contractor: string | null) =>
    tell(tx => contractCanteen(tx, kit, reach, id('canteen'), contractor))
  expect(await permit(of('unit2'), id('caterer'))).toBe('canteen.not_found {}')
  expect(await permit(of('unit'), id('caterer'))).toBe('ok')
  const mine = order()
  expect(await place(mine)).toBe('ok')
  const seen = await read(tx => listOrders(tx, of('caterer'), { limit: 9 }))
  expect(seen.items.map(row => row.id)).toContain(mine.id)
  expect((await read(tx => readOrder(tx, of('caterer'), mine.id))).ok).toBe(true)
  expect((await read(tx => listDeclarations(tx, of('caterer'), { limit: 9 }))).items).toMatchObject([
    { id: id('declaration'), contractorName: '示范餐饮' },
  ])
  const [fact] = await db.owner<{ holder: string }>(
    `select k.holder from fact f join signing_key k on k.programme_id = f.programme_id and k.key_id = f.key_id
     where f.type = 'order.placed' and f.subject = $1`,
    [mine.id],
  )
  expect(fact!.holder).toBe(id('caterer'))
  expect(await permit(of('unit'), null)).toBe('ok')
  expect(await place(order())).toBe('declaration.not_found {}')
  expect((await read(tx => listOrders(tx, of('caterer'), { limit: 9 }))).items).toEqual([])
  await db.owner(`update declaration set kind = 'own' where id = $1`, [id('declaration')])
})

it('an order too large to be counted is refused, and leaves nothing', async () => {
  const { id } = world
  const before = await db.owner('select count(*) from "order"')
  await db.owner('update offer set price_fen = $1 where id = $2', [Number.MAX_SAFE_INTEGER, id('offer3')])
  const lines = [{ offerId: id('offer3'), offerVersion: 1, pieces: 2 }]
  const order = { declarationId: id('declaration'), note: '', lines }
  expect(await tell(tx => placeOrder(tx, kit, 'all', order))).toBe('order.too_large {}')
  expect(await db.owner('select count(*) from "order"')).toEqual(before)
  await db.owner('update offer set price_fen = 4200 where id = $1', [id('offer3')])
})

it('parcels are shipped together or not at all, and late ones are found', async () => {
  const [one, two] = [
    await orderAt(kit, sideOne(world), 'approved'),
    await orderAt(kit, sideOne(world), 'approved'),
  ]
  const waiting = await orderAt(kit, sideOne(world), 'in_approval')
  const parcel = (orderId: string) => ({ orderId, carrier: '示范物流', waybill: 'W' })
  const ship = (...orders: string[]) => tell(tx => shipOrders(tx, kit, orders.map(parcel)))
  expect(await ship(one, two, one)).toBe('order.twice {}')
  expect(await ship(one, waiting)).toBe('order.wrong_state {"state":"in_approval"}')
  const later = new Date('2025-10-16T02:00:00Z')
  const late = async () =>
    (await read(tx => listOrders(tx, all, { limit: 99, late: 'true' }), later)).items.map(row => row.id)
  expect(await late()).toEqual(expect.arrayContaining([one, two]))
  expect(await ship(one, two)).toBe('ok')
  expect(await late()).not.toContain(one)
  const found = await read(tx => listOrders(tx, all, { limit: 9, text: '不存在的单位' }))
  expect(found.items).toEqual([])
})

describe('a link', () => {
  const side = () => sideOne(world)
  const photo = async (actor = 'somebody') => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
    const stored = await kit.app.write({ ...at(), actor }, tx =>
      storeFile(tx, kit.files, {
        ...{ content: png, declaredType: 'image/png', retentionClass: 'application' as const },
        ...{ uploadedBy: actor, encrypt: true, name: 'paper.png', kind: 'photo' },
      }),
    )
    if (!stored.ok) throw new Error(stored.code)
    return stored.value.id
  }

  it('binds nobody before the household has consented on paper, and then is signed on both words', async () => {
    const { id } = await world.write(tx => proposeLink(tx, kit, of('coop'), newLink(side())))
    const links = async () =>
      (await read(tx => listLinks(tx, all, { limit: 99 }))).items.filter(link => link.id === id)
    expect(await links()).toEqual([])
    const answer = (input: object, reach = village(home)) =>
      tell(tx => answerProposal(tx, kit, reach, 'area:451003', id, { given: true, way: 'paper', ...input }))
    expect(await answer({}, village('45/4510/451028'))).toBe('link.not_found {}')
    expect(await answer({})).toBe('link.photo_required {}')
    expect(await answer({ photoId: await photo('another') })).toBe('file.not_found {}')
    expect(await answer({ photoId: await photo() })).toBe('ok')
    expect(await answer({ given: false })).toBe('link.answered {"state":"consented"}')
    expect(await links()).toMatchObject([{ id, state: 'open', householdId: side().household }])
    const facts = await db.owner<{ type: string; refs: number }>(
      `select type, jsonb_array_length(convert_from(entry, 'UTF8')::jsonb -> 'refs') as refs from fact
       where subject = $1 order by id`,
      [id],
    )
    expect(facts).toEqual([
      { type: 'link.proposed', refs: 0 },
      { type: 'link.consented', refs: 1 },
      { type: 'link.signed', refs: 2 },
    ])
  })

  it('is offered by the code a household tells, to those of the county of the seat only', async () => {
    const { householdId: _, ...offer } = newLink(side())
    const propose = (householdCode: string) =>
      tell(tx => proposeLink(tx, kit, of('coop'), { ...offer, householdCode }))
    expect(await propose('HH-2')).toBe('ok')
    expect(await propose('HH-3')).toBe('household.not_found {}')
    expect(await propose('HH-NOBODY')).toBe('household.not_found {}')
    const waiting = await read(tx => listProposals(tx, kit, village(home), { limit: 9, state: 'waiting' }))
    expect(waiting.items).toMatchObject([{ householdCode: 'HH-2', headName: '示**', state: 'waiting' }])
    const [open] = waiting.items
    expect(
      await tell(tx =>
        answerProposal(tx, kit, village(home), 'area:451003', open!.id, { given: false, way: 'paper' }),
      ),
    ).toBe('ok')
    expect((await read(tx => listProposals(tx, kit, of('coop2'), { limit: 9 }))).items).toEqual([])
  })
})

describe('a seller', () => {
  const toldOf = (order: string) =>
    db.owner<{ kind: string; params: object }>('select kind, params from notification where cause = $1', [
      `order.to_ship:${order}`,
    ])

  it('is told once of an order that is to be sent, and of none that has left', async () => {
    const side = sideOne(world)
    const clerk = newId()
    await world.write(async tx => {
      must(await createMember(tx, kit.vault, { id: clerk, accountId: 'clerk', name: '示例店员' }))
      const organisationId = world.id('coop')
      return grantRole(tx, { memberId: clerk, role: 'coop_clerk', organisationId })
    })
    const gone = await orderAt(kit, side, 'shipped')
    const order = await orderAt(kit, side, 'approved')
    await world.drain()
    expect(await toldOf(gone)).toEqual([])
    const [told, ...others] = await toldOf(order)
    expect(told).toMatchObject({ kind: 'order.to_ship', params: { order } })
    expect(others).toEqual([])
    // paid after it was approved: they know of it
    await payFor(kit, side, bank, order)
    expect(await toldOf(order)).toEqual([told])
  })
})

describe("the bank's money", () => {
  it('without a code is allotted by a person, to the fen, from where it waits', async () => {
    const side = sideOne(world)
    const stray = await strayCredit(kit, side, bank)
    const other = await paymentFor(
      kit,
      side,
      await orderAt(kit, { ...side, offer: world.id('offer3') }, 'approved'),
    )
    const [row] = await db.owner<{ code: string; fen: number }>(
      'select code, amount_fen::int as fen from payment where id = $1',
      [other],
    )
    const allot = (id: string, code: string) =>
      tell(tx => allotCredit(tx, kit, world.id('finance'), id, { code, note: '来电说明' }))
    expect(await allot(stray.id, 'PNOTHING')).toBe('payment.not_found {}')
    expect(await allot(stray.id, row!.code)).toBe('credit.amount_differs {"fen":4200}')
    expect(await allot(stray.id, stray.code.toLowerCase())).toBe('ok')
    expect(await allot(stray.id, stray.code)).toBe('credit.allotted {}')
    // and money that went to suspense, because its own code was paid already
    const again = await world.write(async tx => {
      const entry = credited(bank, stray.code, 4200)
      const fact = await kit.recorder.recordSigned(tx, {
        entry,
        types: ['bank.credited'],
        subject: e => e.id,
      })
      const outcome = await receiveCredit(tx, kit, fact)
      return outcome.ok ? { ok: true as const, value: { id: fact.id, outcome: outcome.value } } : outcome
    })
    expect(again.outcome).toBe('suspense')
    expect(await allot(again.id, row!.code)).toBe('ok')
    const [suspense] = await db.owner<{ balance: number }>(
      `select balance::int from ledger_account where account = 'suspense/bank'`,
    )
    expect(suspense!.balance).toBe(0)
    const states = await db.owner('select state, reason from bank_credit where fact_id = any($1::uuid[])', [
      [stray.id, again.id],
    ])
    expect(states).toEqual(Array(2).fill({ state: 'matched', reason: null }))
  })

  it('that one transfer brought for several orders is allotted to all of them by one payment', async () => {
    const side = sideOne(world)
    const orders = [await orderAt(kit, side, 'approved'), await orderAt(kit, side, 'shipped')]
    const third = await orderAt(kit, side, 'approved')
    const codeOf = async (payment: string) =>
      (await db.owner<{ code: string }>('select code from payment where id = $1', [payment]))[0]!.code
    const single = await paymentFor(kit, side, orders[0]!)
    const sum = await db.owner<{ due: number }>(
      'select sum(total_fen - off_fen)::int as due from "order" where id = any($1::uuid[])',
      [orders],
    )
    const credit = await world.write(async tx => {
      const entry = credited(bank, await codeOf(single), sum[0]!.due)
      const types = ['bank.credited']
      const fact = await kit.recorder.recordSigned(tx, { entry, types, subject: e => e.id })
      const outcome = await receiveCredit(tx, kit, fact)
      return outcome.ok ? { ok: true as const, value: { id: fact.id, outcome: outcome.value } } : outcome
    })
    expect(credit.outcome).toBe('suspense')
    const allot = (orderIds: string[]) =>
      tell(tx => allotCredit(tx, kit, world.id('finance'), credit.id, { orderIds, note: '来电说明' }))
    expect(await allot([orders[0]!])).toBe(`credit.amount_differs {"fen":${sum[0]!.due / 2}}`)
    expect(await allot([...orders, third])).toMatch(/^credit.amount_differs/)
    const payable = async () =>
      (await read(tx => listOrders(tx, of('unit'), { limit: 50, payable: 'true' }))).items.map(({ id }) => id)
    expect(await payable()).toEqual(expect.arrayContaining([...orders, third]))
    // a code that is for others too is not given up
    const wide = newId()
    await world.write(tx => openPayment(tx, kit, { id: wide, orderIds: [orders[1]!, third] }))
    expect(await allot(orders)).toBe(`payment.already_open {"code":"${await codeOf(wide)}"}`)
    const stateOf = (payment: string) => db.owner('select state from payment where id = $1', [payment])
    expect(await stateOf(single)).toEqual([{ state: 'open' }])
    await world.write(tx => cancelOrder(tx, kit, third, '改期'))
    expect(await allot(orders)).toBe('ok')
    expect(await stateOf(single)).toEqual([{ state: 'expired' }])
    expect(await allot(orders)).toBe('credit.allotted {}')
    const left = await payable()
    expect([...orders, third].filter(order => left.includes(order))).toEqual([])
    const paid = await db.owner<{ orders: number; state: string }>(
      `select count(*)::int as orders, p.state from bank_credit c
         join payment p on p.id = c.payment_id join payment_allocation a on a.payment_id = p.id
        where c.fact_id = $1 group by p.state`,
      [credit.id],
    )
    expect(paid).toEqual([{ orders: 2, state: 'paid' }])
  })

  it('may carry the same number from two banks, and never another field', async () => {
    const second = { key: 'bank2', nameZh: '示范第二银行', nameEn: 'Second bank', type: 'bank' as const }
    await world.write(tx => createOrganisation(tx, { ...second, id: world.id('bank2'), areaCode: '440300' }))
    const other = await ownSigner(kit, world, world.id('bank2'))
    const word = { reference: 'SAME-1', code: '', fen: '100', bookedAt: worldTime.toISOString() }
    const hear = (signer: OwnSigner, said: object) =>
      tell(tx => receiveMessage(tx, kit, signer.sign('bank.credited', { ...said })))
    expect(await hear(bank, word)).toBe('ok')
    expect(await hear(other, word)).toBe('ok')
    expect(await hear(bank, { ...word, fen: '200' })).toBe(
      'payment.reference_conflict {"reference":"SAME-1"}',
    )
    const before = await db.owner('select count(*) from fact')
    expect(await hear(bank, { ...word, reference: 'NEW-1', payer: '张三' })).toMatch(/^payment.malformed/)
    expect(await db.owner('select count(*) from fact')).toEqual(before)
  })
})

it('what a household got stands nowhere in public, and the whole is as the log tells it', async () => {
  const side = sideTwo(world)
  await completedOrder(kit, side, bank)
  const batch = await paidBatch(kit, side, bank)
  const [item] = await db.owner<{ id: string }>('select id from payout_item where batch_id = $1', [batch])
  await world.write(tx => confirmItem(tx, kit, all, item!.id))
  await world.drain()
  const [fact] = await db.owner<{ pub: object }>(
    `select convert_from(entry, 'UTF8')::jsonb -> 'pub' as pub from fact where type = 'payout.confirmed' and subject = $1`,
    [batch],
  )
  expect(fact!.pub).toEqual({ batch, item: item!.id, county: '451028' })
  expect(await tell(tx => sendBatch(tx, kit, all, world.id('finance'), { countyCode: '451028' }))).toBe(
    'payout.nothing_owed {"county":"451028"}',
  )
  expect(await checkProgramme(kit, world.programme)).toMatchObject({ differences: [] })
})
