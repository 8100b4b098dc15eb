import { makePayKeys, merchantSettings } from '@silian/bank/pay/keys.ts'
import { erasable } from '@silian/chains/declared.ts'
import { openClaim } from '@silian/chains/supply/claims/service.ts'
import { keepAddress } from '@silian/chains/supply/customers/addresses.ts'
import { eraseMe } from '@silian/chains/supply/customers/erase.ts'
import { newCustomer } from '@silian/chains/supply/customers/service.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { Checkout } from '@silian/chains/supply/orders/checkout.ts'
import type { CitizenOrder } from '@silian/chains/supply/orders/contract.ts'
import { placeOrders } from '@silian/chains/supply/orders/place.ts'
import { readNow } from '@silian/chains/supply/orders/place-reads.ts'
import { listOrders, readOrder } from '@silian/chains/supply/orders/reads.ts'
import { lockOrder } from '@silian/chains/supply/orders/row.ts'
import { acceptOrder } from '@silian/chains/supply/orders/service.ts'
import { openMyPayment } from '@silian/chains/supply/payments/pay.ts'
import { refundOrder } from '@silian/chains/supply/payments/refund.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { compareDay } from '@silian/chains/supply/payments/statements.ts'
import { placeProxy } from '@silian/chains/supply/proxy/service.ts'
import { cancelPurchase, findOwn } from '@silian/chains/supply/purchases/service.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { carryErasures } from '@silian/kernel/retention/job.ts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { codesOf, race } from '../races/stage.ts'
import { PayStage } from './pay-stage.ts'

let stage: PayStage
let checkout: Checkout
beforeAll(async () => {
  stage = await PayStage.open()
  checkout = new Checkout(stage.race.kit, stage.now)
})
afterAll(() => stage.end())

const delivery = { name: '示例丙', phone: '13900000000', areaCode: '440304', address: '示范路1号' }
const basketOf = (more: Partial<CitizenOrder> = {}): CitizenOrder => ({
  ...{ buyer: 'citizen', id: newId(), note: '', delivery, walletFen: 0 },
  lines: [{ offerId: stage.race.id('offer1'), offerVersion: 1, pieces: 1 }],
  ...more,
})
const askOf = (customer: string, input: CitizenOrder = basketOf()) => ({
  ...{ actor: customer, units: [], customers: [customer], input },
})
const buy = (customer: string, input?: CitizenOrder, by = checkout) => {
  const ask = askOf(customer, input)
  return by.place('shenzhen', ask, { key: newId(), name: 'buy', input: ask.input })
}
const guest = async (phone: string): Promise<string> =>
  must(await stage.write<string>(async tx => ok(await newCustomer(tx, stage.race.kit, phone))))
const counts = () =>
  Promise.all(['"order"', 'customer_address', 'ledger_hold', 'fact'].map(table => stage.race.count(table)))
const full = { code: 'order.too_many_unpaid', params: { most: 10, unpaid: 10 } }

