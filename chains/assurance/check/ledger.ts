import { type Address, standing } from './accounts.ts'

export interface ExpectedPosting {
  readonly account: string
  readonly amount: number
  readonly undertaking?: string | undefined
}

export interface ExpectedEntry {
  readonly id: string
  readonly kind: string
  readonly subject: string
  /** undefined: no fact tells when. */
  readonly at: Date | undefined
  readonly observed: boolean
  readonly postings: readonly ExpectedPosting[]
}

export interface ExpectedHold {
  readonly id: string
  readonly account: string
  readonly amount: number
  readonly entry: string
  /** Past this an open one may be found expired: a sweeper marks it when it passes. */
  readonly expiresAt: Date | null
  readonly end: 'open' | 'voided' | 'committed'
  /** Of an open one that was given back in part. */
  readonly remaining?: number
}

/** The ledger as the facts make it: no locks, no rules of refusal, only sums. */
export class ExpectedLedger {
  readonly accounts = new Map<string, Address & { balance: number; held: number }>()
  readonly entries = new Map<string, ExpectedEntry>()
  readonly holds = new Map<string, ExpectedHold>()

  constructor() {
    for (const [name, address] of Object.entries(standing)) this.open(name, address.unit, address.kind)
  }

  open(name: string, unit: string, kind: Address['kind'] = 'ceiling'): void {
    if (!this.accounts.has(name)) this.accounts.set(name, { unit, kind, balance: 0, held: 0 })
  }

  post(entry: Omit<ExpectedEntry, 'observed'> & { readonly observed?: boolean }): void {
    this.entries.set(entry.id, { observed: false, ...entry })
    for (const { account, amount } of entry.postings) {
      const there = this.accounts.get(account)
      if (there) there.balance += amount
    }
  }

  hold(hold: ExpectedHold): void {
    this.holds.set(hold.id, hold)
    if (hold.end === 'open') this.#reserve(hold.account, hold.remaining ?? hold.amount)
  }

  /** An open hold that the sweeper has met holds nothing any more. */
  swept(id: string): void {
    const hold = this.holds.get(id)
    if (hold) this.#reserve(hold.account, -(hold.remaining ?? hold.amount))
  }

  balance(name: string): number {
    return this.accounts.get(name)?.balance ?? 0
  }

  #reserve(name: string, amount: number): void {
    const there = this.accounts.get(name)
    if (there) there.held += amount
  }
}

/** Amounts of one account and undertaking within an entry, added up. */
export function summed(postings: readonly ExpectedPosting[]): ExpectedPosting[] {
  const sums = new Map<string, ExpectedPosting>()
  for (const posting of postings) {
    const key = `${posting.account} ${posting.undertaking ?? ''}`
    sums.set(key, { ...posting, amount: (sums.get(key)?.amount ?? 0) + posting.amount })
  }
  return [...sums.values()]
}
