import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { moveClaim, openClaim } from '@silian/chains/supply/claims/service.ts'
import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { takeOff } from '@silian/chains/supply/delivery/off.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { lockOrder } from '@silian/chains/supply/orders/row.ts'
import { acceptOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { expireUnpaid } from '@silian/chains/supply/payments/expiry.ts'
import { compareStatements } from '@silian/chains/supply/payments/jobs.ts'
import { takeWallet } from '@silian/chains/supply/payments/paid.ts'
import { openMyPayment } from '@silian/chains/supply/payments/pay.ts'
import { readMyPayment } from '@silian/chains/supply/payments/reads.ts'
import { countDisbelieved } from '@silian/chains/supply/payments/statement-reads.ts'
import { compareDay } from '@silian/chains/supply/payments/statements.ts'
import { sendBack } from '@silian/chains/supply/payments/unfit.ts'
import { heldOf } from '@silian/chains/supply/payments/unfit-trade.ts'
import { acceptSilent, acceptUntold } from '@silian/chains/supply/purchases/jobs.ts'
import { readPurchase } from '@silian/chains/supply/purchases/reads.ts'
import { acceptSilently, cancelPurchase, countSilently } from '@silian/chains/supply/purchases/service.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { balances } from '@silian/kernel/ledger/accounts.ts'
import { checkLedger } from '@silian/kernel/ledger/check.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { listRoutes } from '@silian/server/lists/routes.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOX, PayStage } from './pay-stage.ts'

let stage: PayStage
beforeAll(async () => {
  stage = await PayStage.open()
})
afterAll(() => stage.end())

const escrow = (order: string) => stage.balance(`escrow/order/${order}`)
const expire = (order: string) =>
  stage.write(async tx => {
    await expireUnpaid(tx, stage.race.kit, order)
    return ok(null)
  })
const receipts = (payment: string) =>
  stage.race.db.owner<{ state: string; reason: string | null }>(
    'select state, reason from provider_receipt where payment_id = $1 order by received_at, reference',
    [payment],
  )
/** Whether an order and a payment say to their buyer that money is being checked. */
const told = (customer: string, order: string, payment: string) =>
  stage.race.kit.app.read(stage.scope(), async tx => {
    const own = { ...everythingOf(tx.programme), everything: false, personIds: [customer] }
    const purchase = must(await readPurchase(tx, stage.race.kit, own, order))
    return [purchase.checking, must(await readMyPayment(tx, own, payment)).checking]
  })
const verdicts = async () =>
  (
    await stage.race.db.owner<{ verdict: string; n: number }>(
      'select verdict, count(*)::int as n from provider_message group by 1',
    )
  ).reduce<Record<string, number>>((sum, row) => ({ ...sum, [row.verdict]: row.n }), {})

