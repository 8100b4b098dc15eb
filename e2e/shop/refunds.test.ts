import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { erasable } from '@silian/chains/declared.ts'
import { eraseMe } from '@silian/chains/supply/customers/erase.ts'
import { takeOff } from '@silian/chains/supply/delivery/off.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { lockOrder } from '@silian/chains/supply/orders/row.ts'
import { acceptOrder } from '@silian/chains/supply/orders/service.ts'
import { followRefunds } from '@silian/chains/supply/payments/jobs.ts'
import type { RefundState } from '@silian/chains/supply/payments/providers/provider.ts'
import { refundOrder } from '@silian/chains/supply/payments/refund.ts'
import { askRefund, keepState, refundOfNo } from '@silian/chains/supply/payments/refund-ask.ts'
import { refundQuery } from '@silian/chains/supply/payments/refund-contract.ts'
import { listRefunds } from '@silian/chains/supply/payments/refund-reads.ts'
import { compareDay } from '@silian/chains/supply/payments/statements.ts'
import { decideRefund } from '@silian/chains/supply/payments/unfit.ts'
import { cancelPurchase } from '@silian/chains/supply/purchases/service.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { balances } from '@silian/kernel/ledger/accounts.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { carryErasures } from '@silian/kernel/retention/job.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOX, PayStage } from './pay-stage.ts'

let stage: PayStage
beforeAll(async () => {
  stage = await PayStage.open()
})
afterAll(() => stage.end())

const refundOf = async (order: string) =>
  (
    await stage.race.db.owner<{
      id: string
      state: string
      failure: string | null
      provider_no: string | null
      by_bank: boolean
    }>('select id, state, failure, provider_no, by_bank from refund where order_id = $1', [order])
  )[0]!
const cancel = (order: string) => stage.write(tx => cancelPurchase(tx, stage.race.kit, order, '不要了'))
const ask = (refund: string) => askRefund(stage.race.kit, stage.scope(), refund)
const atTheTill = (refund: string) =>
  [...stage.sandbox.till.refunds.values()].find(({ refundNo }) => refundNo === refund.replaceAll('-', ''))!
const tookOff = (order: string, pieces = 1) =>
  stage.write(async tx =>
    takeOff(tx, stage.race.kit, await lockOrder(tx, order), {
      ...{ id: newId(), cause: 'quality', lines: [{ no: 1, pieces }], holder: stage.race.id('coop') },
    }),
  )

/** Paid by a provider, cancelled, and asked of the provider, which takes its time. */
async function pending(way: 'wechat' | 'alipay'): Promise<{ order: string; refund: string }> {
  const customer = await stage.customer()
  const [order] = await stage.order(customer)
  await stage.confirm(way, await stage.pay(customer, [order!], way))
  stage.sandbox.till.slowRefunds = true
  must(await cancel(order!))
  const { id } = await refundOf(order!)
  await ask(id)
  stage.sandbox.till.slowRefunds = false
  expect(await refundOf(order!)).toMatchObject({ state: 'asked' })
  return { order: order!, refund: id }
}

