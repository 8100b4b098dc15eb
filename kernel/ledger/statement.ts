import { rowsOf } from '../database/cursor.ts'
import type { Reader } from '../database/database.ts'
import { FIRST_ID } from '../http/paging.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { balanceOf } from './balance.ts'

export interface StatementLine {
  readonly entry: string
  readonly no: number
  readonly at: Date
  readonly kind: string
  readonly subject: string | null
  readonly observed: boolean
  readonly amount: number
  /** Of the account after this line. */
  readonly balance: number
  readonly undertaking: string | null
}

export interface Statement {
  readonly account: string
  readonly unit: string
  /** Balance at `from`, before its first line. */
  readonly opening: number
  /** Balance at `to`, which is not within the period. */
  readonly closing: number
  /** What came and what went in the whole period, both as positive sums. */
  readonly received: number
  readonly given: number
  readonly lines: readonly StatementLine[]
  /** Where the next page starts; undefined on the last. */
  readonly next: string | undefined
}

export interface Page {
  readonly limit: number
  /** `next` of the page before. */
  readonly after?: string | undefined
}

/**
 * The postings of an account in `from` ≤ at < `to`, in the order of their time. Balances are counted back from the
 * account's own, so that a recent period costs what happened since, not what happened ever.
 * Refuses `ledger.unknown_account {account}` and `page.cursor`.
 */
export async function statement(
  tx: Reader,
  account: string,
  from: Date,
  to: Date,
  { limit, after }: Page,
): Promise<Result<Statement, 'ledger.unknown_account' | 'page.cursor'>> {
  const cursor = after === undefined ? { at: from, entry: FIRST_ID, no: 0 } : parse(after)
  if (!cursor) return refuse('page.cursor')
  const rows = await tx.query<Row>(
    STATEMENT,
    [tx.programme, account, from, to, cursor.at, cursor.entry, cursor.no, limit + 1],
    'ledger-statement',
  )
  const [first] = rows
  if (!first) return refuse('ledger.unknown_account', { account })
  const lines = withBalances(rows, first.before).slice(0, limit)
  const last = lines.at(-1)
  return ok({
    account,
    unit: first.unit,
    opening: first.opening,
    closing: first.closing,
    received: first.received,
    given: first.given,
    lines,
    next: rows.length > limit && last ? `${last.at.toISOString()}/${last.entry}/${last.no}` : undefined,
  })
}

/** One statement of SQL, so that all its figures are of one moment. */
const STATEMENT = `
  with figures as (
    select a.unit, b.balance - coalesce(s.opening, 0) as opening, b.balance - coalesce(s.closing, 0) as closing,
      b.balance - coalesce(s.before, 0) as before, coalesce(s.received, 0) as received, coalesce(s.given, 0) as given
    from ledger_account a cross join lateral (select ${balanceOf('a')} as balance) b cross join (
      select sum(p.amount)::bigint as opening,
        sum(p.amount) filter (where p.at >= $4)::bigint as closing,
        sum(p.amount) filter (where (p.at, p.entry_id, p.no) > ($5, $6::uuid, $7))::bigint as before,
        sum(p.amount) filter (where p.amount > 0 and p.at < $4)::bigint as received,
        -sum(p.amount) filter (where p.amount < 0 and p.at < $4)::bigint as given
      from ledger_posting p where p.programme_id = $1 and p.account = $2 and p.at >= $3
    ) s where a.programme_id = $1 and a.account = $2
  ), page as (
    select p.entry_id, p.no, p.at, p.amount, p.undertaking_id
    from ledger_posting p
    where p.programme_id = $1 and p.account = $2 and p.at < $4 and (p.at, p.entry_id, p.no) > ($5, $6::uuid, $7)
    order by p.at, p.entry_id, p.no limit $8
  )
  select f.unit, f.opening, f.closing, f.before, f.received, f.given, p.entry_id as entry, p.no, p.at, p.amount,
    p.undertaking_id as undertaking, e.kind, e.subject, e.observed
  from figures f left join page p on true
  left join ledger_entry e on e.programme_id = $1 and e.id = p.entry_id
  order by p.at, p.entry_id, p.no`

interface Row extends Omit<StatementLine, 'balance' | 'entry'> {
  readonly entry: string | null
  readonly unit: string
  readonly opening: number
  readonly closing: number
  readonly before: number
  readonly received: number
  readonly given: number
}

function withBalances(rows: readonly Row[], before: number): StatementLine[] {
  let balance = before
  return rows.flatMap(({ entry, no, at, kind, subject, observed, amount, undertaking }) => {
    if (entry === null) return []
    balance += amount
    return [{ entry, no, at, kind, subject, observed, amount, balance, undertaking }]
  })
}

/** All lines of a period, after an opening balance that was read in the same snapshot; a few thousand in memory. */
export async function* statementLines(
  tx: Reader,
  account: string,
  from: Date,
  to: Date,
  opening: number,
): AsyncGenerator<StatementLine> {
  let balance = opening
  for await (const row of rowsOf<Omit<StatementLine, 'balance'>>(tx, LINES, [
    tx.programme,
    account,
    from,
    to,
  ])) {
    balance += row.amount
    yield { ...row, balance }
  }
}

const LINES = `
  select p.entry_id as entry, p.no, p.at, p.amount, p.undertaking_id as undertaking, e.kind, e.subject, e.observed
  from ledger_posting p join ledger_entry e on e.programme_id = p.programme_id and e.id = p.entry_id
  where p.programme_id = $1 and p.account = $2 and p.at >= $3 and p.at < $4
  order by p.at, p.entry_id, p.no`

export interface OpenHold {
  readonly id: string
  /** What is still reserved of it. */
  readonly remaining: number
  readonly expiresAt: Date | null
  readonly kind: string
  readonly subject: string | null
  readonly at: Date
}

/** What is reserved on an account now, the oldest first, at most `limit`; its sum is the account's `held`. */
export const openHolds = (tx: Reader, account: string, limit: number): Promise<OpenHold[]> =>
  tx.query<OpenHold>(
    `select h.id, h.remaining, h.expires_at as "expiresAt", e.kind, e.subject, e.at
     from ledger_hold h join ledger_entry e on e.programme_id = h.programme_id and e.id = h.entry_id
     where h.programme_id = $1 and h.account = $2 and h.state = 'open' order by e.at, h.id limit $3`,
    [tx.programme, account, limit],
    'ledger-open-holds',
  )

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\/([0-9a-f-]{36})\/(\d{1,9})$/

function parse(cursor: string): { at: Date; entry: string; no: number } | undefined {
  const [, at, entry, no] = CURSOR.exec(cursor) ?? []
  return at && entry && no ? { at: new Date(at), entry, no: Number(no) } : undefined
}
