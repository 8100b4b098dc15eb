import type { Generated } from 'kysely'

interface AccountTable {
  programme_id: string
  account: string
  unit: string
  kind: 'ceiling' | 'floor' | 'free'
  balance: Generated<number>
  held: Generated<number>
  opened_at: Date
  closed_at: Date | null
}

/** What came to a free account, apart from its own figure: see `balanceOf`. */
interface AccountPartTable {
  programme_id: string
  account: string
  part: number
  balance: number
}

interface EntryTable {
  programme_id: string
  id: string
  at: Date
  recorded_at: Date
  kind: string
  subject: string | null
  observed: boolean
  reverses: string | null
  note: Record<string, unknown> | null
}

interface PostingTable {
  programme_id: string
  entry_id: string
  no: number
  account: string
  amount: number
  undertaking_id: string | null
  at: Date
}

interface HoldTable {
  programme_id: string
  id: string
  account: string
  amount: number
  remaining: number
  expires_at: Date | null
  state: 'open' | 'committed' | 'voided' | 'expired'
  entry_id: string
}

interface DiscrepancyTable {
  programme_id: string
  id: string
  account: string
  entry_id: string
  shortfall: number
  opened_at: Date
  closed_at: Date | null
  note: string | null
}

/** To read, join and aggregate. Written by `post` and its neighbours only. */
declare module '../database/tables.ts' {
  interface Tables {
    ledger_account: AccountTable
    ledger_account_part: AccountPartTable
    ledger_entry: EntryTable
    ledger_posting: PostingTable
    ledger_hold: HoldTable
    ledger_discrepancy: DiscrepancyTable
  }
}
