import type { Reader, Writer } from '../database/database.ts'
import { ok, Refused, type Result, refuse } from '../result/result.ts'
import { balanceOf } from './balance.ts'

/** `ceiling`: commanded entries may not overdraw it. `floor`: a quota or target. `free`: the outside world, clearing. */
export type AccountKind = 'ceiling' | 'floor' | 'free'

export interface Opening {
  /** A readable address, e.g. `stock/lot/<uuid>`. */
  readonly account: string
  /** `fen`, `g`, `piece`, `head`, `point`, `voucher:<id>` … */
  readonly unit: string
  readonly kind: AccountKind
}

export interface Balance extends Opening {
  readonly balance: number
  /** Reserved by open holds. */
  readonly held: number
  readonly closed: boolean
}

/** Opens accounts that are not there yet. Throws `ledger.account_differs {account}` if one is there with another unit or kind. */
export async function openAccounts(tx: Writer, openings: readonly Opening[]): Promise<void> {
  if (openings.length === 0) return
  const [accounts, units, kinds] = [
    openings.map(o => o.account),
    openings.map(o => o.unit),
    openings.map(o => o.kind),
  ]
  await tx.query(
    `insert into ledger_account (programme_id, account, unit, kind, opened_at)
     select $1, o.account, o.unit, o.kind, $5
     from unnest($2::text[], $3::text[], $4::text[]) o(account, unit, kind) order by o.account
     on conflict do nothing`,
    [tx.programme, accounts, units, kinds, tx.at],
    'ledger-open',
  )
  const there = await balances(tx, accounts)
  const other = openings.find(({ account, unit, kind }) => {
    const found = there.get(account)
    return found?.unit !== unit || found.kind !== kind
  })
  if (other) throw new Refused('ledger.account_differs', { account: other.account })
}

/**
 * Closes an account for good; closing it again changes nothing. Refuses `ledger.unknown_account {account}`, and
 * `ledger.account_in_use {account, balance, held}` while something is held or a ceiling is not empty.
 */
export async function closeAccount(
  tx: Writer,
  account: string,
): Promise<Result<null, 'ledger.unknown_account' | 'ledger.account_in_use'>> {
  const [locked] = await lockAccounts(tx, [account])
  if (!locked) return refuse('ledger.unknown_account', { account })
  const { balance, held, kind } = locked
  if (held !== 0 || (kind === 'ceiling' && balance !== 0))
    return refuse('ledger.account_in_use', { account, balance, held })
  await tx.query(
    'update ledger_account set closed_at = $3 where programme_id = $1 and account = $2 and closed_at is null',
    [tx.programme, account, tx.at],
    'ledger-close',
  )
  return ok(null)
}

/** Locks accounts, in the one sorted order, until the transaction ends; returns those that exist. */
export function lockAccounts(tx: Writer, accounts: readonly string[]): Promise<Balance[]> {
  return tx.query<Balance>(
    `select a.account, a.unit, a.kind, ${balanceOf('a')} as balance, a.held, a.closed_at is not null as closed
     from ledger_lock($1, $2::text[]) a`,
    [tx.programme, [...new Set(accounts)]],
    'ledger-lock',
  )
}

/** The accounts as they stand; those unknown are missing from the map. */
export async function balances(tx: Reader, accounts: readonly string[]): Promise<Map<string, Balance>> {
  const rows = await tx.query<Balance>(
    `select a.account, a.unit, a.kind, ${balanceOf('a')} as balance, a.held, a.closed_at is not null as closed
     from ledger_account a where a.programme_id = $1 and a.account = any($2::text[])`,
    [tx.programme, accounts],
    'ledger-balances',
  )
  return new Map(rows.map(row => [row.account, row]))
}
