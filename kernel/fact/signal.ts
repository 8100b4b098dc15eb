/** Wakes the loops of this process that wait for something of a programme; other processes find it by polling. */
export class Signal {
  readonly #counts = new Map<string, number>()
  readonly #waiting = new Map<string, Set<() => void>>()

  /** How often it was raised. Read before looking for work, so that what comes meanwhile is not slept through. */
  count(programme: string): number {
    return this.#counts.get(programme) ?? 0
  }

  raise(programme: string): void {
    this.#counts.set(programme, this.count(programme) + 1)
    for (const wake of this.#waiting.get(programme) ?? []) wake()
  }

  /** Resolves when raised since `seen`, after `ms`, or when `stop` is aborted. */
  async wait(programme: string, seen: number, ms: number, stop: AbortSignal): Promise<void> {
    if (this.count(programme) !== seen || stop.aborted) return
    const waiting = this.#waiting.get(programme) ?? new Set()
    this.#waiting.set(programme, waiting)
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    waiting.add(resolve)
    const wake = () => resolve()
    stop.addEventListener('abort', wake)
    await promise
    stop.removeEventListener('abort', wake)
    clearTimeout(timer)
    waiting.delete(resolve)
  }
}

/** Raised after each commit that recorded facts. */
export const factsRecorded = new Signal()
/** Raised after each new checkpoint. */
export const factsSequenced = new Signal()
