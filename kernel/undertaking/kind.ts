import type { z } from 'zod'

/** A kind of promise, declared by the feature that makes it. */
export interface UndertakingKind<Formula> {
  /** e.g. `link.order_purchase`; kept with every undertaking of it. */
  readonly kind: string
  /** Unit of its schedule and of the postings that cite it, as in the ledger: `fen`, `g`, `head` … */
  readonly unit: string
  /** `floor`, the default: kept when at least the promised was done. `ceiling`: kept when no more was. */
  readonly bound?: 'floor' | 'ceiling'
  /** What was agreed: prices, shares, accepted substitutes. */
  readonly formula: z.ZodType<Formula>
}

/** Types a kind by its formula. */
export const defineUndertaking = <Formula>(kind: UndertakingKind<Formula>): UndertakingKind<Formula> => kind

/** An amount of the kind's unit promised by a date. */
export interface Due {
  /** `YYYY-MM-DD` */
  readonly dueOn: string
  readonly amount: number
}

/** What two parties agree on; the schedule may be empty where the formula alone says what is owed. */
export interface Undertaking<Formula> {
  readonly id: string
  /** Who owes and who is owed: ids of organisations, areas or persons. */
  readonly promisor: string
  readonly promisee: string
  readonly formula: Formula
  /** First and last day in force, `YYYY-MM-DD`. */
  readonly startsOn: string
  readonly endsOn: string
  readonly schedule: readonly Due[]
}
