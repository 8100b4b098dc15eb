import type { Balance, Opening } from './accounts.ts'
import type { Entry, Outcome } from './entry.ts'

interface Held {
  readonly account: string
  readonly expires: Date | undefined
  remaining: number
  expired: boolean
}

/** The ledger as one would write it for one person on one machine: what the property tests hold the real one against. */
export class Model {
  readonly accounts: Map<string, Balance>
  readonly holds = new Map<string, Held>()
  readonly posted = new Set<string>()
  readonly reversed = new Set<string>()
  shortfall = 0

  constructor(openings: readonly Opening[]) {
    this.accounts = new Map(openings.map(o => [o.account, { ...o, balance: 0, held: 0, closed: false }]))
  }

  post(entry: Entry, at: Date): Outcome {
    const code = this.#refusal(entry, at)
    if (code === 'repeated') return { id: entry.id, outcome: code }
    return code ? ({ id: entry.id, outcome: 'refused', code } as Outcome) : this.#apply(entry)
  }

  expire(at: Date): string[] {
    const due = [...this.holds].filter(([, h]) => isOpen(h) && h.expires && h.expires <= at)
    for (const [, hold] of due) {
      hold.expired = true
      this.#change(hold.account, 0, -hold.remaining)
    }
    return due.map(([id]) => id).sort()
  }

  #refusal(entry: Entry, at: Date): string | undefined {
    if (entry.postings.reduce((sum, p) => sum + p.amount, 0) !== 0) return 'ledger.unbalanced'
    if (this.posted.has(entry.id)) return 'repeated'
    if (entry.reverses && this.reversed.has(entry.reverses)) return 'ledger.already_reversed'
    if (entry.reverses && !this.posted.has(entry.reverses)) return 'ledger.unknown_entry'
    return this.#unusable(entry, at) ?? this.#unbalanced(entry) ?? this.#short(entry)
  }

  #unusable({ postings, releases = [], holds = [] }: Entry, at: Date): string | undefined {
    for (const { account } of postings) if (!this.accounts.has(account)) return 'ledger.unknown_account'
    const asked = new Map<string, number>()
    for (const { hold: id, amount } of releases) {
      const hold = this.holds.get(id)
      if (!hold) return 'ledger.hold_missing'
      if (hold.expired || (hold.expires && hold.expires <= at)) return 'ledger.hold_expired'
      asked.set(id, (asked.get(id) ?? 0) + amount)
      if (asked.get(id)! > hold.remaining) return 'ledger.hold_short'
    }
    for (const { id, account } of holds) {
      if (this.holds.has(id)) return 'ledger.hold_exists'
      if (!this.accounts.has(account)) return 'ledger.unknown_account'
    }
    return undefined
  }

  #unbalanced({ postings }: Entry): string | undefined {
    const sums = new Map<string, number>()
    for (const { account, amount } of postings) {
      const { unit } = this.accounts.get(account)!
      sums.set(unit, (sums.get(unit) ?? 0) + amount)
    }
    return [...sums.values()].some(sum => sum !== 0) ? 'ledger.unbalanced' : undefined
  }

  #short(entry: Entry): string | undefined {
    if (entry.observed) return undefined
    const over = this.#changes(entry).some(({ account, balance, held }) => {
      const before = this.accounts.get(account)!
      if (before.kind !== 'ceiling') return false
      const left = before.balance - before.held + balance - held
      return (balance - held < 0 && left < 0) || (balance < 0 && before.balance + balance < 0)
    })
    return over ? 'ledger.short' : undefined
  }

  #changes({ postings, releases = [], holds = [] }: Entry) {
    const moves = [
      ...postings.map(p => ({ account: p.account, balance: p.amount, held: 0 })),
      ...releases.map(r => ({ account: this.holds.get(r.hold)!.account, balance: 0, held: -r.amount })),
      ...holds.map(h => ({ account: h.account, balance: 0, held: h.amount })),
    ]
    return [...Map.groupBy(moves, m => m.account)].map(([account, of]) => ({
      account,
      balance: of.reduce((sum, m) => sum + m.balance, 0),
      held: of.reduce((sum, m) => sum + m.held, 0),
    }))
  }

  #apply(entry: Entry): Outcome {
    for (const { account, balance, held } of this.#changes(entry)) this.#change(account, balance, held)
    for (const { hold, amount } of entry.releases ?? []) this.holds.get(hold)!.remaining -= amount
    for (const { id, account, amount, expiresAt } of entry.holds ?? [])
      this.holds.set(id, { account, expires: expiresAt, remaining: amount, expired: false })
    this.posted.add(entry.id)
    if (entry.reverses) this.reversed.add(entry.reverses)
    return { id: entry.id, outcome: 'posted' }
  }

  #change(account: string, balance: number, held: number): void {
    const before = this.accounts.get(account)!
    const after = { ...before, balance: before.balance + balance, held: before.held + held }
    const missing = (a: Balance) => Math.max(0, a.held - a.balance)
    if (before.kind === 'ceiling' && missing(after) > missing(before))
      this.shortfall += missing(after) - missing(before)
    this.accounts.set(account, after)
  }
}

const isOpen = (hold: Held): boolean => !hold.expired && hold.remaining > 0
