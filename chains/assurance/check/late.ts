import { isLate, type Told } from '@silian/kernel/fact/late.ts'

/** Counts claims that were told late, by the log alone: no entry entered it before the latest time claimed before it. */
export class LateCount {
  readonly byKind: Record<string, number> = {}
  #clock = new Date(0)

  add({ type, at }: Omit<Told, 'recordedAt'>): void {
    if (at > this.#clock) this.#clock = at
    if (isLate({ type, at, recordedAt: this.#clock })) this.byKind[type] = (this.byKind[type] ?? 0) + 1
  }
}
