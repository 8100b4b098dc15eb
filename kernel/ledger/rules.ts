import { priceOf, whole } from '../money/money.ts'
import type { Entry, Posting } from './entry.ts'

/**
 * Fails on an entry that no caller should make: nothing in it, fractions, zero postings, holds or releases that are not
 * positive, one hold twice.
 */
export function assertEntry(entry: Entry): void {
  const { id, postings, holds = [], releases = [] } = entry
  if (postings.length + holds.length + releases.length === 0) throw new RangeError(`entry ${id} is empty`)
  if (postings.some(({ amount }) => whole(amount) === 0)) throw new RangeError(`entry ${id} moves nothing`)
  if ([...holds, ...releases].some(({ amount }) => whole(amount) <= 0))
    throw new RangeError(`entry ${id} holds or releases nothing`)
  const ids = holds.map(hold => hold.id)
  if (new Set([...ids, ...releases.map(release => release.hold)]).size < ids.length + distinct(releases))
    throw new RangeError(`entry ${id} makes a hold twice, or releases what it makes`)
}

const distinct = (releases: readonly { hold: string }[]): number =>
  new Set(releases.map(release => release.hold)).size

/** Whether the postings of each unit add to zero. */
export function isBalanced(postings: readonly Posting[], unitOf: (account: string) => string): boolean {
  const sums = new Map<string, number>()
  for (const { account, amount } of postings)
    sums.set(unitOf(account), (sums.get(unitOf(account)) ?? 0) + amount)
  return [...sums.values()].every(sum => sum === 0)
}

/** What holds for every balanced entry, whatever its accounts' units: it can be seen before the database is asked. */
export const mayBalance = (postings: readonly Posting[]): boolean => isBalanced(postings, () => '')

/** The entry that takes another back: the same postings with the other sign, citing the same undertakings. */
export function reversal(entry: Entry, { id, observed = false }: { id: string; observed?: boolean }): Entry {
  return {
    id,
    kind: `${entry.kind}.reversed`,
    subject: entry.subject,
    observed,
    reverses: entry.id,
    postings: entry.postings.map(posting => ({ ...posting, amount: -posting.amount })),
  }
}

/** `clearing/<unit>/<other>`: where a conversion leaves one unit, against which it takes the other. */
export const clearingAccount = (unit: string, other: string): string => `clearing/${unit}/${other}`

/** The two clearing accounts of a pair of units, to be opened before its first conversion. */
export const clearingAccounts = (unit: string, other: string) =>
  [
    { account: clearingAccount(unit, other), unit, kind: 'free' },
    { account: clearingAccount(other, unit), unit: other, kind: 'free' },
  ] as const

/** How much of the other unit for how much of the first. */
export interface Rate {
  readonly gives: number
  readonly per: number
}

/** An entry that turns an amount of one unit into another at a recorded rate, rounded half up. */
export function convert({ id, kind, subject, from, to, rate }: Conversion): Entry {
  const gives = priceOf({ fen: rate.gives, per: rate.per }, from.amount)
  return {
    id,
    kind,
    subject,
    note: { rate: { from: from.unit, to: to.unit, ...rate } },
    postings: [
      { account: from.account, amount: -from.amount },
      { account: clearingAccount(from.unit, to.unit), amount: from.amount },
      { account: clearingAccount(to.unit, from.unit), amount: -gives },
      { account: to.account, amount: gives },
    ],
  }
}

export interface Conversion {
  readonly id: string
  readonly kind: string
  readonly subject?: string | undefined
  readonly from: { readonly account: string; readonly unit: string; readonly amount: number }
  readonly to: { readonly account: string; readonly unit: string }
  readonly rate: Rate
}
