import { paymentCode } from '@silian/chains/supply/orders/rules.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, refuse } from '@silian/kernel/result/result.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownSigner } from '../own-signer.ts'
import { codesOf, RaceStage, race } from './stage.ts'

let stage: RaceStage
beforeAll(async () => {
  stage = await RaceStage.open()
})
afterAll(() => stage.close())

/** All that a message from the bank can leave. */
const left = async (): Promise<number[]> =>
  Promise.all(
    ['fact', 'fact_pending', 'bank_credit', 'ledger_entry', 'ledger_posting', 'idempotency'].map(table =>
      stage.count(table),
    ),
  )
const creditOf = async (reference: string) =>
  (
    await stage.db.owner('select state, reason from bank_credit where reference = $1', [
      reference.replaceAll(' ', '-'),
    ])
  )[0]
const stateOf = async (order: string) =>
  (
    await stage.db.owner<{ state: string; paid: boolean }>(
      'select state, paid_at is not null as paid from "order" where id = $1',
      [order],
    )
  )[0]
const paidEntries = (order: string) =>
  stage.count(`ledger_entry where kind = 'order.paid' and subject = $1`, [order])

describe("the bank's message", () => {
  it('eight times at once is one movement, and answers the same', async () => {
    const order = await stage.order('eight', 'approved')
    const entry = stage.credit('eight', await stage.openPayment([order]), 8000)
    const before = await left()
    const answers = await race(Array.from({ length: 8 }, () => () => stage.hear(entry)))
    expect(answers.map(answer => (answer.ok ? answer.value.outcome : answer.code))).toEqual(
      Array(8).fill('matched'),
    )
    expect(answers.filter(answer => answer.ok && !answer.value.repeated)).toHaveLength(1)
    // the bank's fact and the order's; both wait for the log; one movement; one entry of four postings
    expect((await left()).map((count, i) => count - before[i]!)).toEqual([2, 2, 1, 1, 4, 0])
    expect(await stateOf(order)).toEqual({ state: 'approved', paid: true })
  })

  it('before its payment code exists waits, and is taken when the payment opens', async () => {
    const order = await stage.order('early', 'approved')
    const id = newId()
    const heard = await stage.hear(stage.credit('early', paymentCode(id), 8000))
    expect(heard).toMatchObject({ value: { outcome: 'unmatched' } })
    expect(await paidEntries(order)).toBe(0)
    await stage.openPayment([order], id)
    expect(await creditOf('early')).toEqual({ state: 'matched', reason: null })
    expect(await paidEntries(order)).toBe(1)
  })

  it('twice before its payment code exists is taken once, the rest waits in suspense', async () => {
    const order = await stage.order('early twice', 'approved')
    const id = newId()
    for (const reference of ['early 1', 'early 2'])
      must(await stage.hear(stage.credit(reference, paymentCode(id), 8000)))
    await stage.openPayment([order], id)
    const states = await Promise.all(['early 1', 'early 2'].map(creditOf))
    expect(states).toContainEqual({ state: 'matched', reason: null })
    expect(states).toContainEqual({ state: 'suspense', reason: 'already_paid' })
    expect(await paidEntries(order)).toBe(1)
  })

  it('at the moment its payment opens is never left lying', async () => {
    const orders = await Promise.all(
      Array.from({ length: 12 }, (_, i) => stage.order(`moment ${i}`, 'approved')),
    )
    const ids = orders.map(() => newId())
    await race<unknown>(
      orders.flatMap((order, i) => [
        () => stage.openPayment([order], ids[i]!),
        () => stage.hear(stage.credit(`moment ${i}`, paymentCode(ids[i]!), 8000)),
      ]),
    )
    for (const [i, order] of orders.entries()) {
      expect([i, await creditOf(`moment ${i}`)]).toEqual([i, { state: 'matched', reason: null }])
      expect(await paidEntries(order)).toBe(1)
    }
  })

  it('after the code expired goes to suspense', async () => {
    const order = await stage.order('late', 'approved')
    const suspense = (await stage.account('suspense/bank')).balance
    const entry = stage.credit('late', await stage.openPayment([order]), 8000)
    expect(await stage.hear(entry, 31)).toMatchObject({ value: { outcome: 'suspense' } })
    expect(await creditOf('late')).toEqual({ state: 'suspense', reason: 'expired' })
    expect((await stage.account('suspense/bank')).balance).toBe(suspense + 8000)
    expect(await stateOf(order)).toEqual({ state: 'approved', paid: false })
  })

  it('for a cancelled order goes to suspense', async () => {
    const order = await stage.order('cancelled', 'approved')
    const entry = stage.credit('cancelled', await stage.openPayment([order]), 8000)
    must(await stage.cancel(order))
    expect(await stage.hear(entry)).toMatchObject({ value: { outcome: 'suspense' } })
    expect(await creditOf('cancelled')).toEqual({ state: 'suspense', reason: 'expired' })
    expect(await stateOf(order)).toEqual({ state: 'cancelled', paid: false })
  })
})

