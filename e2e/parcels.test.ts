import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { fetchWaybills, followAll } from '@silian/chains/supply/delivery/jobs.ts'
import { fallShort, takeOff } from '@silian/chains/supply/delivery/off.ts'
import { cancelParcel, type ParcelRow, packParcels } from '@silian/chains/supply/delivery/pack.ts'
import { parcelsOf } from '@silian/chains/supply/delivery/reads.ts'
import { sandboxWaybill } from '@silian/chains/supply/delivery/rules.ts'
import { dispatchParcels, shipOrder, shipOrders } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { lockOrder } from '@silian/chains/supply/orders/row.ts'
import { acceptOrder, cancelOrder, decideOrder } from '@silian/chains/supply/orders/service.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const DAY = 86_400_000
const scopeOn = (day: number) => ({
  ...{ programme: world.programme, actor: 'coop' },
  at: new Date(worldTime.getTime() + day * DAY),
})
const tryOut = <T, C extends string>(day: number, work: (tx: Writer) => Promise<Result<T, C>>) =>
  kit.app.write(scopeOn(day), work)

/** Three of mango at 80 yuan and two of kiwi at 90, approved. */
async function approved(name: string): Promise<string> {
  const id = world.id(name)
  const offers = [
    { offerId: world.id('offer1'), offerVersion: 1, pieces: 3 },
    { offerId: world.id('offer3'), offerVersion: 1, pieces: 2 },
  ]
  await world.write(
    tx => placeOrder(tx, kit, 'all', { id, declarationId: world.id('declaration'), note: '', lines: offers }),
    'buyer',
  )
  await world.write(tx => decideOrder(tx, kit, id, { approve: true, note: '' }), 'approver')
  return id
}

const balances = async (order: string) => {
  const rows = await db.owner<{ account: string; balance: number; held: number }>(
    'select account, balance::int, held::int from ledger_account where account = any($1)',
    [[`stock/lot/${world.id('lot1')}`, `transit/order/${order}/g`]],
  )
  const of = (start: string) => rows.find(({ account }) => account.startsWith(start))
  return { stock: of('stock')!, transit: of('transit')?.balance ?? 0 }
}
const stateOf = async (order: string) =>
  (
    await db.owner<{ state: string; off: number }>(
      'select state, off_fen as off from "order" where id = $1',
      [order],
    )
  )[0]!
const counts = async () =>
  (
    await db.owner<Record<string, number>>(
      `select (select count(*)::int from parcel) as parcels, (select count(*)::int from order_off) as offs,
         (select count(*)::int from fact) as facts, (select count(*)::int from ledger_entry) as entries`,
    )
  )[0]!

