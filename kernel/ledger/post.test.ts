import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type AccountKind, balances, closeAccount, openAccounts } from './accounts.ts'
import type { Entry, Outcome, Posting } from './entry.ts'
import { post, postAll } from './post.ts'
import { reversal } from './rules.ts'

const scope: Scope = { programme: 'shenzhen', actor: 'tester', at: new Date('2026-03-01T02:00:00Z') }
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const run = (...entries: Entry[]) => db.app.write(scope, async tx => ok(await post(tx, entries))).then(must)
const entry = (postings: Posting[], more: Partial<Entry> = {}): Entry => ({
  id: newId(),
  kind: 'test',
  postings,
  ...more,
})
const move = (from: string, to: string, amount: number, more: Partial<Entry> = {}): Entry =>
  entry(
    [
      { account: from, amount: -amount },
      { account: to, amount },
    ],
    more,
  )
const codes = (outcomes: Outcome[]) => outcomes.map(o => (o.outcome === 'refused' ? o.code : o.outcome))

let stage = 0
/** Accounts of its own for a test, of fen; a ceiling starts with what it is given from outside. */
async function accounts<K extends string>(
  kinds: Record<K, AccountKind | number>,
): Promise<Record<K, string>> {
  stage += 1
  const names = Object.fromEntries(Object.keys(kinds).map(k => [k, `t${stage}/${k}`])) as Record<K, string>
  await db.app
    .write(scope, async tx => {
      const keys = Object.keys(kinds) as K[]
      await openAccounts(tx, [
        ...keys.map(k => ({ account: names[k], unit: 'fen', kind: kindOf(kinds[k]) })),
        { account: 'world', unit: 'fen', kind: 'free' },
      ])
      const filled = keys.filter(k => typeof kinds[k] === 'number')
      await postAll(
        tx,
        filled.map(k => move('world', names[k], kinds[k] as number)),
      )
      return ok(null)
    })
    .then(must)
  return names
}
const kindOf = (kind: AccountKind | number): AccountKind => (typeof kind === 'number' ? 'ceiling' : kind)
const standing = async (account: string) => {
  const { balance, held } = (await db.app.read(scope, tx => balances(tx, [account]))).get(account)!
  return [balance, held]
}

describe('postings', () => {
  it('move what balances, in order, each entry with its own outcome', async () => {
    const { a, b } = await accounts({ a: 100, b: 'ceiling' })
    const entries = [move(a, b, 60), move(a, b, 60), move(b, a, 50), move(a, b, 60)]
    expect(await run(...entries)).toEqual([
      { id: entries[0]!.id, outcome: 'posted' },
      {
        id: entries[1]!.id,
        outcome: 'refused',
        code: 'ledger.short',
        params: { account: a, asked: 60, available: 40 },
      },
      { id: entries[2]!.id, outcome: 'posted' },
      { id: entries[3]!.id, outcome: 'posted' },
    ])
    expect([await standing(a), await standing(b)]).toEqual([
      [30, 0],
      [70, 0],
    ])
  })
})
void [closeAccount, reversal, codes]
