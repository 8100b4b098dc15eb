import type { ChainGap } from './chain.ts'
import type { Seen } from './cosignature.ts'
import type { FactGrades, FigureShares } from './grades.ts'
import type { LateClaims } from './late.ts'
import type { Problem } from './problems.ts'

/** What a log that stood every check holds. */
export interface AuditReport {
  readonly origin: string
  readonly size: number
  /** Root hash, base64. */
  readonly root: string
  /** Number of facts of each kind, most frequent first. */
  readonly types: Readonly<Record<string, number>>
  /** Facts signed by keys that Silian never holds, and by keys it keeps for their owners. */
  readonly own: number
  readonly held: number
  readonly keys: number
  /** Facts by the word they stand on. */
  readonly grades: FactGrades
  /** The same of each recomputed figure, in the order they were published. */
  readonly shares: readonly FigureShares[]
  /** Who saw this tree beside the log, and when. */
  readonly witnesses: readonly Seen[]
  readonly tiles: number
  readonly figures: { readonly checked: number; readonly unchecked: number }
  /** Names of the logs that it succeeded, whose last entries were lost; the first one first. */
  readonly succeeded: readonly string[]
  /** Omissions that the running numbers of counting keys betray. */
  readonly gaps: readonly ChainGap[]
  /** Claims that were told later than their kind allows, by kind. */
  readonly late: readonly LateClaims[]
  /** Size of the older checkpoint that this one was shown to extend. */
  readonly oldSize?: number
}

export type AuditResult =
  | { readonly ok: true; readonly report: AuditReport }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Counts facts as they pass. */
export class Tally {
  #types = new Map<string, number>()
  own = 0
  held = 0

  add({ type, by }: { type: string; by: 'own' | 'held' }): void {
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1)
    this[by]++
  }

  types(): Record<string, number> {
    return Object.fromEntries([...this.#types].toSorted(([, a], [, b]) => b - a))
  }
}
