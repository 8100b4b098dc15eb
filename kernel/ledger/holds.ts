import type { Writer } from '../database/database.ts'

/** What lapsed of a hold. */
export interface ExpiredHold {
  readonly id: string
  readonly account: string
  readonly amount: number
}

/**
 * Gives back, in the name of the transaction's time, at most `limit` open holds whose time has come. An expired hold
 * cannot be released even before this has run; until then it only keeps its amount reserved.
 */
export function expireHolds(tx: Writer, limit: number): Promise<ExpiredHold[]> {
  return tx.query<ExpiredHold>(
    'select id, account, amount from ledger_expire($1, $2, $3)',
    [tx.programme, tx.at, limit],
    'ledger-expire',
  )
}