describe.each(['wechat', 'alipay'] as const)('a payment by %s', way => {
  it('takes the order on, once however often it is told', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer, { boxes: 2 })
    const payment = await stage.pay(customer, [order!], way)
    const [row] = await stage.race.db.owner<{ code: string }>('select code from payment where id = $1', [
      payment,
    ])
    expect(stage.trade(way, payment).title).toBe(`四链 ${row!.code}`)
    expect(await stage.state(order!)).toMatchObject({ state: 'awaiting_payment', paid: false })
    expect(await stage.confirm(way, payment, 'double')).toEqual([200, 200])
    expect(await stage.state(order!)).toMatchObject({ state: 'approved', paid: true })
    expect(await escrow(order!)).toBe(2 * BOX)
    expect(await receipts(payment)).toEqual([{ state: 'matched', reason: null }])
    const answered = await stage.sandbox.notify(stage.trade(way, payment))
    expect(answered).toEqual({ status: 200, body: way === 'wechat' ? '' : 'success' })
    expect(await escrow(order!)).toBe(2 * BOX)
  })

  it('is refused where another hand signed, and leaves the message alone', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    const payment = await stage.pay(customer, [order!], way)
    const before = await verdicts()
    expect(await stage.confirm(way, payment, 'forged')).toEqual([401])
    expect((await verdicts())['notice.forged']).toBe((before['notice.forged'] ?? 0) + 1)
    expect(await stage.state(order!)).toMatchObject({ state: 'awaiting_payment', paid: false })
    expect(await receipts(payment)).toEqual([])
    // the word that was never forged is found by asking
    await stage.ask(payment)
    expect(await stage.state(order!)).toMatchObject({ state: 'approved', paid: true })
  })

  it('of another sum is kept, not allotted, and listed', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    const payment = await stage.pay(customer, [order!], way)
    const before = await stage.balance('suspense/provider')
    expect(await told(customer, order!, payment)).toEqual([false, false])
    expect(await stage.confirm(way, payment, 'amount')).toEqual([200])
    expect(await receipts(payment)).toEqual([{ state: 'suspense', reason: 'amount_differs' }])
    expect(await stage.balance('suspense/provider')).toBe(before + BOX + 1)
    expect(await stage.state(order!)).toMatchObject({ state: 'awaiting_payment', paid: false })
    // its buyer is told, also by the payment that they open anew
    expect(await told(customer, order!, payment)).toEqual([true, true])
    stage.minutes = 5
    const anew = await stage.pay(customer, [order!], way)
    expect(anew).not.toBe(payment)
    expect(await told(customer, order!, anew)).toEqual([true, true])
    stage.minutes = 0
  })

  it('that comes after the time goes back to its source by itself', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    const payment = await stage.pay(customer, [order!], way)
    stage.minutes = 31
    await expire(order!)
    expect(await stage.state(order!)).toMatchObject({ state: 'expired', paid: false })
    expect(await stage.confirm(way, payment)).toEqual([200])
    expect(await receipts(payment)).toEqual([{ state: 'returning', reason: 'late' }])
    expect(await stage.balance(`returning/${way}`)).toBe(BOX)
    await stage.askRefunds()
    expect(await stage.balance(`returning/${way}`)).toBe(0)
    expect([...stage.sandbox.till.refunds.values()].at(-1)).toMatchObject({ provider: way, fen: BOX })
    expect(await stage.state(order!)).toMatchObject({ state: 'expired', paid: false })
    stage.minutes = 0
  })

  it('before our own answer was kept, and without any callback, is found', async () => {
    const customer = await stage.customer()
    const [first] = await stage.order(customer)
    const early = await stage.pay(customer, [first!], way)
    await stage.race.db.owner('update payment set pay_url = null where id = $1', [early])
    expect(await stage.confirm(way, early)).toEqual([200])
    expect(await stage.state(first!)).toMatchObject({ state: 'approved', paid: true })
    const [second] = await stage.order(customer)
    const silent = await stage.pay(customer, [second!], way)
    // the process that held the goods is gone; another asks
    expect(await stage.confirm(way, silent, 'silent')).toEqual([])
    await stage.close(silent)
    expect(await stage.state(second!)).toMatchObject({ state: 'approved', paid: true })
  })

  it('goes back also where the request for it was lost on its way', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    await stage.confirm(way, await stage.pay(customer, [order!], way))
    must(await stage.write(tx => cancelPurchase(tx, stage.race.kit, order!, '不要了')))
    // kept as asked for, and never heard of there
    await stage.race.db.owner(
      `update refund set state = 'asked', asked_at = ordered_at where order_id = $1`,
      [order],
    )
    await stage.askRefunds()
    expect(await stage.refunds(order!)).toEqual([{ source: way, fen: BOX, state: 'done' }])
    expect(await stage.balance(`returning/${way}`)).toBe(0)
  })
})

it('what a stranger opened keeps no buyer from paying all of it, and goes back where it is paid', async () => {
  const [customer, stranger] = [await stage.customer(), await stage.customer()]
  const [order] = await stage.order(customer)
  const others = [
    await stage.pay(stranger, [order!], 'wechat', 1),
    await stage.pay(await stage.customer(), [order!], 'alipay'),
  ]
  const own = await stage.pay(customer, [order!], 'wechat')
  expect(stage.trade('wechat', own).fen).toBe(BOX)
  await stage.confirm('wechat', others[0]!)
  expect(await receipts(others[0]!)).toEqual([{ state: 'returning', reason: 'late' }])
  await stage.confirm('wechat', own)
  expect(await stage.state(order!)).toMatchObject({ state: 'approved', paid: true })
  expect(await escrow(order!)).toBe(BOX)
  await stage.askRefunds()
})

