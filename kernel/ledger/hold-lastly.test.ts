import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { balances, closeAccount, openAccounts } from './accounts.ts'
import { checkLedger } from './check.ts'
import { type Holding, holdLastly, NotAllHeld } from './hold-lastly.ts'
import { post } from './post.ts'
import { Stage } from './stage.ts'

let db: TestDatabase
let count = 0
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
const stage = () => new Stage(db.app, `h${++count}`)

const holding = (...holds: readonly (readonly [account: string, amount: number])[]): Holding => ({
  ...{ id: newId(), kind: 'order.placed', subject: newId() },
  holds: holds.map(([account, amount]) => ({ id: newId(), account, amount })),
})

/** Holds, and writes something beside it that must share its fate. */
const held = (s: Stage, beside: string, ...entries: readonly Holding[]) =>
  s.write(async tx => {
    holdLastly(tx, entries)
    await openAccounts(tx, [{ account: beside, unit: 'fen', kind: 'ceiling' }])
  })

describe('what a batch holds', () => {
  it('is all of it, added up by account, or nothing of the transaction', async () => {
    const s = stage()
    await s.accounts({ a: 100, b: 50 })
    const short = held(s, 'beside', holding(['a', 60]), holding(['a', 41]), holding(['b', 1]))
    await expect(short).rejects.toBeInstanceOf(NotAllHeld)
    expect(await s.standing('a', 'b')).toEqual([
      [100, 0],
      [50, 0],
    ])
    expect(await s.read(tx => balances(tx, ['beside']))).toEqual(new Map())
    const last = holding(['a', 40], ['b', 50])
    await held(s, 'beside', holding(['a', 35]), holding(['a', 25]), last)
    expect(await s.standing('a', 'b', 'beside')).toEqual([
      [100, 100],
      [50, 50],
      [0, 0],
    ])
    const rows = await s.read(tx =>
      tx.query(
        'select account, amount, remaining, state, entry_id from ledger_hold where id = any($1) order by 1',
        [last.holds.map(({ id }) => id)],
      ),
    )
    expect(rows).toEqual(
      [
        { account: 'a', amount: 40, remaining: 40 },
        { account: 'b', amount: 50, remaining: 50 },
      ].map(row => ({ ...row, state: 'open', entry_id: last.id })),
    )
    expect(await s.read(tx => checkLedger(tx))).toEqual({ accounts: [], entries: [] })
  })

  it('is nothing where an account is unknown, closed or free, or an entry was posted before', async () => {
    const s = stage()
    await s.accounts({ a: 100, shut: 'ceiling', free: 'free' })
    await s.write(tx => closeAccount(tx, 'shut'))
    const known = holding(['a', 10])
    await s.write(tx => post(tx, [{ ...known, postings: [] }]))
    for (const other of [
      holding(['nowhere', 1]),
      holding(['shut', 1]),
      holding(['free', 1]),
      { ...holding(['a', 1]), id: known.id },
      { ...holding(['a', 1]), holds: known.holds },
    ])
      await expect(held(s, 'beside', holding(['a', 5]), other)).rejects.toBeInstanceOf(NotAllHeld)
    expect(await s.standing('a')).toEqual([[100, 10]])
    expect(await s.read(tx => balances(tx, ['beside']))).toEqual(new Map())
  })

  it('never goes beyond an account, however many hold of it at once', async () => {
    const s = stage()
    await s.accounts({ a: 100, b: 100 })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) =>
        held(s, `beside ${i}`, i % 2 ? holding(['a', 15], ['b', 1]) : holding(['b', 1], ['a', 15])),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
    expect(await s.standing('a', 'b')).toEqual([
      [100, 90],
      [100, 6],
    ])
  })
})
