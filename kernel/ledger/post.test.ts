import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { balances, closeAccount, openAccounts } from './accounts.ts'
import { checkLedger } from './check.ts'
import { closeDiscrepancy, openDiscrepancies } from './discrepancies.ts'
import { post, postAll } from './post.ts'
import { readEntry, reverse } from './reverse.ts'
import { clearingAccounts, convert } from './rules.ts'
import { codes, entry, move, Stage } from './stage.ts'

let db: TestDatabase
let count = 0
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
const stage = () => new Stage(db.app, `p${++count}`)

describe('postings', () => {
  it('move what balances, in order, each entry with its own outcome', async () => {
    const s = stage()
    await s.accounts({ a: 100, b: 'ceiling' })
    const entries = [move('a', 'b', 60), move('a', 'b', 60), move('b', 'a', 50), move('a', 'b', 60)] as const
    const short = { code: 'ledger.short', params: { account: 'a', asked: 60, available: 40 } }
    expect(await s.post(...entries)).toEqual([
      { id: entries[0].id, outcome: 'posted' },
      { id: entries[1].id, outcome: 'refused', ...short },
      { id: entries[2].id, outcome: 'posted' },
      { id: entries[3].id, outcome: 'posted' },
    ])
    expect(await s.standing('a', 'b')).toEqual([
      [30, 0],
      [70, 0],
    ])
    expect(await s.read(tx => readEntry(tx, entries[1].id))).toBeUndefined()
  })

  it('count two lines on one account together', async () => {
    const s = stage()
    await s.accounts({ a: 5 })
    const twice = entry([
      { account: 'a', amount: -3 },
      { account: 'a', amount: -3 },
      { account: 'world', amount: 6 },
    ])
    expect(codes(await s.post(twice))).toEqual(['ledger.short'])
    expect(await s.standing('a')).toEqual([[5, 0]])
  })

  it('take effect wholly or not at all: a short leg leaves the other legs alone', async () => {
    const s = stage()
    await s.accounts({ a: 10, b: 1, c: 'ceiling' })
    const both = entry([
      { account: 'a', amount: -5 },
      { account: 'b', amount: -5 },
      { account: 'c', amount: 10 },
    ])
    expect(codes(await s.post(both, move('a', 'c', 10)))).toEqual(['ledger.short', 'posted'])
    expect(await s.standing('a', 'b', 'c')).toEqual([
      [0, 0],
      [1, 0],
      [10, 0],
    ])
  })

  it('never refuse floors and free accounts, over a target or below zero', async () => {
    const s = stage()
    await s.accounts({ quota: 'floor' })
    expect(codes(await s.post(move('quota', 'world', 106), move('world', 'quota', 500)))).toEqual([
      'posted',
      'posted',
    ])
    expect(await s.standing('quota')).toEqual([[394, 0]])
  })

  it('balance per unit, not only in sum', async () => {
    const s = stage()
    await s.accounts({ a: 100 })
    await s.write(tx => openAccounts(tx, [{ account: 'kg', unit: 'g', kind: 'free' }]))
    const odd = entry([{ account: 'a', amount: -1 }])
    expect(await s.post(move('a', 'kg', 1), odd)).toMatchObject([
      { outcome: 'refused', code: 'ledger.unbalanced', params: {} },
      { outcome: 'refused', code: 'ledger.unbalanced', params: {} },
    ])
    expect(await s.standing('a', 'kg')).toEqual([
      [100, 0],
      [0, 0],
    ])
  })

  it('refuse unknown and closed accounts by name', async () => {
    const s = stage()
    await s.accounts({ a: 10, old: 'ceiling' })
    await s.write(tx => closeAccount(tx, 'old'))
    expect(await s.post(move('a', 'nowhere', 1), move('a', 'old', 1))).toMatchObject([
      { code: 'ledger.unknown_account', params: { account: 'nowhere' } },
      { code: 'ledger.closed_account', params: { account: 'old' } },
    ])
    expect(await s.standing('a')).toEqual([[10, 0]])
  })

  it('post an id once, in one array and in another call', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const once = move('a', 'world', 4)
    expect(codes(await s.post(once, once))).toEqual(['posted', 'repeated'])
    expect(codes(await s.post(once))).toEqual(['repeated'])
    expect(await s.standing('a')).toEqual([[6, 0]])
  })

  it('try a refused id again within the same array', async () => {
    const s = stage()
    await s.accounts({ a: 1 })
    const wants = move('a', 'world', 2)
    expect(codes(await s.post(wants, move('world', 'a', 1), wants, wants))).toEqual([
      'ledger.short',
      'posted',
      'posted',
      'repeated',
    ])
  })

  it('fail loudly on entries no caller should make', async () => {
    const s = stage()
    await expect(s.post(entry([]))).rejects.toThrow('is empty')
    await expect(s.post(move('a', 'b', 0))).rejects.toThrow('moves nothing')
    await expect(s.post(move('a', 'b', 0.5))).rejects.toThrow('not a safe whole number')
    const hold = { id: newId(), account: 'a', amount: -1 }
    await expect(s.post(entry([], { holds: [hold] }))).rejects.toThrow('holds or releases nothing')
    const release = { hold: hold.id, amount: 1 }
    const both = entry([], { holds: [{ ...hold, amount: 1 }], releases: [release] })
    await expect(s.post(both)).rejects.toThrow('releases what it makes')
  })

  it('all or none by postAll: the first refusal rolls the transaction back', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const entries = [move('a', 'world', 8), move('a', 'world', 8)]
    await expect(s.write(tx => postAll(tx, entries))).rejects.toMatchObject({
      refusal: { code: 'ledger.short', params: { account: 'a', asked: 8, available: 2 } },
    })
    expect(await s.standing('a')).toEqual([[10, 0]])
  })

  it('keep what was said of the entry: subject, times, note, undertakings in order', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const at = new Date('2026-02-27T10:00:00Z')
    const told = move('a', 'world', 3, { subject: 'order/7', at, observed: true, note: { by: 'till 3' } })
    await s.post(told)
    expect(await s.read(tx => readEntry(tx, told.id))).toEqual(told)
    const [row] = await db.owner<{ recorded_at: Date }>(
      'select recorded_at from ledger_entry where id = $1',
      [told.id],
    )
    expect(row!.recorded_at).toEqual(s.scope.at)
  })
})