describe('a refund to the wallet of somebody who was erased', () => {
  const gone = async (customer: string): Promise<string> => {
    const { erasure } = must(
      await stage.write<{ erasure: string }>(tx => eraseMe(tx, { kind: 'customer', id: customer } as never)),
    )
    const carry = () => carryErasures(stage.race.kit, erasable, stage.scope(), erasure)
    await carry()
    const [row] = await stage.race.db.owner<{ state: string }>('select state from erasure where id = $1', [
      erasure,
    ])
    return row!.state
  }
  const accepted = async (buyer: string, friend: string, boxes = 2): Promise<string> => {
    const [order] = await stage.order(buyer, { boxes })
    await stage.pay(friend, [order!], 'wallet', 3001)
    await stage.confirm('wechat', await stage.pay(buyer, [order!], 'wechat'))
    must(await stage.write(tx => shipOrder(tx, stage.race.kit, order!, { carrier: '示范', waybill: 'W' })))
    expect(await gone(friend)).toBe('waiting')
    must(await stage.write(tx => acceptOrder(tx, stage.race.kit, order!, {})))
    return order!
  }

  it('goes to the buyer it was paid for, to the fen', async () => {
    const [buyer, friend] = [await stage.customer(), await stage.customer(3001)]
    const order = await accepted(buyer, friend)
    expect(await gone(friend)).not.toBe('waiting')
    must(await tookOff(order))
    // 80 yuan of 160, of which 30.01 came from the wallet: the half of it rounded by the larger remainder
    expect(await stage.refunds(order)).toEqual([
      { source: 'wallet', fen: 1501, state: 'done' },
      { source: 'wechat', fen: 6499, state: 'ordered' },
    ])
    expect([
      await stage.balance(`wallet/customer/${buyer}`),
      await stage.balance(`wallet/customer/${friend}`),
      await stage.balance(`escrow/order/${order}`),
    ]).toEqual([1501, 0, BOX])
    await stage.askRefunds()
  })

  it('waits for a person and the bank where the buyer is gone too', async () => {
    const [buyer, friend] = [await stage.customer(), await stage.customer(3001)]
    const order = await accepted(buyer, friend)
    await gone(friend)
    expect(await gone(buyer)).not.toBe('waiting')
    const before = await stage.balance('returning/bank')
    must(await tookOff(order, 2))
    expect(await stage.refunds(order)).toEqual([
      { source: 'bank', fen: 3001, state: 'ordered' },
      { source: 'wechat', fen: 12_999, state: 'ordered' },
    ])
    expect(await stage.balance('returning/bank')).toBe(before + 3001)
    const [row] = await stage.race.db.owner<{ id: string }>(
      `select id from refund where order_id = $1 and source = 'bank'`,
      [order],
    )
    must(
      await stage.write(tx =>
        decideRefund(tx, stage.race.kit, row!.id, { outcome: 'done', reference: 'B-1' }),
      ),
    )
    expect(await stage.balance('returning/bank')).toBe(before)
    await stage.askRefunds()
  })
})

