/** One value that is not what the log's entries add up to. Ids and amounts only, never a person's data. */
export interface Difference {
  readonly table: string
  readonly key: string
  readonly field: string
  readonly expected: string | null
  readonly found: string | null
}

/** What the entries alone say, fen and counts. */
export interface Totals {
  readonly orders: number
  readonly placedFen: number
  readonly paidFen: number
  readonly completedFen: number
  readonly countedFen: number
  readonly settledFen: number
  readonly cooperativesFen: number
  readonly householdsFen: number
  readonly sentFen: number
  readonly paidOutFen: number
  readonly confirmedFen: number
  readonly suspenseFen: number
  readonly buyers: number
  readonly sellers: number
  readonly households: number
}

export interface CheckReport {
  readonly programme: string
  readonly ok: boolean
  /** Facts read: those in the log and those that wait for it. */
  readonly entries: number
  readonly facts: {
    readonly logged: number
    /** Recorded, and not yet in the log. */
    readonly pending: number
    /** Hidden fields whose commitment was opened. */
    readonly opened: number
    /** Hidden fields that were erased and that no sum rests on. */
    readonly erased: number
  }
  readonly totals: Totals
  /** Rows compared, in all and by table. */
  readonly compared: number
  readonly tables: Readonly<Record<string, number>>
  /** Facts by kind that move nothing counted, or that this program does not know. */
  readonly notRecomputed: Readonly<Record<string, number>>
  /** Facts by kind that were told later than their kind allows, by the log alone. */
  readonly late: Readonly<Record<string, number>>
  /** At most 1,000; `more` says how many were found beyond. */
  readonly differences: readonly Difference[]
  readonly more: number
}

const MOST = 1000

/** Gathers what is found on the way. */
export class Findings {
  readonly differences: Difference[] = []
  readonly compared: Record<string, number> = {}
  readonly notRecomputed: Record<string, number> = {}
  more = 0
  opened = 0
  erased = 0

  differs(table: string, key: string, field: string, expected: string | null, found: string | null): void {
    if (this.differences.length < MOST) this.differences.push({ table, key, field, expected, found })
    else this.more += 1
  }

  /** Says so when two values that must be the same are not. */
  same<T extends string | number | boolean | null>(
    table: string,
    key: string,
    field: string,
    expected: T,
    found: T,
  ): void {
    this.count(table)
    if (expected !== found) this.differs(table, key, field, text(expected), text(found))
  }

  count(table: string, rows = 1): void {
    this.compared[table] = (this.compared[table] ?? 0) + rows
  }
}

const text = (value: string | number | boolean | null): string | null =>
  value === null ? null : String(value)
