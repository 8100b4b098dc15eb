import type { Reader } from '../database/database.ts'
import { FIRST_ID } from '../http/paging.ts'
import { ok, type Result, refuse } from '../result/result.ts'

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
    lines,
    next: rows.length > limit && last ? `${last.at.toISOString()}/${last.entry}/${last.no}` : undefined,
  })
}

/** One statement of SQL, so that all its figures are of one moment. */
const STATEMENT = `
  with figures as (
    select a.unit, a.balance - coalesce(s.opening, 0) as opening, a.balance - coalesce(s.closing, 0) as closing,
      a.balance - coalesce(s.before, 0) as before
    from ledger_account a cross join (
      select sum(p.amount)::bigint as opening,
        sum(p.amount) filter (where p.at >= $4)::bigint as closing,
        sum(p.amount) filter (where (p.at, p.entry_id, p.no) > ($5, $6::uuid, $7))::bigint as before
      from ledger_posting p where p.programme_id = $1 and p.account = $2 and p.at >= $3
    ) s where a.programme_id = $1 and a.account = $2
  ), page as (
    select p.entry_id, p.no, p.at, p.amount, p.undertaking_id
    from ledger_posting p
    where p.programme_id = $1 and p.account = $2 and p.at < $4 and (p.at, p.entry_id, p.no) > ($5, $6::uuid, $7)
    order by p.at, p.entry_id, p.no limit $8
  )
  select f.unit, f.opening, f.closing, f.before, p.entry_id as entry, p.no, p.at, p.amount,
    p.undertaking_id as undertaking, e.kind, e.subject, e.observed
  from figures f left join page p on true
  left join ledger_entry e on e.programme_id = $1 and e.id = p.entry_id
  order by p.at, p.entry_id, p.no`

/** Before every UUID. */

interface Row extends Omit<StatementLine, 'balance' | 'entry'> {
  readonly entry: string | null
  readonly unit: string
  readonly opening: number
  readonly closing: number
  readonly before: number
}

function withBalances(rows: readonly Row[], before: number): StatementLine[] {
  let balance = before
  return rows.flatMap(({ entry, no, at, kind, subject, observed, amount, undertaking }) => {
    if (entry === null) return []
    balance += amount
    return [{ entry, no, at, kind, subject, observed, amount, balance, undertaking }]
  })
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\/([0-9a-f-]{36})\/(\d{1,9})$/

function parse(cursor: string): { at: Date; entry: string; no: number } | undefined {
  const [, at, entry, no] = CURSOR.exec(cursor) ?? []
  return at && entry && no ? { at: new Date(at), entry, no: Number(no) } : undefined
}