describe('a refund that its provider will not do', () => {
  const decide = (refund: string, decision: Parameters<typeof decideRefund>[3]) =>
    stage.write(tx => decideRefund(tx, stage.race.kit, refund, decision))

  it('closed, is asked for again under a number of its own, and comes once', async () => {
    const { order, refund } = await pending('wechat')
    stage.sandbox.till.end(atTheTill(refund), 'closed')
    await ask(refund)
    expect(await refundOf(order)).toMatchObject({ state: 'failed', failure: 'CLOSED' })
    expect(await stage.balance('returning/wechat')).toBe(BOX)
    must(await decide(refund, { outcome: 'again' }))
    await ask(refund)
    const { state, provider_no: number } = await refundOf(order)
    expect([state, number === refund, atTheTill(number!).fen]).toEqual(['done', false, BOX])
    expect(await stage.balance('returning/wechat')).toBe(0)
    // what the provider still tells of it changes nothing
    await stage.write(async tx => {
      await keepState(tx, stage.race.kit, { id: refund, number: number! }, { state: 'failed', why: 'CLOSED' })
      return ok(null)
    })
    expect((await refundOf(order)).state).toBe('done')
  })

  /** Closed and asked for again, which takes its time: what its provider says of a number is heard from now on. */
  const askedTwice = async () => {
    const { order, refund } = await pending('wechat')
    stage.sandbox.till.end(atTheTill(refund), 'closed')
    await ask(refund)
    must(await decide(refund, { outcome: 'again' }))
    stage.sandbox.till.slowRefunds = true
    await ask(refund)
    stage.sandbox.till.slowRefunds = false
    const { provider_no: second } = await refundOf(order)
    const hear = (number: string, told: RefundState) =>
      stage.write(async tx => {
        const asked = await refundOfNo(tx, number)
        expect(asked).toEqual({ id: refund, number })
        await keepState(tx, stage.race.kit, asked!, told)
        return ok(null)
      })
    return { order, refund, second: second!, hear }
  }

  it('a late word that the first number is closed closes nothing of the second, so there is no third', async () => {
    const { order, refund, second, hear } = await askedTwice()
    must(await hear(refund, { state: 'failed', why: 'CLOSED' }))
    expect(await refundOf(order)).toMatchObject({ state: 'asked', failure: null, provider_no: second })
    expect(await decide(refund, { outcome: 'again' })).toMatchObject({ code: 'refund.not_waiting' })
    stage.sandbox.till.end(atTheTill(second), 'done')
    await ask(refund)
    expect(await refundOf(order)).toMatchObject({ state: 'done', provider_no: second })
    expect(await stage.balance('returning/wechat')).toBe(0)
  })

  it('done under the first number after all, is done by it, and asked for no more', async () => {
    const { order, refund, second, hear } = await askedTwice()
    must(await hear(refund, { state: 'done', reference: 'R-1' }))
    expect(await refundOf(order)).toMatchObject({ state: 'done', provider_no: null })
    must(await hear(second, { state: 'failed', why: 'CLOSED' }))
    must(await hear(second, { state: 'done', reference: 'R-2' }))
    await ask(refund)
    expect(await refundOf(order)).toMatchObject({ state: 'done', provider_no: null })
    expect(await stage.balance('returning/wechat')).toBe(0)
  })

  it('abnormal, is paid by the bank: what the provider kept stays with it, and no statement misses it', async () => {
    const { order, refund } = await pending('wechat')
    stage.sandbox.till.end(atTheTill(refund), 'abnormal')
    await ask(refund)
    expect(await refundOf(order)).toMatchObject({ state: 'failed', failure: 'ABNORMAL' })
    // asked again it is the same number, and still abnormal
    must(await decide(refund, { outcome: 'again' }))
    await ask(refund)
    expect(await refundOf(order)).toMatchObject({ state: 'failed', provider_no: null })
    const outside = () =>
      stage.race.kit.app.read(stage.scope(), async tx => {
        const found = await balances(tx, ['world/bank', 'world/provider/wechat'])
        return ['world/bank', 'world/provider/wechat'].map(account => found.get(account)!.balance)
      })
    const [bank, provider] = await outside()
    must(await decide(refund, { outcome: 'done', reference: 'B-2' }))
    expect(await refundOf(order)).toMatchObject({ state: 'done', by_bank: true, failure: null })
    expect([await stage.balance('returning/wechat'), ...(await outside())]).toEqual([
      0,
      bank! + BOX,
      provider,
    ])
    expect(await decide(refund, { outcome: 'again' })).toMatchObject({ code: 'refund.not_waiting' })
  })
})

it.each(['wechat', 'alipay'] as const)(
  'a refund asked of %s before midnight and done after it is compared with the day that booked it',
  async way => {
    stage.minutes = 0
    const days = ['2025-10-08', '2025-10-09'] as const
    const compare = (day: string) =>
      compareDay(stage.race.kit, stage.scope(), way, day).then(found => must(found).found)
    const before = [await compare(days[0]), await compare(days[1])]
    const { order, refund } = await pending(way)
    stage.minutes = 16 * 60
    stage.sandbox.till.end(atTheTill(refund), 'done')
    // heard of a day later still
    stage.minutes = 48 * 60
    await ask(refund)
    expect(await refundOf(order)).toMatchObject({ state: 'done' })
    expect([await compare(days[0]), await compare(days[1])]).toEqual(before)
    const [row] = await stage.race.db.owner<{ day: string }>(
      `select (booked_at at time zone 'Asia/Shanghai')::date::text as day from refund where id = $1`,
      [refund],
    )
    expect(row!.day).toBe(days[1])
    stage.minutes = 0
  },
)

