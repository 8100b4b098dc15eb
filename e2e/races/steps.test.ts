import { sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { settleOrder } from '@silian/chains/assurance/settlement/service.ts'
import { decideOrder, evaluateOrder, expireOrder } from '@silian/chains/supply/orders/service.ts'
import {
  runSubscriptions,
  type Subscription,
  type SubscriptionFailure,
} from '@silian/kernel/fact/subscribe.ts'
import { expireHolds } from '@silian/kernel/ledger/holds.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { allSubscriptions } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { worldTime } from '../small-world.ts'
import { codesOf, RaceStage, race } from './stage.ts'

let stage: RaceStage
beforeAll(async () => {
  stage = await RaceStage.open({ ownGrams: 2_000_000 })
})
afterAll(() => stage.close())

const many = (count: number, name: string, to: Parameters<RaceStage['order']>[1]): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => stage.order(`${name} ${i}`, to)))

/** Sends it again while the order is not there yet, as a person would. */
async function until<T>(send: () => Promise<Result<T>>, code: string): Promise<Result<T>> {
  for (;;) {
    const result = await send()
    if (result.ok || result.code !== code) return result
  }
}

const quota = async () => (await stage.account(`quota/declaration/${stage.id('declaration')}`)).balance

it('acceptance, payment and evaluation at the same moment complete an order exactly once', async () => {
  const orders = await many(8, 'once', 'shipped')
  const codes = await Promise.all(orders.map(order => stage.openPayment([order])))
  const results = await race(
    orders.flatMap((order, i) => [
      (): Promise<Result<unknown>> => stage.accept(order),
      () => stage.hear(stage.credit(`once ${i}`, codes[i]!, 8000)),
      () => until(() => stage.evaluate(order), 'order.not_evaluable'),
    ]),
  )
  expect(codesOf(results)).toEqual({ ok: 24 })
  for (const order of orders) {
    const trail = await stage.trail(order)
    expect([...trail].sort()).toEqual(
      ['accepted', 'approved', 'completed', 'evaluated', 'paid', 'placed', 'shipped'].sort(),
    )
    expect(trail.at(-1)).toBe('completed')
  }
  expect(await stage.count(`"order" where completed_at is not null`)).toBe(8)
  expect(await quota()).toBe(8 * 8000)
  expect(await stage.count(`ledger_entry where kind = 'order.completed'`)).toBe(8)
})

const effects = () =>
  Promise.all(['fact', 'ledger_posting', 'settlement', 'settlement_part'].map(table => stage.count(table)))

describe('a settlement', () => {
  const settlement = (handle: Subscription['handle']): Subscription => ({
    ...allSubscriptions(stage.kit).find(each => each.name === 'settlement')!,
    handle,
  })

  it('that dies in the middle leaves nothing, and is made once when it is tried again', async () => {
    await drain(stage.kit.batch, stage.kit.keyring, 'shenzhen', { at: worldTime })
    const failures: SubscriptionFailure[] = []
    const before = await effects()
    const dies = settlement(async (tx, fact) => {
      await settleOrder(tx, stage.kit, fact)
      throw Object.assign(new Error('killed'), { code: 'killed' })
    })
    await runSubscriptions(stage.kit.batch, 'shenzhen', [dies], {
      at: worldTime,
      onFailure: f => failures.push(f),
    })
    expect(failures).toMatchObject([{ name: 'settlement', code: 'killed' }])
    expect(await effects()).toEqual(before)
    expect(
      await stage.db.owner(
        `select failed_index, last_error_code from subscription where name = 'settlement'`,
      ),
    ).toEqual([{ failed_index: failures[0]!.index, last_error_code: 'killed' }])

    // and now by four processes at once
    const whole = allSubscriptions(stage.kit)
    await race(
      Array.from(
        { length: 4 },
        () => () => runSubscriptions(stage.kit.batch, 'shenzhen', whole, { at: worldTime }),
      ),
    )
    expect(await stage.count('settlement')).toBe(8)
    expect(await stage.count(`fact where type = 'order.settled'`)).toBe(8)
    expect(await stage.count(`ledger_entry where kind = 'order.settled'`)).toBe(8)
    expect(
      await stage.db.owner(`select failed_at, last_error_code from subscription where name = 'settlement'`),
    ).toEqual([{ failed_at: null, last_error_code: null }])
    expect(await stage.differences()).toEqual([])
  })
})

