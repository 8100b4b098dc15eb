import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { WALLET_SOURCE, wallet } from '@silian/chains/supply/customers/accounts.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { expireHolds } from '@silian/kernel/ledger/holds.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { worldTime } from '../small-world.ts'
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

it('a trade union pays what is said for unions, other units what is said for units', async () => {
  await stage.lot('union', 50_000)
  const prices = (['unit', 'union'] as const).map((group, i) => ({
    ...{ group, fromPieces: 1, priceFen: 7800 - 300 * i },
  }))
  const offer = {
    ...{ id: stage.id('union priced'), productId: stage.id('mango'), lotId: stage.id('lot union') },
    ...{
      specZh: '箱',
      specEn: 'box',
      perPiece: 5000,
      priceFen: 8000,
      shipDays: 7 as const,
      prices,
      mostPieces: 2,
    },
  }
  must(await stage.run(tx => listOffer(tx, stage.kit, stage.reach, offer)))
  const place = (order: string, pieces: number) =>
    stage.place(stage.id(order), [{ offer: 'union priced', pieces }])
  const paid = async (order: string) => must(await place(order, 1)).orders[0]!.totalFen
  const become = (type: string) =>
    stage.db.owner('update organisation set type = $2 where id = $1', [stage.id('unit'), type])
  expect(await paid('by a unit')).toBe(7800)
  await become('union')
  expect(await paid('by a union')).toBe(7500)
  await become('budget_unit')
  expect(await place('too many', 3)).toMatchObject({ code: 'order.pieces', params: { least: 1, most: 2 } })
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

describe('a batch', () => {
  it('of which one order spoils the whole is done one by one: that one fails alone', async () => {
    await stage.lot('spoilt', 500_000)
    const taken = stage.id('taken')
    // an order whose id is taken where the ledger does not see it
    await stage.db.owner(
      `insert into "order" (programme_id, id, number, state, buyer_id, seller_id, declaration_id, total_fen, note, ship_by, placed_by, placed_at)
       select programme_id, $1, 'taken', state, buyer_id, seller_id, declaration_id, total_fen, note, ship_by, placed_by, placed_at
       from "order" limit 1`,
      [taken],
    )
    const before = await left()
    const ids = [...Array.from({ length: 9 }, (_, i) => stage.id(`spoilt ${i}`)), taken]
    const results = await race(ids.map(id => () => stage.place(id, [{ offer: 'spoilt', pieces: 1 }])))
    expect(results.map(result => result.ok)).toEqual(ids.map(id => id !== taken))
    expect(results.at(-1)).toMatchObject({ code: 'order.exists' })
    expect(await left()).toEqual(before.map(count => count + 9))
    expect(await stage.stock('spoilt')).toEqual({ balance: 500_000, held: 45_000 })
    await stage.db.owner('delete from "order" where id = $1', [taken])
  })
})

describe("a citizen's order", () => {
  const customer = () => stage.id('customer')
  const address = () => stage.id('address')
  const buy = (name: string, pieces: number, more: { walletFen?: number; addressId?: string } = {}) => {
    const { walletFen = 0, addressId = address() } = more
    const lines = [{ offerId: stage.id('small'), offerVersion: 1, pieces }]
    const input = {
      buyer: 'citizen',
      id: stage.id(name),
      note: '',
      delivery: { addressId },
      walletFen,
      lines,
    } as const
    const ask = { actor: customer(), units: [], customers: [customer()], input }
    return stage.checkout.place('shenzhen', ask, { key: newId(), name: 'buy', input })
  }
  beforeAll(async () => {
    // eight pieces of 5 kg
    await stage.lot('small', 40_000)
    await stage.db.owner(
      `insert into customer (programme_id, id, phone, phone_index, created_at) values ('shenzhen', $1, '', '', now())`,
      [customer()],
    )
    await stage.db.owner(
      `insert into customer_address (programme_id, id, customer_id, area_code, recipient, phone, address, created_at, used_at)
       values ('shenzhen', $1, $2, '440304', '', '', '', now(), now())`,
      [address(), customer()],
    )
    await stage.world.write(async tx => {
      await openAccounts(tx, [{ account: wallet(customer()), unit: 'fen', kind: 'ceiling' }])
      const postings = [
        { account: WALLET_SOURCE, amount: -5000 },
        { account: wallet(customer()), amount: 5000 },
      ]
      await postAll(tx, [{ id: newId(), kind: 'wallet.given', postings }])
      return ok(null)
    })
  })

  // no fact told of the gift, so the check may not see it
  afterAll(async () => {
    await stage.db.owner(`delete from ledger_posting where account like '%wallet%'`)
    await stage.db.owner(`delete from ledger_entry where kind = 'wallet.given'`)
    await stage.db.owner(`update ledger_account set balance = 0 where account like '%wallet%'`)
    await stage.db.owner(`delete from ledger_account_part where account like '%wallet%'`)
  })

  it('needs no declaration, is paid from the wallet and a payment, and names nobody in public', async () => {
    const payBy = '2025-10-08T02:30:00.000Z'
    expect(must(await buy('bought', 2, { walletFen: 5000 })).orders).toMatchObject([
      { id: stage.id('bought'), totalFen: 16_000, dueFen: 11_000, payBy },
    ])
    const [row] = await stage.db.owner(
      `select state, buyer_kind, buyer_id, declaration_id, address_id, pay_by from "order" where id = $1`,
      [stage.id('bought')],
    )
    expect(row).toEqual({
      ...{ state: 'awaiting_payment', buyer_kind: 'citizen', buyer_id: customer(), declaration_id: null },
      ...{ address_id: address(), pay_by: new Date(payBy) },
    })
    expect(
      await stage.db.owner('select kind, account, amount_fen from tender where order_id = $1 order by no', [
        stage.id('bought'),
      ]),
    ).toEqual([
      { kind: 'wallet', account: wallet(customer()), amount_fen: 5000 },
      { kind: 'payment', account: '', amount_fen: 11_000 },
    ])
    const [fact] = await stage.db.owner<{ entry: Buffer }>('select entry from fact where subject = $1', [
      stage.id('bought'),
    ])
    expect(fact!.entry.toString()).not.toContain(customer())
    const said = JSON.parse(fact!.entry.toString())
    expect(said).toMatchObject({
      pub: { buyer: 'citizen', fen: '16000', payBy },
      c: { customer: expect.any(String) },
    })
  })

  it('is refused where the wallet has less, or the address is not theirs, and leaves nothing', async () => {
    const before = await left()
    expect(await buy('poor', 1, { walletFen: 100 })).toMatchObject({
      code: 'order.over_wallet',
      params: { leftFen: 0 },
    })
    expect(await buy('astray', 1, { addressId: newId() })).toMatchObject({ code: 'address.not_found' })
    expect(await left()).toEqual(before)
    expect(await stage.stock('small')).toEqual({ balance: 40_000, held: 10_000 })
  })

  it('that is never paid, whoever died meanwhile, gives its goods back after half an hour', async () => {
    must(await buy('kept', 6))
    expect(await buy('late', 1)).toMatchObject({ code: 'order.out_of_stock', params: { left: 0 } })
    const at = (minutes: number) => ({
      ...{ programme: 'shenzhen', actor: 'system' },
      at: new Date(worldTime.getTime() + minutes * 60_000),
    })
    const lapse = (minutes: number) =>
      stage.kit.app.write(at(minutes), async tx => ok(await expireHolds(tx, 100))).then(must)
    expect(await lapse(29)).toEqual([])
    expect((await lapse(30)).map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([
      5000, 10_000, 30_000,
    ])
    expect(await stage.stock('small')).toEqual({ balance: 40_000, held: 0 })
    expect(must(await buy('next', 8)).orders).toHaveLength(1)
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