describe('orders that wait for their payment', () => {
  it('are ten at most of one customer, however many are asked for at once, and one that ends makes room', async () => {
    const customer = await stage.customer(8000)
    const results = await race(Array.from({ length: 14 }, () => () => buy(customer)))
    expect(codesOf(results)).toEqual({ ok: 10, 'order.too_many_unpaid': 4 })
    const before = await counts()
    expect(await buy(customer)).toMatchObject(full)
    expect(await counts()).toEqual(before)
    const [first, second] = results.flatMap(result => (result.ok ? result.value.orders : []))
    await stage.pay(customer, [first!.id], 'wallet')
    must(await stage.write(tx => cancelPurchase(tx, stage.race.kit, second!.id, '不要了')))
    expect(codesOf([await buy(customer), await buy(customer), await buy(customer)])).toEqual({
      ok: 2,
      'order.too_many_unpaid': 1,
    })
    // what nobody paid in time counts no more, whether or not it was swept
    const later = new Checkout(stage.race.kit, new Date(stage.now.getTime() + 30 * 60_000))
    expect(await buy(customer, undefined, later)).toMatchObject({ ok: true })
    await later.close()
  })

  describe('of guests', () => {
    /** Sessions of one phone, which all share a number where codes can be sent. */
    const guestsOf = async (phone: string, count: number) => {
      const sessions = await Promise.all(Array.from({ length: count }, () => guest(phone)))
      const guestOf = newId()
      const order = (customer: string, more?: Partial<CitizenOrder>) => {
        const ask = { ...askOf(customer, basketOf(more)), guestOf }
        return checkout.place('shenzhen', ask, { key: newId(), name: 'buy', input: ask.input })
      }
      return { sessions, order }
    }
    const ofPhone = { code: 'order.too_many_of_phone', params: { most: 10 } }

    it('of one phone are counted together, however many sessions order at once; nothing of the others is told', async () => {
      const { sessions, order } = await guestsOf('13977770001', 20)
      const results = await race(sessions.map(session => () => order(session)))
      expect(codesOf(results)).toEqual({ ok: 10, 'order.too_many_of_phone': 10 })
      const before = await counts()
      // sessions that hold nothing hide none that do
      const later = await guest('13977770001')
      expect(await order(later)).toEqual({ ok: false, ...ofPhone })
      expect(await counts()).toEqual(before)
      const proven = must(
        await stage.write<string>(async tx =>
          ok(await newCustomer(tx, stage.race.kit, '13977770001', { provenAt: tx.at })),
        ),
      )
      expect(await buy(proven)).toMatchObject({ ok: true })
      // where no code can be sent a phone cannot be proven: each session is its own
      expect(await buy(later)).toMatchObject({ ok: true })
    })

    it('of one phone have a quarter of what is left of a lot waiting, in whichever packing', async () => {
      await stage.race.lot('small', 48 * 5000)
      const { sessions, order } = await guestsOf('13977770004', 3)
      const boxes = (offer: string, pieces: number) => ({
        lines: [{ offerId: stage.race.id(offer), offerVersion: 1, pieces }],
      })
      const tooMuch = (offer: string, most: number) => ({
        ...{ ok: false, code: 'order.too_much_of_offer' },
        params: { most, offer: stage.race.id(offer) },
      })
      const before = await counts()
      expect(await order(sessions[0]!, boxes('small', 13))).toEqual(tooMuch('small', 12))
      expect(await counts()).toEqual(before)
      const results = await race(sessions.map(session => () => order(session, boxes('small', 6))))
      expect(codesOf(results)).toEqual({ ok: 1, 'order.too_much_of_offer': 2 })
      // 42 boxes are left, a quarter of which is 21 half ones: six whole ones are theirs
      expect(await order(sessions[1]!, boxes('small half', 10))).toEqual(tooMuch('small half', 21))
      must(await order(sessions[1]!, boxes('small half', 9)))
      expect((await stage.race.stock('small')).held).toBe(6 * 5000 + 9 * 2500)
      // of whoever proved a phone, and where none can be proven, it is not asked
      must(await buy(await stage.customer(), basketOf(boxes('small', 30))))
    })

    it('what a point orders for a phone is not theirs', async () => {
      const { sessions, order } = await guestsOf('13977770002', 1)
      const home = { customer: { phone: '13977770002', name: '示例丙' }, home: delivery, note: '' }
      for (let n = 0; n < 10; n++)
        must(
          await stage.write(tx =>
            placeProxy(tx, stage.race.kit, stage.race.id('community'), { ...home, lines: basketOf().lines }),
          ),
        )
      for (let n = 0; n < 10; n++) must(await order(sessions[0]!))
      expect(await order(sessions[0]!)).toMatchObject(ofPhone)
    })

    it('hold goods of 5,000 yuan at most until somebody proves the phone', async () => {
      const session = await guest('13977770003')
      const boxes = (pieces: number) => ({
        lines: [{ offerId: stage.race.id('offer1'), offerVersion: 1, pieces }],
      })
      const before = await counts()
      expect(await buy(session, basketOf(boxes(63)))).toMatchObject({
        code: 'order.too_much_unproven',
        params: { mostFen: 500_000 },
      })
      expect(await counts()).toEqual(before)
      must(await buy(session, basketOf(boxes(62))))
      expect(await buy(session)).toMatchObject({ code: 'order.too_much_unproven' })
      const customer = await stage.customer()
      must(await buy(customer, basketOf(boxes(63))))
    })
  })
})