describe('observed entries', () => {
  it('post below zero and open a discrepancy of what is missing, which is closed once', async () => {
    const s = stage()
    await s.accounts({ stock: 3 })
    const seen = move('stock', 'world', 5, { observed: true })
    const again = move('stock', 'world', 1, { observed: true })
    expect(codes(await s.post(seen, again, move('world', 'stock', 1)))).toEqual([
      'posted',
      'posted',
      'posted',
    ])
    expect(await s.standing('stock')).toEqual([[-2, 0]])
    const open = await s.read(tx => openDiscrepancies(tx, { account: 'stock', limit: 10 }))
    const told = open.map(d => [d.entry, d.shortfall]).sort((a, b) => Number(b[1]) - Number(a[1]))
    expect(told).toEqual([
      [seen.id, 2],
      [again.id, 1],
    ])
    const { id } = open[0]!
    expect(await s.write(tx => closeDiscrepancy(tx, id, 'recounted'))).toEqual({ ok: true, value: null })
    expect(await s.write(tx => closeDiscrepancy(tx, id, 'recounted'))).toMatchObject({
      code: 'ledger.discrepancy_closed',
    })
    const rest = await s.read(tx => openDiscrepancies(tx, { limit: 10 }))
    expect(rest.map(d => d.id)).toEqual([open[1]!.id])
  })

  it('that take what others hold open one too, though the account stays above zero', async () => {
    const s = stage()
    await s.accounts({ stock: 10 })
    await s.post(entry([], { holds: [{ id: newId(), account: 'stock', amount: 8 }] }))
    await s.post(move('stock', 'world', 3, { observed: true }))
    const open = await s.read(tx => openDiscrepancies(tx, { limit: 10 }))
    expect(open.map(d => [d.account, d.shortfall])).toEqual([['stock', 1]])
  })

  it('leave an overdrawn ceiling free to be filled, not to be emptied further', async () => {
    const s = stage()
    await s.accounts({ stock: 1 })
    await s.post(move('stock', 'world', 4, { observed: true }))
    expect(codes(await s.post(move('world', 'stock', 1), move('stock', 'world', 1)))).toEqual([
      'posted',
      'ledger.short',
    ])
    expect(await s.standing('stock')).toEqual([[-2, 0]])
  })
})