describe('an order in several parcels', () => {
  it('goes in parts by carriers that the seller names, never more than is left', async () => {
    const order = await approved('by-hand')
    const ship = (day: number, lines: { no: number; pieces: number }[] | undefined, waybill: string) =>
      tryOut(day, tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill, lines }))
    await tryOut(1, tx =>
      packParcels(tx, [
        { id: world.id('by-hand-p'), orderId: order, carrier: 'sandbox', lines: [{ no: 1, pieces: 1 }] },
      ]),
    )
    const before = await counts()
    const refused = { code: 'order.too_many_pieces', params: { no: 1, left: 2 } }
    expect(await ship(1, [{ no: 1, pieces: 3 }], 'W0')).toMatchObject(refused)
    expect(await ship(1, [{ no: 9, pieces: 1 }], 'W0')).toMatchObject({ code: 'order.line_not_found' })
    expect(await counts()).toEqual(before)
    expect(await ship(1, [{ no: 1, pieces: 2 }], 'W1')).toMatchObject({ value: { state: 'partly_shipped' } })
    // what was packed stays packed while a part goes, and goes with all the rest
    const now = await kit.app.read(scopeOn(1), tx => parcelsOf(tx, order))
    expect(now.lines.map(({ toSend, packed, sent }) => [toSend, packed, sent])).toEqual([
      [0, 1, 2],
      [2, 0, 0],
    ])
    expect(await ship(2, undefined, 'W2')).toMatchObject({ value: { state: 'shipped' } })
    const { parcels } = await kit.app.read(scopeOn(2), tx => parcelsOf(tx, order))
    expect(parcels.map(({ state, lines }) => [state, lines.map(line => line.pieces)])).toEqual([
      ['cancelled', [1]],
      ['shipped', [2]],
      ['shipped', [1, 2]],
    ])
    expect(await ship(3, [{ no: 1, pieces: 1 }], 'W3')).toMatchObject({ code: 'order.wrong_state' })
  })

  it('leaves the stock part by part, and what is not supplied is free again', async () => {
    const order = await approved('in-parts')
    const before = await balances(order)
    const packed = await tryOut(1, tx =>
      packParcels(tx, [
        { id: world.id('p1'), orderId: order, carrier: 'sandbox', lines: [{ no: 1, pieces: 2 }] },
      ]),
    )
    expect(packed).toMatchObject({ ok: true, value: [{ no: 1, state: 'packed', waybill: null }] })
    expect(await fetchWaybills(kit, scopeOn(1))).toEqual(
      new Map([[world.id('p1'), sandboxWaybill(world.id('p1'))]]),
    )
    // packed is not gone
    expect(await balances(order)).toEqual(before)

    const heard = await tryOut(2, async tx =>
      ok(
        await hearEvents(tx, kit, world.id('p1'), [
          { kind: 'collected', at: new Date(worldTime.getTime() + DAY), place: '产地' },
          { kind: 'delivered', at: new Date(worldTime.getTime() + 9 * DAY), place: '明日' },
        ]),
      ),
    )
    expect(heard).toEqual({ ok: true, value: 1 })
    expect(await stateOf(order)).toEqual({ state: 'partly_shipped', off: 0 })
    expect((await balances(order)).transit).toBe(10_000)
    expect((await balances(order)).stock.balance).toBe(before.stock.balance - 10_000)

    const short = await tryOut(2, tx =>
      fallShort(tx, kit, order, { off: world.id('off1'), lines: [{ no: 1, pieces: 1 }], reason: '雨季' }),
    )
    expect(short).toMatchObject({ ok: true, value: { state: 'partly_shipped' } })
    expect(await stateOf(order)).toEqual({ state: 'partly_shipped', off: 8000 })
    expect((await balances(order)).stock.held).toBe(before.stock.held - 15_000)

    const rest = await tryOut(3, tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill: 'W1' }))
    expect(rest).toMatchObject({ ok: true, value: { state: 'shipped' } })
    expect((await balances(order)).transit).toBe(15_000)
    const { lines, parcels } = await kit.app.read(scopeOn(3), tx => parcelsOf(tx, order))
    expect(lines).toEqual([
      { no: 1, ordered: 3, toSend: 0, packed: 0, sent: 2, off: 1 },
      { no: 2, ordered: 2, toSend: 0, packed: 0, sent: 2, off: 0 },
    ])
    expect(parcels.map(({ no, state, carrierName }) => [no, state, carrierName])).toEqual([
      [1, 'shipped', '沙盒快递'],
      [2, 'shipped', '示范物流'],
    ])
  })

  it('is delivered with its last parcel, and less is paid by what came spoilt', async () => {
    const order = world.id('in-parts')
    const hear = (parcel: string, day: number) =>
      tryOut(day, async tx =>
        ok(await hearEvents(tx, kit, parcel, [{ kind: 'delivered', at: tx.at, place: '网点' }])),
      )
    await hear(world.id('p1'), 4)
    const delivered = () =>
      db.owner<{ at: Date | null }>('select delivered_at as at from "order" where id = $1', [order])
    expect((await delivered())[0]!.at).toBeNull()
    const [last] = await db.owner<{ id: string }>(`select id from parcel where order_id = $1 and no = 2`, [
      order,
    ])
    await hear(last!.id, 5)
    expect((await delivered())[0]!.at).toEqual(scopeOn(5).at)
    // the same word again
    expect(await hear(last!.id, 5)).toEqual({ ok: true, value: 0 })

    await tryOut(6, tx => acceptOrder(tx, kit, order, { invoiceNumber: 'INV' }))
    expect((await balances(order)).transit).toBe(0)
    const off = { id: world.id('off2'), cause: 'quality' as const, holder: world.id('coop') }
    const spoilt = await tryOut(6, async tx =>
      takeOff(tx, kit, await lockOrder(tx, order), { ...off, lines: [{ no: 2, pieces: 1 }] }),
    )
    expect(spoilt).toMatchObject({ ok: true, value: { state: 'accepted' } })
    expect(await stateOf(order)).toEqual({ state: 'accepted', off: 12_200 })
    await tryOut(6, tx => openPayment(tx, kit, { id: world.id('pay'), orderIds: [order] }))
    // 3 × 80 + 2 × 42, less 80 and 42
    const [payment] = await db.owner('select amount_fen from payment where id = $1', [world.id('pay')])
    expect(payment).toEqual({ amount_fen: 20_200 })
  })

  it('is followed at the carrier by the job, and comes', async () => {
    const order = await approved('followed')
    await tryOut(0, tx => packParcels(tx, [{ id: world.id('p3'), orderId: order, carrier: 'sandbox' }]))
    await fetchWaybills(kit, scopeOn(0))
    await followAll(kit, scopeOn(1))
    expect(await stateOf(order)).toMatchObject({ state: 'shipped' })
    await followAll(kit, scopeOn(4))
    const [parcel] = await db.owner('select state from parcel where id = $1', [world.id('p3')])
    expect(parcel).toEqual({ state: 'delivered' })
    expect(
      await db.owner('select kind from parcel_event where parcel_id = $1 order by at', [world.id('p3')]),
    ).toEqual([{ kind: 'collected' }, { kind: 'in_transit' }, { kind: 'delivered' }])
  })

  it('of which nothing can be supplied is closed, its budget free', async () => {
    const order = await approved('all-short')
    const all = [
      { no: 1, pieces: 3 },
      { no: 2, pieces: 2 },
    ]
    const done = await tryOut(1, tx =>
      fallShort(tx, kit, order, { off: world.id('off3'), lines: all, reason: '绝收' }),
    )
    expect(done).toMatchObject({ ok: true, value: { state: 'cancelled' } })
    const open = await db.owner(
      `select 1 from ledger_hold h join ledger_entry e on e.id = h.entry_id where e.subject = $1 and h.state = 'open'`,
      [order],
    )
    expect(open).toEqual([])
  })
})

