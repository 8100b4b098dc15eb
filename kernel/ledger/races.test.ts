import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Database } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { checkLedger } from './check.ts'
import type { Entry, Outcome } from './entry.ts'
import { expireHolds } from './holds.ts'
import { codes, entry, move, Stage } from './stage.ts'

let db: TestDatabase
let many: Database
let count = 0
beforeAll(async () => {
  db = await testDatabase()
  many = new Database('app', db.connections.app, 50)
})
afterAll(async () => {
  await many.close()
  await db.close()
})
const stage = () => new Stage(many, `r${++count}`)
const tally = (outcomes: readonly Outcome[]) => {
  const of = Map.groupBy(codes(outcomes), code => code)
  return Object.fromEntries([...of].map(([code, all]) => [code, all.length]))
}
const sound = (s: Stage) => s.read(checkLedger).then(f => expect(f).toEqual({ accounts: [], entries: [] }))
/** Deadlocks since the server keeps count for this database; backends report theirs when they are idle or gone. */
async function deadlocks(): Promise<number> {
  await db.owner('select pg_stat_force_next_flush()').catch(() => undefined)
  const [row] = await db.owner<{ n: number }>(
    'select deadlocks as n from pg_stat_database where datname = current_database()',
  )
  return row!.n
}

describe('at the same time', () => {
  it('200 takers of 50 pieces: 50 served, 150 refused, nothing left or owed', async () => {
    const s = stage()
    await s.accounts({ stock: 50 })
    const answers = await Promise.all(Array.from({ length: 200 }, () => s.post(move('stock', 'world', 1))))
    expect(tally(answers.flat())).toEqual({ posted: 50, 'ledger.short': 150 })
    expect(await s.standing('stock')).toEqual([[0, 0]])
    await sound(s)
  })

  it('accounts crossed in every order by 50 workers: no deadlock, every sum right', async () => {
    const s = stage()
    const names = Array.from({ length: 8 }, (_, n) => `c${n}`)
    await s.accounts(Object.fromEntries(names.map(name => [name, 1000])))
    const before = await deadlocks()
    const worker = async (n: number) => {
      for (let round = 0; round < 6; round += 1) {
        const around = [...names.keys()].map(i => names[(n % 2 ? i + n : n + 8 - i) % 8]!)
        const pairs = around.map((name, i): Entry => move(name, around[(i + 1) % 8]!, 1 + (n % 3)))
        expect(tally(await s.post(...pairs))).toEqual({ posted: 8 })
      }
    }
    await Promise.all([...Array(50).keys()].map(worker))
    expect(await s.standing(...names)).toEqual(names.map(() => [1000, 0]))
    // its connections closed, every backend has told what it met
    await many.close()
    many = new Database('app', db.connections.app, 50)
    expect(await deadlocks()).toBe(before)
    await sound(new Stage(many, s.scope.programme))
  })

  it('two holds on the last of a budget: one passes', async () => {
    const s = stage()
    await s.accounts({ budget: 100 })
    const wants = () => entry([], { holds: [{ id: newId(), account: 'budget', amount: 60 }] })
    const answers = await Promise.all([s.post(wants()), s.post(wants())])
    expect(tally(answers.flat())).toEqual({ posted: 1, 'ledger.short': 1 })
    expect(await s.standing('budget')).toEqual([[100, 60]])
    await sound(s)
  })

  it('20 commits of one hold: one is made', async () => {
    const s = stage()
    await s.accounts({ budget: 100 })
    const hold = newId()
    await s.post(entry([], { holds: [{ id: hold, account: 'budget', amount: 60 }] }))
    const commit = () => s.post(move('budget', 'world', 60, { releases: [{ hold, amount: 60 }] }))
    const answers = await Promise.all(Array.from({ length: 20 }, commit))
    expect(tally(answers.flat())).toEqual({ posted: 1, 'ledger.hold_short': 19 })
    expect(await s.standing('budget')).toEqual([[40, 0]])
    await sound(s)
  })

  it('commits in parts share a hold exactly', async () => {
    const s = stage()
    await s.accounts({ budget: 100 })
    const hold = newId()
    await s.post(entry([], { holds: [{ id: hold, account: 'budget', amount: 60 }] }))
    const part = () => s.post(move('budget', 'world', 7, { releases: [{ hold, amount: 7 }] }))
    const answers = await Promise.all(Array.from({ length: 20 }, part))
    expect(tally(answers.flat())).toEqual({ posted: 8, 'ledger.hold_short': 12 })
    expect(await s.standing('budget')).toEqual([[44, 4]])
    await sound(s)
  })

  it('the sweeper and a commit just in time: the hold goes one way, never both', async () => {
    const s = stage()
    await s.accounts({ budget: 1000 })
    const holds = Array.from({ length: 30 }, () => newId())
    const expiresAt = new Date('2026-03-01T03:00:00Z')
    await s.post(...holds.map(id => entry([], { holds: [{ id, account: 'budget', amount: 10, expiresAt }] })))
    const [early, late] = [s.at('2026-03-01T02:59:59Z'), s.at('2026-03-01T03:00:00Z')]
    const commits = holds.map(hold =>
      early.post(move('budget', 'world', 10, { releases: [{ hold, amount: 10 }] })),
    )
    const sweeps = [1, 2, 3, 4].map(() => late.write(tx => expireHolds(tx, 8)))
    const [outcomes, swept] = [(await Promise.all(commits)).flat(), (await Promise.all(sweeps)).flat()]
    const rest = await late.write(tx => expireHolds(tx, 100))
    const posted = codes(outcomes).filter(code => code === 'posted').length
    expect(posted + swept.length + rest.length).toBe(30)
    expect(tally(outcomes)['ledger.hold_expired'] ?? 0).toBe(swept.length + rest.length)
    expect(await s.standing('budget')).toEqual([[1000 - 10 * posted, 0]])
    await sound(s)
  })

  it('one id sent by many: posted once, repeated to the others', async () => {
    const s = stage()
    await s.accounts({ a: 100 })
    const once = move('a', 'world', 10)
    const answers = await Promise.all(Array.from({ length: 12 }, () => s.post(once)))
    expect(tally(answers.flat())).toEqual({ posted: 1, repeated: 11 })
    expect(await s.standing('a')).toEqual([[90, 0]])
  })

  it('two reversals of one entry: one is made', async () => {
    const s = stage()
    await s.accounts({ a: 100 })
    const sale = move('a', 'world', 10)
    await s.post(sale)
    const back = () => s.post(move('world', 'a', 10, { reverses: sale.id }))
    const answers = await Promise.all([back(), back(), back()])
    expect(tally(answers.flat())).toEqual({ posted: 1, 'ledger.already_reversed': 2 })
    expect(await s.standing('a')).toEqual([[100, 0]])
  })

  it('arrays over the same accounts serve their entries in order, as many as there is', async () => {
    const s = stage()
    await s.accounts({ stock: 333 })
    const array = () => s.post(...Array.from({ length: 100 }, () => move('stock', 'world', 1)))
    const answers = await Promise.all(Array.from({ length: 8 }, array))
    expect(tally(answers.flat())).toEqual({ posted: 333, 'ledger.short': 467 })
    // within an array those served come first
    for (const codesOf of answers.map(codes))
      expect(codesOf.lastIndexOf('posted')).toBe(codesOf.filter(code => code === 'posted').length - 1)
    expect(await s.standing('stock')).toEqual([[0, 0]])
    await sound(s)
  })
})