describe('reversal', () => {
  it('takes an entry back once', async () => {
    const s = stage()
    await s.accounts({ a: 10, b: 'ceiling' })
    const sale = move('a', 'b', 6, { subject: 'order/1' })
    await s.post(sale)
    const [first, second] = [newId(), newId()]
    expect(await s.write(tx => reverse(tx, sale.id, first))).toEqual({ id: first, outcome: 'posted' })
    expect(await s.write(tx => reverse(tx, sale.id, second))).toEqual({
      id: second,
      outcome: 'refused',
      code: 'ledger.already_reversed',
      params: { entry: sale.id },
    })
    expect(await s.write(tx => reverse(tx, sale.id, first))).toEqual({ id: first, outcome: 'repeated' })
    expect(await s.standing('a', 'b')).toEqual([
      [10, 0],
      [0, 0],
    ])
    expect(await s.read(tx => readEntry(tx, first))).toMatchObject({
      kind: 'test.reversed',
      subject: 'order/1',
      reverses: sale.id,
    })
  })

  it('is refused when what came in was spent since, unless it is observed', async () => {
    const s = stage()
    await s.accounts({ a: 10, b: 'ceiling' })
    const sale = move('a', 'b', 6)
    await s.post(sale, move('b', 'world', 5))
    expect(await s.write(tx => reverse(tx, sale.id, newId()))).toMatchObject({ code: 'ledger.short' })
    expect(await s.write(tx => reverse(tx, sale.id, newId(), { observed: true }))).toMatchObject({
      outcome: 'posted',
    })
    expect(await s.standing('a', 'b')).toEqual([
      [10, 0],
      [-5, 0],
    ])
  })

  it('knows an entry of the same array, one reversal of it, and none that was never posted', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const sale = move('a', 'world', 6)
    const back = () => move('world', 'a', 6, { reverses: sale.id })
    const ghost = newId()
    const outcomes = await s.post(back(), sale, back(), back(), move('world', 'a', 1, { reverses: ghost }))
    expect(codes(outcomes)).toEqual([
      'ledger.unknown_entry',
      'posted',
      'posted',
      'ledger.already_reversed',
      'ledger.unknown_entry',
    ])
    await expect(s.write(tx => reverse(tx, ghost, newId()))).rejects.toMatchObject({
      refusal: { code: 'ledger.unknown_entry', params: { entry: ghost } },
    })
  })
})

describe('conversion', () => {
  it('passes two clearing accounts at the rate it records', async () => {
    const s = stage()
    await s.accounts({ wallet: 1000 })
    await s.write(tx =>
      openAccounts(tx, [
        ...clearingAccounts('fen', 'point'),
        { account: 'points', unit: 'point', kind: 'ceiling' },
      ]),
    )
    const from = { account: 'wallet', unit: 'fen', amount: 250 }
    const to = { account: 'points', unit: 'point' }
    const turned = convert({ id: newId(), kind: 'points.bought', from, to, rate: { gives: 1, per: 100 } })
    expect(codes(await s.post(turned))).toEqual(['posted'])
    expect(await s.standing('wallet', 'points', 'clearing/fen/point', 'clearing/point/fen')).toEqual([
      [750, 0],
      [3, 0],
      [250, 0],
      [-3, 0],
    ])
    const kept = await s.read(tx => readEntry(tx, turned.id))
    expect(kept?.note).toEqual({ rate: { from: 'fen', to: 'point', gives: 1, per: 100 } })
  })
})