describe('refused, and nothing is left behind', () => {
  it('more than there is, twice, or what is gone', async () => {
    const [order, other] = [await approved('refused'), await approved('with-another')]
    await tryOut(1, tx =>
      packParcels(tx, [
        { id: world.id('p5'), orderId: order, carrier: 'sandbox', lines: [{ no: 1, pieces: 2 }] },
      ]),
    )
    const before = await counts()
    const pack = (lines: { no: number; pieces: number }[], id = world.id('p6')) =>
      tryOut(1, tx => packParcels(tx, [{ id, orderId: order, carrier: 'sandbox', lines }]))
    expect(await pack([{ no: 1, pieces: 2 }])).toMatchObject({
      code: 'order.too_many_pieces',
      params: { no: 1, left: 1 },
    })
    expect(await pack([{ no: 7, pieces: 1 }])).toMatchObject({ code: 'order.line_not_found' })
    expect(await pack([{ no: 1, pieces: 1 }], world.id('p5'))).toMatchObject({ code: 'parcel.exists' })
    const twice = [
      { orderId: order, carrier: 'sandbox' },
      { orderId: order, carrier: 'sandbox' },
    ]
    expect(await tryOut(1, tx => packParcels(tx, twice))).toMatchObject({ code: 'order.twice' })
    const sameId = [order, other].map(orderId => ({ id: world.id('p9'), orderId, carrier: 'sandbox' }))
    expect(await tryOut(1, tx => packParcels(tx, sameId))).toMatchObject({
      code: 'parcel.exists',
      params: { parcel: world.id('p9') },
    })
    const short = (pieces: number) =>
      tryOut(1, tx =>
        fallShort(tx, kit, order, { off: world.id('off5'), lines: [{ no: 1, pieces }], reason: '缺' }),
      )
    // two are packed
    expect(await short(2)).toMatchObject({ code: 'order.too_many_pieces' })
    const spoilt = await tryOut(1, async tx =>
      takeOff(tx, kit, await lockOrder(tx, order), {
        ...{
          id: world.id('off6'),
          cause: 'quality',
          holder: world.id('coop'),
          lines: [{ no: 1, pieces: 1 }],
        },
      }),
    )
    // nothing was sent
    expect(spoilt).toMatchObject({ code: 'order.too_many_pieces' })
    expect(await counts()).toEqual(before)
    expect(await tryOut(1, tx => cancelParcel(tx, world.id('p5')))).toMatchObject({ ok: true })
    expect(await tryOut(1, tx => cancelParcel(tx, world.id('p5')))).toMatchObject({
      code: 'parcel.wrong_state',
    })
  })

  it('a parcel of a cancelled order stays, whatever its carrier says', async () => {
    const order = await approved('cancelled')
    await tryOut(1, tx => packParcels(tx, [{ id: world.id('p7'), orderId: order, carrier: 'sandbox' }]))
    await tryOut(1, tx => cancelOrder(tx, kit, order, '改期'))
    await tryOut(2, async tx =>
      ok(await hearEvents(tx, kit, world.id('p7'), [{ kind: 'collected', at: tx.at, place: '' }])),
    )
    expect(await stateOf(order)).toMatchObject({ state: 'cancelled' })
    const [parcel] = await db.owner('select state from parcel where id = $1', [world.id('p7')])
    expect(parcel).toEqual({ state: 'cancelled' })
  })
})

