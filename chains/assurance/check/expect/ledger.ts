import { standing } from '../accounts.ts'
import { AnyOf, type Expectation, type Row } from '../compare.ts'
import type { ExpectedEntry, ExpectedHold, ExpectedLedger } from '../ledger.ts'

/** The ledger's tables. Holds come first: which of those past their time a sweeper has met decides what is held. */
export function ledgerTables(
  ledger: ExpectedLedger,
  now: Date,
): { before: Expectation[]; accounts: () => Expectation } {
  return {
    before: [holds(ledger, now), entries(ledger), postings(ledger), discrepancies],
    accounts: () => accounts(ledger),
  }
}

const holds = (ledger: ExpectedLedger, now: Date): Expectation => ({
  table: 'ledger_hold',
  key: ['id'],
  rows: [...ledger.holds.values()].map(hold => holdRow(hold, now)),
  seen: ({ id, state }) => {
    if (state === 'expired' && mayBeSwept(ledger.holds.get(String(id)), now)) ledger.swept(String(id))
  },
})

const mayBeSwept = (hold: ExpectedHold | undefined, now: Date): boolean =>
  hold?.end === 'open' && hold.expiresAt !== null && hold.expiresAt <= now

const holdRow = (hold: ExpectedHold, now: Date): Row => ({
  id: hold.id,
  account: hold.account,
  amount: hold.amount,
  remaining: hold.end === 'open' ? (hold.remaining ?? hold.amount) : 0,
  expires_at: hold.expiresAt,
  state: mayBeSwept(hold, now) ? new AnyOf('open', 'expired') : hold.end,
  entry_id: hold.entry,
})

const entries = (ledger: ExpectedLedger): Expectation => ({
  table: 'ledger_entry',
  key: ['id'],
  rows: [...ledger.entries.values()].map(({ id, kind, subject, at, observed }) => ({
    id,
    kind,
    subject,
    at,
    observed,
    reverses: null,
  })),
})

/** By entry, account and promise: in which order an entry lists them says nothing. */
const postings = (ledger: ExpectedLedger): Expectation => ({
  table: 'ledger_posting',
  key: ['entry_id', 'account', 'undertaking_id'],
  from: `select entry_id, account, undertaking_id, sum(amount)::bigint as amount, min(at) as at, max(at) as until
    from ledger_posting where programme_id = $1 group by entry_id, account, undertaking_id`,
  rows: [...ledger.entries.values()].flatMap(postingRows),
})

const postingRows = ({ id, at, postings: moved }: ExpectedEntry): Row[] =>
  moved.map(({ account, amount, undertaking }) => ({
    entry_id: id,
    account,
    undertaking_id: undertaking ?? null,
    amount,
    at,
    until: at,
  }))

/** Nothing we observe takes from a ceiling, so that no discrepancy can be. */
const discrepancies: Expectation = { table: 'ledger_discrepancy', key: ['id'], rows: [] }

const accounts = (ledger: ExpectedLedger): Expectation => ({
  table: 'ledger_account',
  key: ['account'],
  // what free accounts keep in parts beside them, summed here anew
  from: `select a.account, a.unit, a.kind, a.held, a.closed_at, (a.balance + coalesce((select sum(p.balance)
      from ledger_account_part p where p.programme_id = a.programme_id and p.account = a.account), 0))::bigint as balance
    from ledger_account a where a.programme_id = $1`,
  rows: [...ledger.accounts]
    // a programme's first accounts are opened without a fact: one that is empty may be missing
    .filter(([name, { balance, held }]) => !(name in standing) || balance !== 0 || held !== 0)
    .map(([account, { unit, kind, balance, held }]) => ({
      account,
      unit,
      kind,
      balance,
      held,
      closed_at: null,
    })),
  columns: ['unit', 'kind', 'balance', 'held'],
  mayStand: ({ account, balance, held, unit, kind }) => {
    // a wallet is opened with its customer, of whom no fact tells
    const known = /^wallet\/customer\//.test(String(account))
      ? { unit: 'fen', kind: 'ceiling' }
      : standing[String(account)]
    return known?.unit === unit && known?.kind === kind && balance === 0 && held === 0
  },
})