it('a refund that a server of before wrote without its time of booking is compared with the day it was done', async () => {
  const compare = () =>
    compareDay(stage.race.kit, stage.scope(), 'wechat', '2025-10-08').then(found => must(found).found)
  const { refund } = await pending('wechat')
  stage.sandbox.till.end(atTheTill(refund), 'done')
  await ask(refund)
  const before = await compare()
  await stage.race.db.owner('update refund set booked_at = null where id = $1', [refund])
  expect(await compare()).toBe(before)
})

it('is found when it is done, by day, state, order and number, a page after another', async () => {
  const { order, refund } = await pending('wechat')
  const other = await pending('alipay')
  const list = (query: object) =>
    stage.race.kit.app.read(stage.scope(), tx =>
      listRefunds(tx, everythingOf('shenzhen'), refundQuery.parse({ limit: '200', ...query })),
    )
  const found = (query: object) => list(query).then(({ items }) => items.map(({ id }) => id))
  stage.sandbox.till.end(atTheTill(refund), 'done')
  await ask(refund)
  const [row] = (await list({ text: refund.replaceAll('-', '') })).items
  expect(row).toMatchObject({
    id: refund,
    state: 'done',
    refundNo: refund.replaceAll('-', ''),
    orderId: order,
  })
  for (const text of [row!.orderNumber!, row!.reference!]) expect(await found({ text })).toEqual([refund])
  expect(await found({ text: 'nothing' })).toEqual([])
  const done = await found({ state: 'done' })
  expect([done.includes(refund), done.includes(other.refund)]).toEqual([true, false])
  const day = '2025-10-08'
  expect(await found({ from: day, to: day })).toEqual(expect.arrayContaining([refund, other.refund]))
  expect([await found({ from: '2025-10-09' }), await found({ to: '2025-10-07' })]).toEqual([[], []])
  const first = await list({ limit: '1' })
  const second = await list({ limit: '1', after: first.next })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual((await found({})).slice(0, 2))
  stage.sandbox.till.end(atTheTill(other.refund), 'done')
  await ask(other.refund)
})

it('one job follows one refund, however long its provider is down', async () => {
  const { refund } = await pending('alipay')
  const jobs = async () =>
    (
      await stage.race.kit.batch.pool.query(
        `select 1 from graphile_worker._private_jobs where payload -> 'input' ->> 'refund' = $1`,
        [refund],
      )
    ).rows
  expect(await jobs()).toHaveLength(1)
  for (let n = 1; n <= 3; n++) {
    stage.minutes = n * 11
    await followRefunds.run({ kit: stage.race.kit, scope: stage.scope() } as never, {})
    // it goes behind all others
    const [row] = await stage.race.db.owner<{ asked_at: Date }>('select asked_at from refund where id = $1', [
      refund,
    ])
    expect(row!.asked_at).toEqual(stage.now)
  }
  stage.minutes = 0
  expect(await jobs()).toHaveLength(1)
})

it('more than was paid, and nothing at all, is not given back, and nothing is left of it', async () => {
  const customer = await stage.customer(BOX)
  const [order] = await stage.order(customer)
  await stage.pay(customer, [order!], 'wallet')
  const count = () => Promise.all(['refund', 'order_return', 'fact'].map(table => stage.race.count(table)))
  const before = await count()
  const back = (fen: number) =>
    stage.write(tx =>
      refundOrder(tx, stage.race.kit, {
        ...{ orderId: order!, lines: [{ no: 1, pieces: 1, fen }], reason: 'quality' },
      }),
    )
  expect(await back(BOX + 1)).toMatchObject({ code: 'refund.too_much', params: { leftFen: BOX } })
  expect(await back(0)).toMatchObject({ code: 'refund.nothing' })
  expect(await count()).toEqual(before)
  expect(await stage.balance(`wallet/customer/${customer}`)).toBe(0)
})

it('all of it follows from the log', async () => {
  await stage.race.world.drain()
  expect((await checkProgramme(stage.race.kit, 'shenzhen')).differences).toEqual([])
})