it('stands in the log as it stands in the tables', async () => {
  await world.drain()
  const report = await checkProgramme(kit, world.programme)
  expect(report.differences).toEqual([])
  expect(report.notRecomputed).toEqual({})
})

describe('a day of parcels', () => {
  /** Statements of one transaction, whatever it does. */
  async function statementsOf(work: (tx: Writer) => Promise<Result<unknown>>): Promise<number> {
    const query = vi.spyOn(pg.Client.prototype, 'query')
    await tryOut(0, work).then(must)
    const { length } = query.mock.calls
    query.mockRestore()
    return length
  }
  const few = (name: string, n: number) =>
    Promise.all(
      Array.from({ length: n }, async (_, i) => {
        const id = world.id(`${name} ${i}`)
        const lines = [{ offerId: world.id('offer1'), offerVersion: 1, pieces: 1 }]
        const declarationId = world.id('declaration')
        await world.write(tx => placeOrder(tx, kit, 'all', { id, declarationId, note: '', lines }), 'buyer')
        await world.write(tx => decideOrder(tx, kit, id, { approve: true, note: '' }), 'approver')
        return id
      }),
    )

  it('is packed, shipped and handed over with as many statements as two of them', async () => {
    const [two, many] = [await few('two', 2), await few('many', 8)]
    const counts: number[][] = []
    for (const orders of [two, many]) {
      const half = orders.length / 2
      let packed: ParcelRow[] = []
      const asked = orders.slice(half).map(orderId => ({ orderId, carrier: 'sandbox' }))
      const parcels = orders.slice(0, half).map(orderId => ({ orderId, carrier: '示范', waybill: 'W' }))
      counts.push([
        await statementsOf(async tx => {
          const done = await packParcels(tx, asked)
          if (done.ok) packed = done.value
          return done
        }),
        await statementsOf(tx => shipOrders(tx, kit, parcels)),
        await statementsOf(tx => dispatchParcels(tx, kit, packed)),
      ])
    }
    expect(counts[1]).toEqual(counts[0])
    const states = await db.owner(
      'select state, count(*)::int as n from "order" where id = any($1) group by 1',
      [[...two, ...many]],
    )
    expect(states).toEqual([{ state: 'shipped', n: 10 }])
  })

  it('of which one cannot go is refused whole', async () => {
    const [sent, other] = await few('whole', 2)
    await tryOut(0, tx => shipOrder(tx, kit, sent!, { carrier: '示范', waybill: 'W' })).then(must)
    const parcels = await db.owner('select id from parcel order by id')
    const list = [sent!, other!].map(orderId => ({ orderId, carrier: '示范', waybill: 'W' }))
    expect(await tryOut(0, tx => shipOrders(tx, kit, list))).toMatchObject({ code: 'order.wrong_state' })
    expect(await db.owner('select id from parcel order by id')).toEqual(parcels)
    // of one whose goods were packed already nothing is left to pack
    const again = [{ orderId: other!, carrier: 'sandbox' }]
    await tryOut(0, tx => packParcels(tx, again)).then(must)
    const packed = await db.owner('select id from parcel order by id')
    expect(await tryOut(0, tx => packParcels(tx, again))).toMatchObject({ code: 'order.nothing_to_send' })
    expect(await db.owner('select id from parcel order by id')).toEqual(packed)
  })
})