it('what was opened for an order is closed with its provider when the order is cancelled', async () => {
  const customer = await stage.customer()
  const [order] = await stage.order(customer)
  const payment = await stage.pay(customer, [order!], 'wechat')
  must(await stage.write(tx => cancelPurchase(tx, stage.race.kit, order!, '不要了')))
  const { rows } = await stage.race.db.batch.pool.query(
    'select 1 from graphile_worker._private_jobs where payload::text like $1',
    [`%${payment}%`],
  )
  expect(rows).toHaveLength(1)
})

it('an old word of WeChat Pay is not believed', async () => {
  const customer = await stage.customer()
  const [order] = await stage.order(customer)
  const payment = await stage.pay(customer, [order!], 'wechat')
  expect(await stage.confirm('wechat', payment, 'stale')).toEqual([401])
  expect(await stage.state(order!)).toMatchObject({ state: 'awaiting_payment' })
  expect((await verdicts())['notice.stale']).toBe(1)
  await stage.ask(payment)
  expect(await stage.state(order!)).toMatchObject({ state: 'approved' })
})

it('paid twice, by two ways, keeps one and gives the other back', async () => {
  const customer = await stage.customer()
  const [order] = await stage.order(customer)
  const first = await stage.pay(customer, [order!], 'wechat')
  const second = await stage.pay(customer, [order!], 'alipay')
  expect(await stage.confirm('alipay', second)).toEqual([200])
  expect(await stage.confirm('wechat', first)).toEqual([200])
  expect(await receipts(first)).toEqual([{ state: 'returning', reason: 'late' }])
  expect(await escrow(order!)).toBe(BOX)
  await stage.askRefunds()
  expect(await stage.balance('returning/wechat')).toBe(0)
})

it('a provider that never answers keeps only the one who waits for it', async () => {
  const [waiting, other] = [await stage.customer(), await stage.customer(BOX)]
  const [slow] = await stage.order(waiting)
  stage.sandbox.till.asleep = true
  let answered = false
  const asked = stage.pay(waiting, [slow!], 'wechat').then(id => {
    answered = true
    return id
  })
  const [quick] = await stage.order(other)
  await stage.pay(other, [quick!], 'wallet')
  expect(await stage.state(quick!)).toMatchObject({ state: 'approved', paid: true })
  expect(answered).toBe(false)
  const [locks] = await stage.race.db.owner<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  )
  expect(locks!.n).toBe(0)
  stage.sandbox.till.asleep = false
  stage.sandbox.hangUp()
  expect(await asked).toBeTypeOf('string')
})

it('what was not believed is counted by day, and nothing of it is told', async () => {
  const counted = await stage.race.kit.app.read(stage.scope(), tx =>
    countDisbelieved(tx, everythingOf('shenzhen')),
  )
  const all = await verdicts()
  expect(counted.map(({ provider, day, verdict, count }) => [provider, day, verdict, count])).toEqual([
    ['alipay', '2025-10-08', 'notice.forged', 1],
    ['wechat', '2025-10-08', 'notice.forged', 1],
    ['wechat', '2025-10-08', 'notice.stale', 1],
  ])
  expect(all).toMatchObject({ 'notice.forged': 2, 'notice.stale': 1 })
  expect(Object.keys(counted[0]!)).toEqual(['day', 'provider', 'verdict', 'count', 'lastAt'])
})

it('several orders are paid in one, and several payers pay one', async () => {
  const [one, two] = [await stage.customer(), await stage.customer(3000)]
  const orders = await stage.order(one, { both: true })
  expect(orders).toHaveLength(2)
  const together = await stage.pay(one, orders, 'alipay')
  await stage.confirm('alipay', together)
  for (const order of orders) expect(await stage.state(order)).toMatchObject({ state: 'approved' })
  const [shared] = await stage.order(one)
  await stage.pay(two, [shared!], 'wallet', 3000)
  expect(await stage.state(shared!)).toMatchObject({ state: 'awaiting_payment', paid: false })
  const rest = await stage.pay(one, [shared!], 'wechat')
  expect(stage.trade('wechat', rest).fen).toBe(BOX - 3000)
  await stage.confirm('wechat', rest)
  expect(await stage.state(shared!)).toMatchObject({ state: 'approved', paid: true })
  // cancelled before it is sent: each has back what they paid
  must(await stage.write(tx => cancelPurchase(tx, stage.race.kit, shared!, '不要了')))
  await stage.askRefunds()
  expect(await stage.refunds(shared!)).toEqual([
    { source: 'wallet', fen: 3000, state: 'done' },
    { source: 'wechat', fen: BOX - 3000, state: 'done' },
  ])
  expect(await stage.balance(`wallet/customer/${two}`)).toBe(3000)
  expect([await escrow(shared!), await stage.state(shared!)]).toEqual([
    0,
    expect.objectContaining({ state: 'cancelled', refunded: BOX }),
  ])
})

