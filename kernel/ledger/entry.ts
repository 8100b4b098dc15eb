/** An amount moved into (positive) or out of (negative) an account, in the account's unit. */
export interface Posting {
  readonly account: string
  /** A safe integer, not 0. */
  readonly amount: number
  /** The undertaking this performs, if any: positive amounts count as done. */
  readonly undertaking?: string | undefined
}

/** Reserves an amount on an account, until it is released or expires. */
export interface NewHold {
  readonly id: string
  readonly account: string
  readonly amount: number
  readonly expiresAt?: Date | undefined
}

/**
 * Gives back part or all of a hold. With postings that take from the account in the same entry this commits it,
 * alone it voids it.
 */
export interface Release {
  readonly hold: string
  readonly amount: number
}

/** One happening: its postings balance to zero per unit, and all of it takes effect or nothing. */
export interface Entry {
  /** UUID; the same id posts once, whatever comes with it the second time. */
  readonly id: string
  /** What kind of happening, e.g. `order.checkout`. */
  readonly kind: string
  /** What it is about, e.g. the order's id. */
  readonly subject?: string | undefined
  /** When it happened, if not at the transaction's time. */
  readonly at?: Date | undefined
  /** It already happened: never refused as short, opens a discrepancy instead. */
  readonly observed?: boolean | undefined
  /** The entry this takes back. An entry can be taken back once. */
  readonly reverses?: string | undefined
  /** Kept with the entry, e.g. a conversion's rate. Never personal values. */
  readonly note?: Readonly<Record<string, unknown>> | undefined
  readonly postings: readonly Posting[]
  readonly holds?: readonly NewHold[] | undefined
  readonly releases?: readonly Release[] | undefined
}

export type LedgerRefusal =
  /** `{account, asked, available}`: a ceiling has not that much beside its holds. */
  | 'ledger.short'
  /** `{account}` */
  | 'ledger.unknown_account'
  /** `{account}` */
  | 'ledger.closed_account'
  /** `{hold}`: no such hold. */
  | 'ledger.hold_missing'
  /** `{hold}`: its time has come, swept or not. */
  | 'ledger.hold_expired'
  /** `{hold, asked, available}`: less remains of the hold; 0 when it was committed or voided. */
  | 'ledger.hold_short'
  /** `{hold}`: another entry made a hold of this id. */
  | 'ledger.hold_exists'
  /** The postings of some unit do not add to zero. */
  | 'ledger.unbalanced'
  /** `{entry}`: what it reverses was reversed before. */
  | 'ledger.already_reversed'
  /** `{entry}`: what it reverses was never posted. */
  | 'ledger.unknown_entry'

export type Outcome =
  | { readonly id: string; readonly outcome: 'posted' }
  | { readonly id: string; readonly outcome: 'repeated' }
  | RefusedEntry

export interface RefusedEntry {
  readonly id: string
  readonly outcome: 'refused'
  readonly code: LedgerRefusal
  readonly params: Readonly<Record<string, string | number>>
}
