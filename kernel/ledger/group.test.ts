import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { checkLedger } from './check.ts'
import { groupPost } from './group.ts'
import { codes, move, Stage } from './stage.ts'

let db: TestDatabase
let count = 0
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
const stage = () => new Stage(db.app, `g${++count}`)
const sound = (s: Stage) => s.read(checkLedger).then(f => expect(f).toEqual({ accounts: [], entries: [] }))
/** Transactions that wrote entries: rows of one transaction bear its number. */
const transactions = async (s: Stage) => {
  const [row] = await db.owner<{ n: number }>(
    'select count(distinct xmin::text)::int as n from ledger_entry where programme_id = $1',
    [s.scope.programme],
  )
  return row!.n
}

describe('entries of many callers', () => {
  it('are posted together, each with its own outcome: 600 takers of 450 pieces', async () => {
    const s = stage()
    await s.accounts({ stock: 450 })
    const before = await transactions(s)
    const group = groupPost(db.app, s.scope)
    const entries = Array.from({ length: 600 }, () => move('stock', 'world', 1))
    const outcomes = await Promise.all(entries.map(entry => group.submit(entry)))
    expect(outcomes.map(outcome => outcome.id)).toEqual(entries.map(entry => entry.id))
    // who came first is served
    expect(codes(outcomes)).toEqual([...Array(450).fill('posted'), ...Array(150).fill('ledger.short')])
    expect((await transactions(s)) - before).toBe(1)
    expect(await s.standing('stock')).toEqual([[0, 0]])
    await sound(s)
  })

  it('fail alone: what no caller should send rejects for its caller only', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const group = groupPost(db.app, s.scope)
    const poisoned = [move('a', 'world', 0.5), { ...move('a', 'world', 1), id: 'no uuid' }]
    const sent = [move('a', 'world', 3), ...poisoned, move('a', 'world', 4), move('a', 'nowhere', 1)]
    const answers = await Promise.allSettled(sent.map(entry => group.submit(entry)))
    expect(answers.map(a => (a.status === 'fulfilled' ? codes([a.value])[0] : 'rejected'))).toEqual([
      'posted',
      'rejected',
      'rejected',
      'posted',
      'ledger.unknown_account',
    ])
    expect(await s.standing('a')).toEqual([[3, 0]])
    await sound(s)
  })

  it('are posted once when sent again, in one batch and in the next', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const group = groupPost(db.app, s.scope)
    const once = move('a', 'world', 4)
    const twice = await Promise.all([group.submit(once), group.submit(once)])
    expect(codes(twice)).toEqual(['posted', 'repeated'])
    expect(codes([await group.submit(once)])).toEqual(['repeated'])
    expect(await s.standing('a')).toEqual([[6, 0]])
  })

  it('are all answered when the group is closed in flight', async () => {
    const s = stage()
    await s.accounts({ a: 10 })
    const group = groupPost(db.app, s.scope)
    const taken = Array.from({ length: 20 }, () => group.submit(move('a', 'world', 1)))
    await group.close()
    await expect(group.submit(move('world', 'a', 1))).rejects.toThrow('the group is closed')
    expect(codes(await Promise.all(taken)).filter(code => code === 'posted')).toHaveLength(10)
    expect(await s.standing('a')).toEqual([[0, 0]])
  })

  it('share accounts with those who post alone, without deadlock', async () => {
    const s = stage()
    await s.accounts({ a: 1000, b: 1000 })
    const group = groupPost(db.app, s.scope)
    const together = Array.from({ length: 100 }, (_, n) =>
      group.submit(n % 2 ? move('a', 'b', 1) : move('b', 'a', 1)),
    )
    const alone = Array.from({ length: 20 }, (_, n) => s.post(n % 2 ? move('b', 'a', 1) : move('a', 'b', 1)))
    const outcomes = [await Promise.all(together), ...(await Promise.all(alone))].flat()
    expect(new Set(codes(outcomes))).toEqual(new Set(['posted']))
    expect(await s.standing('a', 'b')).toEqual([
      [1000, 0],
      [1000, 0],
    ])
    await sound(s)
  })
})