it('refuses what cannot be paid, and leaves nothing', async () => {
  const [customer, poor] = [await stage.customer(), await stage.customer(1)]
  const [order] = await stage.order(customer)
  const count = () => stage.race.count('payment')
  const before = await count()
  const open = (orderIds: string[], way: 'wechat' | 'wallet', fen?: number) =>
    stage.write(tx =>
      openMyPayment(tx, stage.race.kit, [poor], { id: newId(), orderIds, way, ...(fen && { fen }) }),
    )
  expect(await open([order!], 'wallet')).toMatchObject({
    code: 'payment.over_wallet',
    params: { leftFen: 1 },
  })
  expect(await open([order!], 'wechat', BOX + 1)).toMatchObject({ code: 'payment.too_much' })
  expect(await open([newId()], 'wechat')).toMatchObject({ code: 'order.not_found' })
  expect(await count()).toBe(before)
  const id = await stage.pay(customer, [order!], 'wechat')
  expect(await open([order!], 'wechat')).toMatchObject({ code: 'payment.already_open' })
  expect(
    await stage.write(tx =>
      openMyPayment(tx, stage.race.kit, [customer], { id, orderIds: [order!], way: 'alipay' }),
    ),
  ).toMatchObject({ code: 'payment.exists', params: { payment: id } })
  stage.minutes = 30
  expect(await open([order!], 'wechat')).toMatchObject({ code: 'payment.not_payable' })
  stage.minutes = 0
  expect(await count()).toBe(before + 1)
})

it('an order that nobody pays gives back goods, wallet and what another paid of it', async () => {
  const [customer, other] = [await stage.customer(5000), await stage.customer()]
  const stock = await stage.race.account(`stock/lot/${stage.race.id('lot1')}`)
  const [order] = await stage.order(customer, { boxes: 2, walletFen: 5000 })
  expect((await stage.race.account(`wallet/customer/${customer}`)).held).toBe(5000)
  const part = await stage.pay(other, [order!], 'alipay', 4000)
  await stage.confirm('alipay', part)
  stage.minutes = 31
  await expire(order!)
  await stage.askRefunds()
  expect(await stage.refunds(order!)).toEqual([{ source: 'alipay', fen: 4000, state: 'done' }])
  expect(await escrow(order!)).toBe(0)
  expect((await stage.race.account(`stock/lot/${stage.race.id('lot1')}`)).balance).toBe(stock.balance)
  stage.minutes = 0
})

it('a statement of the day is compared with ours, and every difference is listed', async () => {
  const { kit } = stage.race
  const day = '2025-10-08'
  const found = () =>
    stage.race.db.owner<{ kind: string; ours: number; theirs: number }>(
      `select kind, ours_fen::int as ours, theirs_fen::int as theirs from provider_difference
        where settled_at is null and provider = $1 order by kind`,
      ['wechat'],
    )
  await stage.askRefunds()
  for (const way of ['wechat', 'alipay'] as const)
    expect(await compareDay(kit, stage.scope(), way, day)).toMatchObject({ value: { found: 1 } })
  // what was signed with another sum than was paid differs by that fen, and nothing else does
  expect(await found()).toEqual([{ kind: 'payment_amount', ours: BOX + 1, theirs: BOX }])
  const [customer] = [await stage.customer()]
  const [order] = await stage.order(customer)
  const silent = await stage.pay(customer, [order!], 'wechat')
  await stage.confirm('wechat', silent, 'silent')
  await stage.race.db.owner(`delete from provider_statement_line`)
  expect(await compareDay(kit, stage.scope(), 'wechat', day)).toMatchObject({ value: { found: 2 } })
  expect((await found()).map(({ kind }) => kind)).toEqual(['payment_amount', 'payment_missing_here'])
  // it is asked for, and the difference is gone with the next comparison
  await stage.close(silent)
  expect(await compareDay(kit, stage.scope(), 'wechat', day)).toMatchObject({ value: { found: 1 } })
  expect((await found()).map(({ kind }) => kind)).toEqual(['payment_amount'])
  // what was settled by itself is open again when it is found again
  await stage.race.db.owner(`update provider_difference set settled_at = found_at, settled_by = 'system'`)
  expect(await found()).toEqual([])
  await compareDay(kit, stage.scope(), 'wechat', day)
  expect((await found()).map(({ kind }) => kind)).toEqual(['payment_amount'])
})

