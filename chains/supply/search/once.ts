interface Kept {
  readonly until: number
  readonly value: Promise<unknown>
  /** Somebody asks again already. */
  isRenewed?: true
}

/**
 * What many ask alike, asked once in a while. Who comes while it is asked waits for the same answer; when it has become old
 * by less than half its time, one asks again and nobody waits. That goes on after the answer, so it is for a `look` alone.
 */
export class Once {
  readonly #kept = new Map<string, Kept>()
  readonly #most: number

  /** `most` answers are kept; of more, the one that was asked first is forgotten. */
  constructor(most: number) {
    this.#most = most
  }

  of<T>(key: string, ms: number, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key)
    const late = kept ? performance.now() - kept.until : Number.POSITIVE_INFINITY
    if (late < 0) return kept!.value as Promise<T>
    if (late > ms / 2) return this.#keep(key, ms, make())
    if (!kept!.isRenewed) this.#renew(kept!, key, ms, make())
    return kept!.value as Promise<T>
  }

  #keep<T>(key: string, ms: number, value: Promise<T>): Promise<T> {
    this.#kept.delete(key)
    this.#kept.set(key, { until: performance.now() + ms, value })
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!)
    value.catch(() => this.#kept.delete(key))
    return value
  }

  #renew<T>(kept: Kept, key: string, ms: number, value: Promise<T>): void {
    kept.isRenewed = true
    value.then(
      () => this.#keep(key, ms, value),
      () => this.#kept.delete(key),
    )
  }
}