describe('payments of an order', () => {
  const open = (customer: string, order: string, way: 'wechat' | 'alipay', fen?: number) =>
    stage.write<{ id: string; givenUp: string[] }>(tx =>
      openMyPayment(tx, stage.race.kit, [customer], { orderIds: [order], way, ...(fen && { fen }) }),
    )

  it('asked for again within minutes are the one that is open, and tell nothing new', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    const first = must(await open(customer, order!, 'wechat'))
    const before = [await stage.race.count('payment'), await stage.race.count('fact')]
    expect(must(await open(customer, order!, 'wechat'))).toEqual({ id: first.id, givenUp: [] })
    expect([await stage.race.count('payment'), await stage.race.count('fact')]).toEqual(before)
    // another way, or another sum, is another
    const other = must(await open(customer, order!, 'alipay'))
    expect(other.givenUp).toEqual([first.id])
    const part = must(await open(customer, order!, 'alipay', 3000))
    expect(must(await open(customer, order!, 'alipay', 3000)).id).toBe(part.id)
    expect(must(await open(customer, order!, 'alipay')).givenUp).toEqual([part.id])
    // the page that confirms it may be over by then
    stage.minutes = 5
    expect(must(await open(customer, order!, 'alipay')).givenUp).toHaveLength(1)
    stage.minutes = 0
  })

  it('are opened twenty times at most by one payer, who keeps nobody else from it', async () => {
    const [customer, friend] = [await stage.customer(), await stage.customer()]
    const [order] = await stage.order(customer)
    for (let n = 0; n < 20; n++) must(await open(customer, order!, n % 2 ? 'wechat' : 'alipay'))
    const before = [await stage.race.count('payment'), await stage.race.count('fact')]
    expect(await open(customer, order!, 'alipay')).toMatchObject({
      code: 'payment.too_many',
      params: { most: 20 },
    })
    expect([await stage.race.count('payment'), await stage.race.count('fact')]).toEqual(before)
    stage.minutes = 5
    await stage.race.db.owner(`update payment set state = 'expired' where buyer_id = $1`, [customer])
    expect(await open(friend, order!, 'wechat')).toMatchObject({ ok: true })
    stage.minutes = 0
  })
})

describe('an erasure against what its customer does at the same moment', () => {
  const asked = async (customer: string): Promise<string> =>
    must(
      await stage.write<{ erasure: string }>(tx => eraseMe(tx, { kind: 'customer', id: customer } as never)),
    ).erasure
  const carry = (erasure: string) => carryErasures(stage.race.kit, erasable, stage.scope(), erasure)
  const stateOf = async (erasure: string) =>
    (await stage.race.db.owner<{ state: string }>('select state from erasure where id = $1', [erasure]))[0]!
      .state
  const leftOf = async (customer: string) => ({
    orders: await stage.race.count(`"order" where buyer_id = $1`, [customer]),
    addresses: await stage.race.count('customer_address where customer_id = $1', [customer]),
  })

  it('waits for a checkout that has begun, whose words and address are its customer’s', async () => {
    const customer = await stage.customer()
    const erasure = await asked(customer)
    let carried: Promise<void> | undefined
    const placed = await stage.write(async tx => {
      const ask = askOf(customer, basketOf({ note: '放在门口' }))
      const now = await readNow(tx, [ask])
      carried = carry(erasure)
      const [outcome] = await placeOrders(tx, stage.race.kit, [ask], now)
      return outcome!
    })
    await carried
    expect([placed.ok, await stateOf(erasure)]).toEqual([true, 'waiting'])
    expect(await leftOf(customer)).toEqual({ orders: 1, addresses: 1 })
  })

  it('waits for a refund that has begun, which waits for nobody who waits for it', async () => {
    const customer = await stage.customer(8000)
    const [order] = await stage.order(customer)
    await stage.pay(customer, [order!], 'wallet')
    const erasure = await asked(customer)
    let carried: Promise<void> | undefined
    const refunded = await stage.write(async tx => {
      await lockOrder(tx, order!)
      carried ??= carry(erasure)
      // it has the customer and waits for the order
      await vi.waitFor(
        async () =>
          expect(
            await stage.race.db.owner(
              `select 1 from pg_locks l join pg_database d on d.datname = current_database()
                where not granted and (l.database = d.oid or l.locktype = 'transactionid')`,
            ),
          ).not.toEqual([]),
        { timeout: 10_000, interval: 20 },
      )
      await tx.query(`set local lock_timeout = '100ms'`)
      return refundOrder(tx, stage.race.kit, { orderId: order!, lines: 'all', reason: 'cancelled' })
    })
    await carried
    expect([refunded.ok, await stateOf(erasure)]).toEqual([true, 'waiting'])
    expect(await stage.balance(`wallet/customer/${customer}`)).toBe(8000)
  })

  it('and whoever comes after it orders, keeps and says nothing more', async () => {
    const customers = await Promise.all(Array.from({ length: 6 }, () => stage.customer()))
    for (const customer of customers) {
      const erasure = await asked(customer)
      const [, placed, kept] = await Promise.all([
        carry(erasure),
        buy(customer, basketOf({ note: '放在门口' })),
        stage.write(tx => keepAddress(tx, stage.race.kit, customer, { ...delivery, name: '示例丁' })),
      ] as [Promise<void>, Promise<Result<unknown>>, Promise<Result<unknown>>])
      if (placed.ok) expect(await stateOf(erasure)).toBe('waiting')
      else {
        expect(placed).toMatchObject({ code: 'customer.not_found' })
        expect(await leftOf(customer)).toEqual({ orders: 0, addresses: 0 })
        expect(await stateOf(erasure)).toBe('done')
        if (!kept.ok) expect(kept).toMatchObject({ code: 'customer.not_found' })
      }
    }
    const [gone] = [await stage.customer()]
    const erasure = await asked(gone!)
    await carry(erasure)
    expect(await stateOf(erasure)).toBe('done')
    const before = await counts()
    expect(await buy(gone!)).toMatchObject({ code: 'customer.not_found' })
    expect(
      await stage.write(tx => findOwn(tx, { ...stage.race.reach, personIds: [gone!] }, newId())),
    ).toMatchObject({ code: 'order.not_found' })
    expect(await counts()).toEqual(before)
  })
})