it('days that nobody compared are caught up with', async () => {
  const { kit, db } = stage.race
  await db.owner('delete from provider_statement')
  stage.minutes = 2 * 1440
  await compareStatements.run({ kit, scope: stage.scope() } as never, {})
  stage.minutes = 0
  expect(await db.owner('select provider, day from provider_statement order by day, provider')).toEqual(
    ['2025-10-08', '2025-10-09'].flatMap(day => ['alipay', 'wechat'].map(provider => ({ provider, day }))),
  )
})

describe.each(['wechat', 'alipay'] as const)('money by %s that fits nothing', way => {
  const held = (reference: string) => heldOf(stage.race.kit, stage.scope(), way, reference)
  const back = (reference: string, fen: number) =>
    stage.write(tx => sendBack(tx, stage.race.kit, { provider: way, reference, fen }))

  it('goes back as its provider has it, and what a notice told beside is listed', async () => {
    const [unfit] = await stage.race.db.owner<{ reference: string; payment_id: string }>(
      `select reference, payment_id from provider_receipt where state = 'suspense' and provider = $1`,
      [way],
    )
    const { reference, payment_id } = unfit!
    await stage.race.db.owner('delete from provider_difference where reference = $1', [reference])
    const outside = () =>
      stage.race.kit.app.read(stage.scope(), async tx => {
        const found = await balances(tx, [`world/provider/${way}`])
        return found.get(`world/provider/${way}`)!.balance
      })
    const [suspense, before] = [await stage.balance('suspense/provider'), await outside()]
    expect(must(await held(reference))).toEqual({ toldFen: BOX + 1, hasFen: BOX })
    must(await back(reference, BOX))
    expect([
      await stage.balance('suspense/provider'),
      await stage.balance(`returning/${way}`),
      await outside(),
    ]).toEqual([suspense - BOX - 1, BOX, before + 1])
    const differences = () =>
      stage.race.db.owner(
        `select kind, day, ours_fen::int as ours, theirs_fen::int as theirs, settled_at from provider_difference where reference = $1`,
        [reference],
      )
    const listed = [
      { kind: 'payment_amount', day: '2025-10-08', ours: BOX + 1, theirs: BOX, settled_at: null },
    ]
    expect(await differences()).toEqual(listed)
    expect(await back(reference, BOX)).toMatchObject({ code: 'receipt.not_waiting' })
    await stage.askRefunds()
    expect(
      await stage.race.db.owner(
        'select state, amount_fen::int as fen, failure from refund where payment_id = $1',
        [payment_id],
      ),
    ).toEqual([{ state: 'done', fen: BOX, failure: null }])
    expect(await stage.balance(`returning/${way}`)).toBe(0)
    // the day's statement says the same, so a person still settles it
    must(await compareDay(stage.race.kit, stage.scope(), way, '2025-10-08'))
    expect(await differences()).toEqual(listed)
  })

  it('of which its provider has nothing, or that it does not tell of, stays', async () => {
    const customer = await stage.customer()
    const [order] = await stage.order(customer)
    const payment = await stage.pay(customer, [order!], way)
    await stage.confirm(way, payment, 'amount')
    const trade = stage.trade(way, payment)
    const { reference } = trade
    expect(await held('none')).toMatchObject({ code: 'receipt.not_found' })
    trade.reference = 'another'
    expect(must(await held(reference))).toEqual({ toldFen: BOX + 1, hasFen: null })
    trade.state = 'closed'
    expect(must(await held(reference))).toEqual({ toldFen: BOX + 1, hasFen: null })
    Object.assign(trade, { state: 'paid', reference })
    await stage.write(async tx => {
      await tx.query(`update payment_provider set enabled = false where name = $1`, [way])
      return ok(null)
    })
    expect(await held(reference)).toMatchObject({ code: 'provider.not_found' })
    await stage.write(async tx => {
      await tx.query(`update payment_provider set enabled = true where name = $1`, [way])
      return ok(null)
    })
    must(await back(reference, must(await held(reference)).hasFen!))
    await stage.askRefunds()
  })
})

