import { newId } from '@silian/kernel/ids/ids.ts'
import { must } from '@silian/kernel/result/result.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, RaceStage, race } from './stage.ts'

let stage: RaceStage
beforeAll(async () => {
  stage = await RaceStage.open({ ownGrams: 5_000_000 })
})
afterAll(() => stage.close())

/** What an order leaves: itself, its lines and tenders, its entry, its answer and its fact. */
const tables = [
  '"order"',
  'order_line',
  'tender',
  `ledger_entry where kind = 'order.placed'`,
  'idempotency where answer is not null',
  `fact where type = 'order.placed'`,
]
const left = async (): Promise<number[]> => Promise.all(tables.map(table => stage.count(table)))

describe('the last of a lot', () => {
  it('goes to 50 of 200 who want it at once', async () => {
    await stage.lot('few', 250_000)
    const before = await left()
    const orders = Array.from({ length: 200 }, (_, i) => stage.id(`order ${i}`))
    const results = await race(
      orders.map(
        (order, i) => () =>
          stage.place(order, [{ offer: 'few', pieces: 1 }], {
            declaration: i % 2 ? 'declaration' : 'declaration2',
            actor: `buyer ${i}`,
          }),
      ),
    )
    expect(codesOf(results)).toEqual({ ok: 50, 'order.out_of_stock': 150 })
    for (const result of results)
      if (!result.ok) expect(result.params).toMatchObject({ offer: stage.id('few'), left: 0 })
    expect(await stage.stock('few')).toEqual({ balance: 250_000, held: 250_000 })
    expect(await left()).toEqual(before.map(count => count + 50))
    const own = `account like 'escrow/%' or account like 'transit/%'`
    // opened when goods or money first move
    expect(await stage.count(`ledger_account where ${own}`)).toBe(0)
    expect(await stage.count(`ledger_hold where state = 'open'`)).toBe(100)
  })

  it('counts two lines of one order together', async () => {
    // ten pieces of 5 kg, or twenty of 2.5 kg
    await stage.lot('lines', 50_000)
    const lines = (whole: number, half: number) => [
      { offer: 'lines', pieces: whole },
      { offer: 'lines half', pieces: half },
    ]
    const before = await left()
    expect(await stage.place(stage.id('over'), lines(6, 9))).toMatchObject({ code: 'order.out_of_stock' })
    expect(await left()).toEqual(before)
    expect(await stage.stock('lines')).toEqual({ balance: 50_000, held: 0 })
    const results = await race([
      () => stage.place(stage.id('lines a'), lines(3, 6)),
      () => stage.place(stage.id('lines b'), lines(3, 6)),
    ])
    expect(codesOf(results)).toEqual({ ok: 1, 'order.out_of_stock': 1 })
    expect(await stage.stock('lines')).toEqual({ balance: 50_000, held: 30_000 })
  })
})

describe('the last of a budget', () => {
  it('is spent once by two at once; what waits for its approval counts already', async () => {
    await stage.lot('dear', 10_000_000)
    const budget = `budget/declaration/${stage.id('declaration2')}`
    const { balance, held } = await stage.account(budget)
    // leaves twelve pieces of 80 yuan and a little more; six of them wait for approval
    const pieces = Math.floor((balance - held) / 8000) - 12
    const by = { declaration: 'declaration2' }
    must(await stage.place(stage.id('budget'), [{ offer: 'dear', pieces }], by))
    must(await stage.place(stage.id('budget pending'), [{ offer: 'dear', pieces: 6 }], by))
    const before = await left()
    const results = await race(
      ['one', 'two'].map(
        actor => () => stage.place(stage.id(actor), [{ offer: 'dear', pieces: 6 }], { ...by, actor }),
      ),
    )
    expect(codesOf(results)).toEqual({ ok: 1, 'order.over_budget': 1 })
    const rest = (balance - held) % 8000
    expect(results.find(result => !result.ok)).toMatchObject({ params: { leftFen: rest } })
    expect(await stage.account(budget)).toEqual({ balance, held: balance - rest })
    expect(await left()).toEqual(before.map(count => count + 1))
  })
})

describe('the same submit twice at once', () => {
  it('makes one order under one key, and answers all alike', async () => {
    await stage.lot('twice', 500_000)
    const [order, key] = [stage.id('twice order'), newId()]
    const results = await race(
      Array.from({ length: 8 }, () => () => stage.place(order, [{ offer: 'twice', pieces: 2 }], { key })),
    )
    expect(codesOf(results)).toEqual({ ok: 8 })
    expect(new Set(results.map(result => JSON.stringify(result))).size).toBe(1)
    expect(await stage.trail(order)).toEqual(['placed'])
    expect(await stage.stock('twice')).toEqual({ balance: 500_000, held: 10_000 })
    const other = await stage.place(order, [{ offer: 'twice', pieces: 3 }], { key })
    expect(other).toMatchObject({ ok: false, code: 'idempotency.mismatch' })
  })

  it('makes one basket of one id under different keys', async () => {
    await stage.lot('keys', 500_000)
    const before = await left()
    const lines = [
      { offer: 'offer2', pieces: 1 },
      { offer: 'keys', pieces: 2 },
    ]
    const results = await race(Array.from({ length: 8 }, () => () => stage.place(stage.id('basket'), lines)))
    expect(codesOf(results)).toEqual({ ok: 1, 'order.exists': 7 })
    // over two sellers: two orders with a line, a tender and a fact each, in one entry under one answer
    const added = (await left()).map((count, i) => count - before[i]!)
    expect(added).toEqual([2, 2, 2, 1, 1, 2])
    expect(await stage.stock('keys')).toEqual({ balance: 500_000, held: 10_000 })
  })
})

describe('crossed orders', () => {
  it('never deadlock, whatever they take and give back', async () => {
    const worker = async (n: number) => {
      for (let i = 0; i < 3; i++) {
        const order = stage.id(`crossed ${n} ${i}`)
        const lines = ['offer1', 'offer2', 'offer3'].map(offer => ({ offer, pieces: 1 }))
        must(await stage.place(order, (n + i) % 2 ? lines : lines.reverse()))
        must(await stage.approve(order))
        must(i % 2 ? await stage.ship(order) : await stage.cancel(order))
      }
    }
    const before = await stage.count('"order"')
    await race(Array.from({ length: 40 }, (_, n) => () => worker(n)))
    expect((await stage.count('"order"')) - before).toBe(240)
    expect(await stage.differences()).toEqual([])
    expect(await stage.deadlocks()).toBe(0)
  })
})
