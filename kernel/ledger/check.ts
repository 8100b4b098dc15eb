import type { Reader } from '../database/database.ts'
import { balanceOf } from './balance.ts'

export interface LedgerFaults {
  /** Accounts whose balance is not the sum of their postings, or whose held is not that of their open holds. */
  readonly accounts: readonly AccountFault[]
  /** Entries whose postings do not add to zero in some unit, lie on no account, or have no entry. */
  readonly entries: readonly EntryFault[]
}

export interface AccountFault {
  readonly account: string
  readonly balance: number
  readonly posted: number
  readonly held: number
  readonly reserved: number
}

export interface EntryFault {
  readonly entry: string
  /** null: an account that was never opened. */
  readonly unit: string | null
  readonly sum: number
}

/** The nightly equation of a programme: both lists are empty, or something wrote past `post`. */
export async function checkLedger(tx: Reader): Promise<LedgerFaults> {
  const accounts = await tx.query<AccountFault>(
    `select a.account, b.balance, a.held, coalesce(p.posted, 0)::bigint as posted, coalesce(h.reserved, 0)::bigint as reserved
     from ledger_account a cross join lateral (select ${balanceOf('a')} as balance) b
     left join (select account, sum(amount) as posted from ledger_posting where programme_id = $1 group by account) p
       on p.account = a.account
     left join (select account, sum(remaining) as reserved from ledger_hold
       where programme_id = $1 and state = 'open' group by account) h on h.account = a.account
     where a.programme_id = $1 and (b.balance <> coalesce(p.posted, 0) or a.held <> coalesce(h.reserved, 0))
     order by a.account`,
    [tx.programme],
  )
  const entries = await tx.query<EntryFault>(
    `select p.entry_id as entry, a.unit, sum(p.amount)::bigint as sum
     from ledger_posting p
     left join ledger_account a on a.programme_id = $1 and a.account = p.account
     left join ledger_entry e on e.programme_id = $1 and e.id = p.entry_id
     where p.programme_id = $1
     group by p.entry_id, a.unit having sum(p.amount) <> 0 or a.unit is null or bool_or(e.id is null)
     order by p.entry_id, a.unit`,
    [tx.programme],
  )
  return { accounts, entries }
}