describe('a message that is not to be believed', () => {
  it('is refused and leaves nothing', async () => {
    const order = await stage.order('forged', 'approved')
    const code = await stage.openPayment([order])
    const good = stage.credit('forged', code, 8000)
    const changed = (from: string, to: string) => Buffer.from(good.toString().replace(from, to))
    const coop = await ownSigner(stage.kit, stage.world, stage.id('coop'), 'party')
    const pub = { reference: 'forged', code, fen: '8000', bookedAt: '2025-10-08T02:00:00.000Z' }
    const before = await left()
    const forged = (reason: string) => refuse('fact.forged', { reason })
    expect(await stage.hear(changed('"8000"', '"9000"'))).toEqual(forged('signature'))
    expect(await stage.hear(changed(stage.bank.keyId, '0123456789abcdef'))).toEqual(forged('key'))
    expect(await stage.hear(stage.credit('forged', code, 8000, { log: 'test.example/demo/other' }))).toEqual(
      forged('log'),
    )
    expect(await stage.hear(coop.sign('bank.credited', pub))).toEqual(forged('holder'))
    expect(await stage.hear(stage.bank.sign('order.paid', pub))).toEqual(forged('type'))
    expect(await stage.hear(Buffer.from('{}'))).toEqual(forged('shape'))
    expect(await stage.hear(stage.bank.sign('bank.credited', { ...pub, fen: '-1' }))).toMatchObject({
      code: 'payment.malformed',
    })
    // one that no subscriber could read must never reach the log: it would stand in their way for ever
    expect(await stage.hear(stage.bank.sign('bank.paid_out', { ...pub, batch: 'x' }))).toMatchObject({
      code: 'payment.malformed',
    })
    expect(await left()).toEqual(before)
    expect(await stage.hear(good)).toMatchObject({ value: { outcome: 'matched', repeated: false } })
    expect(
      await stage.hear(stage.credit('other', code, 1, { id: JSON.parse(good.toString()).id })),
    ).toMatchObject({
      code: 'fact.conflict',
    })
  })

  it('tells of a movement that another fact told before', async () => {
    const orders = [await stage.order('same 1', 'approved'), await stage.order('same 2', 'approved')]
    const codes = [await stage.openPayment([orders[0]!]), await stage.openPayment([orders[1]!])]
    const before = await left()
    const answers = await race(codes.map(code => () => stage.hear(stage.credit('same', code, 8000))))
    expect(codesOf(answers)).toEqual({ ok: 1, 'payment.reference_conflict': 1 })
    expect((await left()).map((count, i) => count - before[i]!)).toEqual([2, 2, 1, 1, 4, 0])
    expect(await stage.hear(stage.credit('same', codes[0]!, 8000))).toEqual(
      refuse('payment.reference_conflict', { reference: 'same' }),
    )
    expect((await left()).map((count, i) => count - before[i]!)).toEqual([2, 2, 1, 1, 4, 0])
  })
})

it('a payment and a cancellation at once: one of the two, and the money is somewhere', async () => {
  const orders = await Promise.all(Array.from({ length: 10 }, (_, i) => stage.order(`both ${i}`, 'approved')))
  const codes = await Promise.all(orders.map(order => stage.openPayment([order])))
  const suspense = (await stage.account('suspense/bank')).balance
  const results = await race(
    orders.map((order, i) => async () => {
      const [cancelled, heard] = await Promise.all([
        stage.cancel(order),
        stage.hear(stage.credit(`both ${i}`, codes[i]!, 8000)),
      ])
      return { cancelled, heard: must(heard).outcome }
    }),
  )
  let suspended = 0
  for (const [i, { cancelled, heard }] of results.entries()) {
    const paid = !cancelled.ok
    if (!paid) suspended += 1
    expect(cancelled).toMatchObject(paid ? { code: 'order.paid' } : { ok: true })
    expect(heard).toBe(paid ? 'matched' : 'suspense')
    expect(await stateOf(orders[i]!)).toEqual({ state: paid ? 'approved' : 'cancelled', paid })
    // an escrow opens with the first money that it holds
    expect((await stage.account(`escrow/order/${orders[i]}`))?.balance ?? 0).toBe(paid ? 8000 : 0)
  }
  expect((await stage.account('suspense/bank')).balance).toBe(suspense + suspended * 8000)
})

it('leaves every total as the facts make it, and has not deadlocked', async () => {
  expect(await stage.differences()).toEqual([])
  expect(await stage.deadlocks()).toBe(0)
})