it('payout batches of a county at once claim each part once', async () => {
  const send = (name: string) =>
    stage.run(tx =>
      sendBatch(tx, stage.kit, stage.reach, stage.id('finance'), {
        id: stage.id(name),
        countyCode: '451003',
      }),
    )
  const results = await race(['one', 'two', 'three', 'four'].map(name => () => send(name)))
  expect(codesOf(results)).toEqual({ ok: 1, 'payout.nothing_owed': 3 })
  expect(await stage.count('settlement_part where payout_id is null')).toBe(0)
  // each order's 80 yuan: 10 for half its 5 kg at 4 yuan, 8 as 10 % over the shares
  expect(await stage.db.owner('select total_fen, households from payout_batch')).toEqual([
    { total_fen: 8 * (1000 + 800), households: 2 },
  ])
  expect(await stage.db.owner('select amount_fen from payout_item order by amount_fen')).toEqual([
    { amount_fen: 6400 },
    { amount_fen: 8000 },
  ])
  for (const household of ['h1', 'h2'])
    expect(await stage.account(`payable/household/${stage.id(household)}`)).toEqual({ balance: 0, held: 0 })
})

it('an approval and the expiry of the same order: one of them, and nothing stays reserved by mistake', async () => {
  const orders = await many(12, 'expiring', 'placed')
  const held = async () => [
    (await stage.account(`stock/lot/${stage.id('lot1')}`)).held,
    (await stage.account(`budget/declaration/${stage.id('declaration')}`)).held,
  ]
  const [stockBefore, budgetBefore] = await held()
  const approve = (order: string, days: number) =>
    stage.run(tx => decideOrder(tx, stage.kit, order, { approve: true, note: '' }), {
      actor: 'approver',
      days,
    })
  const results = await race(
    orders.map(order => async () => {
      const [approved] = await Promise.all([
        // a moment before its time
        approve(order, 14.999),
        stage.run(async tx => ok(await expireOrder(tx, stage.kit, order)), { days: 15 }),
        stage.run(async tx => ok(await expireHolds(tx, 500)), { days: 15 }),
      ])
      return approved
    }),
  )
  let alive = 0
  for (const [i, result] of results.entries()) {
    const [row] = await stage.db.owner<{ state: string }>('select state from "order" where id = $1', [
      orders[i],
    ])
    const trail = await stage.trail(orders[i]!)
    if (result.ok) alive += 1
    else expect(['order.wrong_state', 'order.expired']).toContain(result.code)
    if (row!.state === 'in_approval') {
      // the sweeper took its holds between the two: the job ends it at its next round
      must(await stage.run(async tx => ok(await expireOrder(tx, stage.kit, orders[i]!)), { days: 15 }))
    } else
      expect([row!.state, trail]).toEqual([
        result.ok ? 'approved' : 'expired',
        ['placed', result.ok ? 'approved' : 'expired'],
      ])
  }
  expect(await held()).toEqual([stockBefore! - (12 - alive) * 5000, budgetBefore! - (12 - alive) * 8000])
  expect(codesOf([await approve(orders[results.findIndex(r => !r.ok)] ?? orders[0]!, 15)])).toEqual({
    'order.wrong_state': 1,
  })
  expect(await stage.differences()).toEqual([])
})

it('an evaluation sent twice at once counts once', async () => {
  const order = await stage.order('evaluated', 'accepted')
  const results = await race(
    [5, 1].map(
      score => () =>
        stage.run(tx => evaluateOrder(tx, stage.kit, order, { score, text: '' }), { actor: `by ${score}` }),
    ),
  )
  expect(codesOf(results)).toEqual({ ok: 1, 'order.not_evaluable': 1 })
  expect(await stage.trail(order)).toEqual(['placed', 'approved', 'shipped', 'accepted', 'evaluated'])
})

it('nothing of this has deadlocked', async () => {
  expect(await stage.deadlocks()).toBe(0)
})