it('what comes back after the settlement is advanced, and its seller covers it; households keep theirs', async () => {
  const { kit, world } = stage.race
  const coop = `payable/organisation/${world.id('coop')}`
  const customer = await stage.customer(3000)
  const [order] = await stage.order(customer, { boxes: 2, walletFen: 3000 })
  await stage.confirm('alipay', await stage.pay(customer, [order!], 'alipay'))
  must(await stage.write(tx => shipOrder(tx, kit, order!, { carrier: '示范物流', waybill: 'W1' })))
  must(await stage.write(tx => acceptOrder(tx, kit, order!, {})))
  must(await stage.write(tx => evaluateOrder(tx, kit, order!, { score: 5, text: '甜' })))
  await world.drain()
  expect([await stage.state(order!), await escrow(order!)]).toMatchObject([{ completed: true }, 0])
  const owed = await stage.balance(coop)
  const household = await stage.balance(`payable/household/${world.id('h1')}`)
  must(
    await stage.write(async tx =>
      takeOff(tx, kit, await lockOrder(tx, order!), {
        ...{ id: newId(), cause: 'quality', lines: [{ no: 1, pieces: 1 }], holder: world.id('coop') },
      }),
    ),
  )
  expect(await stage.refunds(order!)).toEqual([
    { source: 'wallet', fen: 1500, state: 'done' },
    { source: 'alipay', fen: BOX - 1500, state: 'ordered' },
  ])
  await stage.askRefunds()
  await world.drain()
  expect(await stage.balance(coop)).toBe(owed - BOX)
  expect(await stage.balance(`claim/organisation/${world.id('coop')}`)).toBe(0)
  expect(await stage.balance(`payable/household/${world.id('h1')}`)).toBe(household)
})

it('fifteen days of silence after the acceptance count, and the fact says so', async () => {
  const { kit, world } = stage.race
  const customer = await stage.customer(BOX)
  const [order] = await stage.order(customer, { walletFen: BOX })
  // nothing is due by a payment: the wallet holds all of it
  expect(await stage.state(order!)).toMatchObject({ state: 'awaiting_payment' })
  must(await stage.write(tx => takeWallet(tx, kit, order!)))
  must(await stage.write(tx => shipOrder(tx, kit, order!, { carrier: '示范物流', waybill: 'W2' })))
  must(await stage.write(tx => acceptOrder(tx, kit, order!, {})))
  const count = () =>
    stage.write(async tx => {
      await countSilently(tx, kit, order!)
      return ok(null)
    })
  stage.minutes = 15 * 1440 - 1
  await count()
  expect(await stage.state(order!)).toMatchObject({ completed: false })
  // who has a claim open is not silent: what is kept is not known yet
  stage.minutes = 60
  const asked = { kind: 'missing' as const, lines: [{ no: 1, pieces: 1 }], reason: '少一件', photos: [] }
  const claim = must(await stage.write<{ id: string }>(tx => openClaim(tx, kit, order!, asked)))
  stage.minutes = 15 * 1440
  await count()
  expect(await stage.state(order!)).toMatchObject({ completed: false })
  must(await stage.write(tx => moveClaim(tx, kit, claim.id, 'withdraw', { by: 'buyer' })))
  await count()
  expect(await stage.state(order!)).toMatchObject({ completed: true })
  const [fact] = await stage.race.db.owner<{ entry: Buffer }>(
    `select entry from fact where subject = $1 and type = 'order.completed'`,
    [order],
  )
  expect(JSON.parse(String(fact!.entry)).pub).toMatchObject({ by: 'silence', buyer: 'citizen', fen: '8000' })
  expect(String(fact!.entry)).not.toContain(customer)
  await world.drain()
})