describe('accounts', () => {
  it('open once; another unit or kind under the same name is refused', async () => {
    const s = stage()
    await s.accounts({ a: 7 })
    await s.accounts({ a: 'ceiling' })
    expect(await s.standing('a')).toEqual([[7, 0]])
    await expect(s.accounts({ a: 'floor' })).rejects.toMatchObject({
      refusal: { code: 'ledger.account_differs', params: { account: 'a' } },
    })
  })

  it('close when empty, for good, and not while something is left or held', async () => {
    const s = stage()
    await s.accounts({ a: 5, done: 'floor' })
    const close = (account: string) => s.write(tx => closeAccount(tx, account))
    expect(await close('a')).toEqual({
      ok: false,
      code: 'ledger.account_in_use',
      params: { account: 'a', balance: 5, held: 0 },
    })
    expect(await close('nowhere')).toMatchObject({ code: 'ledger.unknown_account' })
    await s.post(move('a', 'world', 5), move('world', 'done', 3))
    for (const account of ['a', 'a', 'done']) expect(await close(account)).toEqual({ ok: true, value: null })
    const found = await s.read(tx => balances(tx, ['a', 'world', 'none']))
    expect([...found.values()].map(a => [a.account, a.closed]).sort()).toEqual([
      ['a', true],
      ['world', false],
    ])
  })
})

describe('scope and grants', () => {
  it("keep another programme's accounts unknown, whoever is named", async () => {
    const [s, other] = [stage(), stage()]
    await s.accounts({ a: 10 })
    expect(codes(await other.post(move('a', 'world', 1)))).toEqual(['ledger.unknown_account'])
    const spoofed = other.write(tx =>
      post({ ...tx, programme: s.scope.programme, at: tx.at, query: tx.query.bind(tx) }, [
        move('a', 'world', 1),
      ]),
    )
    expect(codes(await spoofed)).toEqual(['ledger.unknown_account'])
    expect(await s.standing('a')).toEqual([[10, 0]])
  })

  it('refuse to change or remove what was posted', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    for (const statement of [
      'update ledger_posting set amount = 1',
      'delete from ledger_posting',
      'update ledger_entry set kind = $$x$$',
      'delete from ledger_entry',
      'delete from ledger_account',
      'update ledger_account set kind = $$free$$',
      'update ledger_hold set amount = 1',
    ])
      for (const database of [db.app, db.batch])
        await expect(
          new Stage(database, s.scope.programme).write(tx => tx.query(statement)),
        ).rejects.toMatchObject({ code: '42501' })
  })

  it('let the batch role post as well', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    expect(codes(await new Stage(db.batch, s.scope.programme).post(move('a', 'world', 1)))).toEqual([
      'posted',
    ])
  })
})

describe('nightly equation', () => {
  it('finds nothing after all of the above, in every programme', async () => {
    for (let n = 1; n <= count; n += 1)
      expect(await new Stage(db.app, `p${n}`).read(checkLedger)).toEqual({ accounts: [], entries: [] })
  })

  it('finds a balance no posting explains, a lost hold, and a posting that balances nothing', async () => {
    const s = stage()
    await s.accounts({ a: 10, b: 4 })
    await s.write(tx => tx.query(`update ledger_account set balance = 11 where account = 'a'`))
    await s.write(tx => tx.query(`update ledger_account set held = 2 where account = 'b'`))
    const stray = newId()
    await s.write(tx =>
      tx.query(
        `insert into ledger_posting (programme_id, entry_id, no, account, amount, at) values ($1, $2, 1, 'world', 1, now())`,
        [tx.programme, stray],
      ),
    )
    expect(await s.read(checkLedger)).toEqual({
      accounts: [
        { account: 'a', balance: 11, posted: 10, held: 0, reserved: 0 },
        { account: 'b', balance: 4, posted: 4, held: 2, reserved: 0 },
        { account: 'world', balance: -14, posted: -13, held: 0, reserved: 0 },
      ],
      entries: [{ entry: stray, unit: 'fen', sum: 1 }],
    })
  })
})
