import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { idFrom } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { balances, type Opening, openAccounts } from './accounts.ts'
import { checkLedger } from './check.ts'
import type { Entry } from './entry.ts'
import { expireHolds } from './holds.ts'
import { Model } from './model.ts'
import { isBalanced } from './rules.ts'
import { move, Stage } from './stage.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const openings: Opening[] = [
  { account: 'world', unit: 'fen', kind: 'free' },
  { account: 'budget/1', unit: 'fen', kind: 'ceiling' },
  { account: 'budget/0', unit: 'fen', kind: 'ceiling' },
  { account: 'quota', unit: 'fen', kind: 'floor' },
  { account: 'field', unit: 'g', kind: 'free' },
  { account: 'stock', unit: 'g', kind: 'ceiling' },
]
const names = [...openings.map(o => o.account), 'nowhere']
const unitOf = (account: string) => openings.find(o => o.account === account)?.unit ?? 'fen'
const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n))

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, never = 7) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: never }, { arbitrary, weight: 1 })
const account = fc.oneof(
  { arbitrary: fc.constantFrom(...openings.map(o => o.account)), weight: 30 },
  { arbitrary: fc.constant('nowhere'), weight: 1 },
)
const amount = fc.integer({ min: 1, max: 12 })
const legs = (from: string, to: string, n: number) => [
  { account: from, amount: -n },
  { account: to, amount: n },
]
const anyTransfer = fc.tuple(account, account, amount).map(of => legs(...of))
const transfer = fc.oneof(
  {
    arbitrary: fc
      .tuple(account, account, amount)
      .map(([from, to, n]) =>
        unitOf(from) === unitOf(to)
          ? legs(from, to, n)
          : legs(from, unitOf(from) === 'g' ? 'field' : 'world', n),
      ),
    weight: 12,
  },
  { arbitrary: anyTransfer, weight: 1 },
)
/** An id out of a few, so that repeats, double commits and double reversals are common. */
const few = (kind: string, n: number) => fc.integer({ min: 0, max: n }).map(i => idFrom(kind, String(i)))
const entry: fc.Arbitrary<Entry> = fc
  .record({
    id: few('entry', 40),
    observed: sometimes(fc.constant(true)),
    reverses: sometimes(fc.oneof(few('fill', 1), few('entry', 40))),
    postings: fc.array(transfer, { maxLength: 3 }).map(each => each.flat()),
    holds: fc.uniqueArray(
      fc.record({
        id: few('hold', 12),
        account,
        amount,
        expiresAt: sometimes(fc.integer({ min: 0, max: 12 }).map(minute), 2),
      }),
      { maxLength: 2, selector: h => h.id },
    ),
    releases: fc.array(fc.record({ hold: few('hold', 12), amount }), { maxLength: 1 }),
  })
  .filter(
    ({ postings, holds, releases }) =>
      postings.length + holds.length + releases.length > 0 &&
      !holds.some(h => releases.some(r => r.hold === h.id)),
  )
  .map(made => ({ kind: 'random', ...made }))
/** Hours of a ledger: each a call of post at its minute, then perhaps the sweeper. */
const calls = fc.array(
  fc.record({ entries: fc.array(entry, { minLength: 1, maxLength: 10 }), sweep: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
)

const codeOf = (o: { outcome: string; code?: string }) => o.code ?? o.outcome

it('does to random arrays what the model does, entry by entry, and keeps its equation', async () => {
  let programme = 0
  const seen = new Map<string, number>()
  const property = fc.asyncProperty(calls, async run => {
    programme += 1
    const first = new Stage(db.app, `p${programme}`, minute(0))
    const model = new Model(openings)
    const fill = ['budget/1', 'budget/0'].map(name =>
      move('world', name, 20, { id: idFrom('fill', name.slice(-1)) }),
    )
    fill.push(move('field', 'stock', 30, { id: idFrom('fill', 'stock') }))
    await first.write(tx => openAccounts(tx, openings))
    await first.post(...fill)
    for (const each of fill) model.post(each, minute(0))
    for (const [n, { entries, sweep }] of run.entries()) {
      const stage = new Stage(db.app, `p${programme}`, minute(3 * n))
      const expected = entries.map(each => codeOf(model.post(each, minute(3 * n))))
      expect((await stage.post(...entries)).map(codeOf)).toEqual(expected)
      for (const code of expected) seen.set(code, (seen.get(code) ?? 0) + 1)
      if (sweep)
        expect((await stage.write(tx => expireHolds(tx, 100))).map(h => h.id)).toEqual(
          model.expire(minute(3 * n)),
        )
    }
    expect(await first.read(tx => balances(tx, names))).toEqual(model.accounts)
    expect(await first.read(checkLedger)).toEqual({ accounts: [], entries: [] })
    const [short] = await first.read(tx =>
      tx.query<{ sum: number }>('select coalesce(sum(shortfall), 0)::bigint as sum from ledger_discrepancy'),
    )
    expect(short!.sum).toBe(model.shortfall)
  })
  await fc.assert(property, { numRuns: 200 })
  // the entries are random enough to meet every outcome
  expect([...seen.keys()].sort()).toEqual([
    'ledger.already_reversed',
    'ledger.hold_exists',
    'ledger.hold_expired',
    'ledger.hold_missing',
    'ledger.hold_short',
    'ledger.short',
    'ledger.unbalanced',
    'ledger.unknown_account',
    'ledger.unknown_entry',
    'posted',
    'repeated',
  ])
})

it('balances per unit: any transfers within units do, an odd leg does not', () => {
  fc.assert(
    fc.property(fc.array(anyTransfer), all => {
      const within = all.filter(([from, to]) => unitOf(from!.account) === unitOf(to!.account)).flat()
      expect(isBalanced(within, unitOf)).toBe(true)
      expect(isBalanced([...within, { account: 'stock', amount: 1 }], unitOf)).toBe(false)
    }),
  )
})