it('a citizen stands in the lists that are taken out as one, since nobody is named there', async () => {
  const taken = async (name: string, language: 'zh' | 'en') => {
    const list = listRoutes(stage.race.kit).find(({ path }) => path === `/lists/${name}/export`)!
    const asked = { scope: stage.scope(), reach: stage.race.reach, query: { as: 'csv', language } }
    const file = must(await list.handle(asked as unknown as Parameters<typeof list.handle>[0]))
    const lines = (await text((file as { content: Readable }).content)).trim().split('\r\n')
    return new Set(lines.slice(1).map(line => line.split(',')[1]))
  }
  expect(await taken('settlements', 'zh')).toEqual(new Set(['市民']))
  expect(await taken('orders', 'en')).toEqual(new Set(['Citizen']))
})

it('ten days of silence after the delivery accept, but not while a claim is open', async () => {
  const { kit, db } = stage.race
  const customer = await stage.customer(BOX)
  const [order] = await stage.order(customer, { walletFen: BOX })
  must(await stage.write(tx => takeWallet(tx, kit, order!)))
  must(await stage.write(tx => shipOrder(tx, kit, order!, { carrier: '示范物流', waybill: 'W3' })))
  const [parcel] = await db.owner<{ id: string }>('select id from parcel where order_id = $1', [order])
  const came = async (tx: Writer) =>
    ok(await hearEvents(tx, kit, parcel!.id, [{ kind: 'delivered', at: tx.at, place: '网点' }]))
  must(await stage.write(came))
  const claim = must(
    await stage.write<{ id: string }>(tx =>
      openClaim(tx, kit, order!, {
        ...{ kind: 'missing', lines: [{ no: 1, pieces: 1 }], reason: '没收到', photos: [] },
      }),
    ),
  )
  stage.minutes += 10 * 1440
  const pass = () => acceptSilent.run({ kit, scope: stage.scope() } as never, {})
  await pass()
  // as one that was found due before the claim was opened
  must(
    await stage.write(async tx => {
      await acceptSilently(tx, kit, order!)
      return ok(null)
    }),
  )
  expect(await stage.state(order!)).toMatchObject({ state: 'shipped' })
  must(await stage.write(tx => moveClaim(tx, kit, claim.id, 'withdraw', { by: 'buyer' })))
  await pass()
  expect(await stage.state(order!)).toMatchObject({ state: 'accepted' })
})

it('silence accepts what no carrier told of too, once nobody may say that it never came', async () => {
  const { kit } = stage.race
  const customer = await stage.customer(BOX)
  const [order] = await stage.order(customer, { walletFen: BOX })
  must(await stage.write(tx => takeWallet(tx, kit, order!)))
  must(await stage.write(tx => shipOrder(tx, kit, order!, { carrier: '示范物流', waybill: 'W4' })))
  const pass = () => acceptUntold.run({ kit, scope: stage.scope() } as never, {})
  stage.minutes += 45 * 1440 - 1
  await pass()
  expect(await stage.state(order!)).toMatchObject({ state: 'shipped' })
  stage.minutes += 1
  const parcel = (state: string) =>
    stage.race.db.owner('update parcel set state = $2 where order_id = $1', [order, state])
  await parcel('returned')
  await pass()
  // as one that was found due before it came back
  must(
    await stage.write(async tx => {
      await acceptSilently(tx, kit, order!)
      return ok(null)
    }),
  )
  expect(await stage.state(order!)).toMatchObject({ state: 'shipped' })
  await parcel('shipped')
  await pass()
  expect(await stage.state(order!)).toMatchObject({ state: 'accepted' })
})

it('the ledger adds up after all of it, and follows from the log', async () => {
  await stage.write(async tx => {
    expect(await checkLedger(tx)).toEqual({ accounts: [], entries: [] })
    return ok(null)
  })
  await stage.race.world.drain()
  const report = await checkProgramme(
    { batch: stage.race.kit.batch, keyring: stage.race.kit.keyring },
    'shenzhen',
    undefined,
    {
      at: stage.now,
    },
  )
  expect(report.differences).toEqual([])
})
