import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { readBenefit } from '@silian/chains/assurance/settlement/reads.ts'
import { moveClaim, openClaim } from '@silian/chains/supply/claims/service.ts'
import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { fetchWaybills } from '@silian/chains/supply/delivery/jobs.ts'
import { packParcels } from '@silian/chains/supply/delivery/pack.ts'
import { printSheets, readReceivers } from '@silian/chains/supply/delivery/sheets.ts'
import { evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { listProxies, readProxy } from '@silian/chains/supply/proxy/reads.ts'
import { findProxy, placeProxy, visitHome } from '@silian/chains/supply/proxy/service.ts'
import { listReviews } from '@silian/chains/supply/reviews/reads.ts'
import { hideReview } from '@silian/chains/supply/reviews/service.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { cells } from '@silian/kernel/metric/publish.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { monthOf } from '@silian/kernel/time/shanghai.ts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything } from './refusals/side.ts'
import { PayStage } from './shop/pay-stage.ts'

let stage: PayStage
let order: string
beforeAll(async () => {
  stage = await PayStage.open()
})
afterAll(() => stage.end())

const named = (name: string) => stage.race.world.id(name)
const kit = () => stage.race.kit
const reachOf = (organisation: string) => ({
  ...everything('shenzhen'),
  ...{ everything: false, organisationIds: [organisation] },
})
const page = { limit: 10 }

/** A picture that the stage's actor has uploaded. */
async function picture(): Promise<string> {
  const content = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
    .webp()
    .toBuffer()
  const kept = await stage.write<{ id: string }>(tx =>
    storeFile(tx, kit().files, {
      ...{ content, uploadedBy: 'test', encrypt: true, name: 's.webp', kind: 'photo' },
      retentionClass: 'application',
    }),
  )
  return must(kept).id
}

describe('a proxy order', () => {
  it('is found again by its point, masked, and whole with a recorded look', async () => {
    const placed = await stage.write<{ orders: { id: string }[] }>(tx =>
      placeProxy(tx, kit(), named('community'), {
        customer: { phone: '13900001234', name: '王小明' },
        home: { name: '王小明', phone: '13900001234', areaCode: '440304', address: '示范里2号' },
        lines: [{ offerId: named('offer1'), offerVersion: 1, pieces: 2 }],
        note: '',
      }),
    )
    order = must(placed).orders[0]!.id
    const listed = await kit().app.read(stage.scope(), tx =>
      listProxies(tx, kit(), reachOf(named('community')), page),
    )
    expect(listed.items).toMatchObject([
      { id: order, state: 'awaiting_payment', name: '王**', phone: '139****1234' },
    ])
    const others = await kit().app.read(stage.scope(), tx =>
      listProxies(tx, kit(), reachOf(named('community2')), page),
    )
    expect(others.items).toEqual([])
    const read = (point: string) =>
      kit().app.write(stage.scope(), tx => readProxy(tx, kit(), reachOf(named(point)), order, newId()))
    expect(must(await read('community')).home).toEqual({
      ...{ name: '王小明', phone: '13900001234', area: '广东省深圳市福田区', address: '示范里2号' },
    })
    expect(await read('community2')).toMatchObject({ code: 'order.not_found' })
    expect(
      await stage.race.db.owner(`select subject_id from access_audit where action = 'proxy.read'`),
    ).toEqual([{ subject_id: order }])
  })

  it('is paid by the square, printed with its address, sent, and accepted by a signature at home', async () => {
    const { customer } = must(
      await kit().app.read(stage.scope(), tx => findProxy(tx, reachOf(named('community')), order)),
    )
    const payment = await stage.pay(customer, [order], 'wechat')
    await stage.confirm('wechat', payment)
    const parcel = named('proxy parcel')
    must(await stage.write(tx => packParcels(tx, [{ id: parcel, orderId: order, carrier: 'sandbox' }])))
    await fetchWaybills(kit(), stage.scope())
    const sheets = await stage.write<{ sheets: { to: unknown }[] }>(tx =>
      printSheets(tx, kit(), reachOf(named('coop')), [parcel], newId()),
    )
    expect(must(sheets).sheets[0]!.to).toEqual({
      ...{ name: '王小明', phone: '13900001234', area: '广东省深圳市福田区', address: '示范里2号' },
    })
    expect(
      await stage.race.db.owner(`select fields from access_audit where action = 'parcel.print'`),
    ).toEqual([{ fields: ['recipient', 'phone', 'address'] }])
    const receivers = await stage.write<{ items: unknown[] }>(tx =>
      readReceivers(tx, kit(), reachOf(named('coop')), [order], newId()),
    )
    expect(must(receivers).items).toEqual([
      { orderId: order, to: must(sheets).sheets[0]!.to, from: [{ no: 1, lot: 'L1', place: null }] },
    ])
    expect(await stage.race.count(`access_audit where action = 'parcel.print'`)).toBe(2)
    expect(
      await stage.write(tx => readReceivers(tx, kit(), reachOf(named('coop2')), [order], newId())),
    ).toMatchObject({ code: 'order.not_found' })
    expect(await stage.race.count(`access_audit where action = 'parcel.print'`)).toBe(2)
    // not before it was sent
    const file = await picture()
    expect(await stage.write(tx => visitHome(tx, kit(), order, { signature: 'drawn', file }))).toMatchObject({
      code: 'order.wrong_state',
    })
    stage.minutes += 24 * 60
    const delivered = { kind: 'delivered' as const, at: stage.now, place: '社区' }
    must(await stage.write(async tx => ok(await hearEvents(tx, kit(), parcel, [delivered]))))
    must(await stage.write(tx => visitHome(tx, kit(), order, { signature: 'drawn', file })))
    const [row] = await stage.race.db.owner(
      'select o.state, x.signature from "order" o join proxy_order x on x.order_id = o.id where o.id = $1',
      [order],
    )
    expect(row).toEqual({ state: 'accepted', signature: 'drawn' })
  })

  it('is claimed in part, and the money goes back to the source that paid', async () => {
    const photo = await picture()
    const asked = { kind: 'quality' as const, lines: [{ no: 1, pieces: 1 }], reason: '坏了', photos: [photo] }
    const claim = must(await stage.write<{ id: string }>(tx => openClaim(tx, kit(), order, asked)))
    must(await stage.write(tx => moveClaim(tx, kit(), claim.id, 'agree', { by: 'seller' })))
    const [money] = await stage.race.db.owner('select refunded_fen, off_fen from "order" where id = $1', [
      order,
    ])
    expect(money).toEqual({ refunded_fen: 8000, off_fen: 8000 })
    expect(
      await stage.race.db.owner('select source, amount_fen from refund where order_id = $1', [order]),
    ).toEqual([{ source: 'wechat', amount_fen: 8000 }])
    await stage.askRefunds()
  })

  it('is evaluated under a masked name with a photograph, until an office hides it', async () => {
    const photo = await picture()
    must(await stage.write(tx => evaluateOrder(tx, kit(), order, { score: 4, text: '甜', photos: [photo] })))
    const said = () => kit().app.read(stage.scope(), tx => listReviews(tx, named('mango'), page))
    expect((await said()).items).toMatchObject([
      { score: 4, text: '甜', by: '王**', byKind: 'citizen', photos: [photo] },
    ])
    const review = idFrom('review', order, named('mango'))
    const hide = () => stage.write(tx => hideReview(tx, kit(), named('task-force'), review, '含个人信息'))
    must(await hide())
    expect((await said()).items).toEqual([])
    expect(await hide()).toMatchObject({ code: 'review.not_found' })
  })
})

it('is counted under its channel, and no citizen among the units that bought', async () => {
  await stage.race.world.drain()
  const figure = (metric: string) =>
    kit().app.read(stage.scope(), tx => cells(tx, metric, monthOf(stage.now)))
  expect(await figure('completed_purchases')).toEqual([
    { dims: ['451003', 'citizen', 'point'], sum: 8000, count: 1 },
  ])
  expect(await figure('ordered_amount')).toEqual([{ dims: ['451003', 'point'], sum: 16_000, count: 1 }])
  expect(await figure('completed_orders')).toEqual([{ dims: ['citizen', 'point'], sum: 1, count: 1 }])
  expect(await figure('active_buyers')).toEqual([])
})

it('stands in the log as it stands in the tables', async () => {
  await stage.race.world.drain()
  const report = await checkProgramme(kit(), 'shenzhen')
  expect(report.differences).toEqual([])
  expect(report.notRecomputed).toEqual({})
})

it('is settled by what was kept: what households and the co-operative have is all of it', async () => {
  const benefit = must(
    await kit().app.read(stage.scope(), tx => readBenefit(tx, kit(), everything('shenzhen'), order)),
  )
  const [paid] = await stage.race.db.owner<{ fen: number }>(
    'select total_fen - off_fen as fen from "order" where id = $1',
    [order],
  )
  expect(benefit).toMatchObject({ totalFen: paid!.fen, settledAt: expect.any(String) })
  expect(benefit.householdsFen + benefit.cooperativeFen).toBe(benefit.totalFen)
  expect(benefit.householdsFen).toBeGreaterThan(0)
})

it('names no customer in the log, neither in what is signed nor as the holder of a key', async () => {
  const saying = (id: string) =>
    `exists (select 1 from fact f where position(convert_to(${id}, 'UTF8') in f.entry) > 0)`
  const [seen] = await stage.race.db.owner(
    `select count(*)::int as customers, count(*) filter (where ${saying('c.id::text')})::int as told,
       count(*) filter (where exists (select 1 from signing_key k where k.holder = c.id::text))::int as holders,
       bool_or(${saying('$1::text')}) as orders_are from customer c`,
    [order],
  )
  expect(seen).toEqual({ customers: expect.any(Number), told: 0, holders: 0, orders_are: true })
  expect((seen as { customers: number }).customers).toBeGreaterThan(0)
})
