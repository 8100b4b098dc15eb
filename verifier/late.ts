import type { Entry } from './entry.ts'

/** Claims of one kind that the log took later than the kind allows. */
export interface LateClaims {
  readonly type: string
  readonly count: number
  /** The longest of them, in full days, and where it stands. */
  readonly days: number
  readonly index: number
}

/** Days within which a claim of this kind is told: docs/log-format.md. */
export const tellWithinDays = (type: string): number => (/^(bank|device)\./.test(type) ? 7 : 31)

const dayMs = 86_400_000

/**
 * Which claims came late, by the log alone: an entry entered the log no earlier than the latest time that any entry before it
 * claims. So they were late by so many days at least.
 */
export class LateTally {
  #clock = Number.NEGATIVE_INFINITY
  readonly #found = new Map<string, LateClaims>()

  add(index: number, { type, at }: Pick<Entry, 'type' | 'at'>): void {
    const time = Date.parse(at)
    const behind = this.#clock - time
    if (behind <= 0) this.#clock = time
    if (behind <= tellWithinDays(type) * dayMs) return
    const known = this.#found.get(type)
    const days = Math.floor(behind / dayMs)
    const longest = known && known.days >= days ? known : { days, index }
    this.#found.set(type, {
      type,
      count: (known?.count ?? 0) + 1,
      days: longest.days,
      index: longest.index,
    })
  }

  /** By kind, most frequent first. */
  found(): LateClaims[] {
    return [...this.#found.values()].toSorted((a, b) => b.count - a.count)
  }
}