it('addresses of a batch are kept with the same statements, however many, and each once', async () => {
  const statementsOf = async (customers: readonly string[], posting: 'each' | 'all') => {
    const asks = customers.map(customer => askOf(customer))
    const query = vi.spyOn(pg.Client.prototype, 'query')
    must(
      await stage.write(async tx => {
        const placed = await placeOrders(tx, stage.race.kit, asks, await readNow(tx, asks), posting)
        return placed.find(({ ok: isPlaced }) => !isPlaced) ?? ok(null)
      }),
    )
    const { length } = query.mock.calls
    query.mockRestore()
    return length
  }
  const customers = await Promise.all(Array.from({ length: 6 }, () => stage.customer()))
  for (const posting of ['each', 'all'] as const)
    expect(await statementsOf(customers, posting)).toBe(await statementsOf(customers.slice(0, 2), posting))
  expect(await stage.race.count('customer_address where customer_id = any($1::uuid[])', [customers])).toBe(6)
})

describe('what is refused leaves nothing', () => {
  const count = () =>
    Promise.all(['payment', 'claim', 'claim_line', 'fact'].map(table => stage.race.count(table)))

  it('a way of paying that is not set up', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    const enable = (enabled: boolean) =>
      stage.race.db.owner(`update payment_provider set enabled = $1 where name = 'alipay'`, [enabled])
    await enable(false)
    const before = await count()
    expect(
      await stage.write(tx =>
        openMyPayment(tx, stage.race.kit, [customer], { orderIds: [order!], way: 'alipay' }),
      ),
    ).toMatchObject({ code: 'payment.way', params: { way: 'alipay' } })
    expect(await count()).toEqual(before)
    await enable(true)
  })

  it('a claim under the id of another', async () => {
    const customer = await stage.customer(16_000)
    const [order] = await stage.order(customer, { boxes: 2 })
    await stage.pay(customer, [order!], 'wallet')
    const { kit } = stage.race
    must(await stage.write(tx => shipOrder(tx, kit, order!, { carrier: '示范', waybill: 'W' })))
    must(await stage.write(tx => acceptOrder(tx, kit, order!, {})))
    const asked = {
      ...{ id: newId(), kind: 'missing' as const, lines: [{ no: 1, pieces: 1 }] },
      ...{ reason: '少一箱', photos: [] },
    }
    must(await stage.write(tx => openClaim(tx, kit, order!, asked)))
    const before = await count()
    expect(await stage.write(tx => openClaim(tx, kit, order!, asked))).toMatchObject({
      code: 'claim.exists',
      params: { claim: asked.id },
    })
    expect(await count()).toEqual(before)
  })

  it('a statement of a provider that cannot be reached', async () => {
    const { kit, db } = stage.race
    // where nobody listens
    const { alipay } = merchantSettings(makePayKeys(), 'http://127.0.0.1:9')
    must(await stage.write(tx => putProvider(tx, kit, 'alipay', alipay)))
    expect(await compareDay(kit, stage.scope(), 'alipay', '2025-10-08')).toMatchObject({
      code: 'provider.silent',
      params: { code: 'provider.unreachable' },
    })
    expect(await db.owner('select 1 from provider_statement')).toEqual([])
  })
})

it('a seller is not told whose order it is', async () => {
  const customer = await stage.customer()
  const [order] = await stage.order(customer)
  const reach = { ...stage.race.reach, everything: false, organisationIds: [stage.race.id('coop')] }
  const { items } = await stage.race.kit.app.read(stage.scope(), tx => listOrders(tx, reach, { limit: 50 }))
  expect(items.find(({ id }) => id === order)).toMatchObject({ buyerKind: 'citizen', buyerId: null })
  const told = must(await stage.race.kit.app.read(stage.scope(), tx => readOrder(tx, reach, order!)))
  expect(JSON.stringify([items, told])).not.toContain(customer)
})
