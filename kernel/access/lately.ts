/** Raised where a key, a session or a role ends: what this process knew of who asks is not believed any more. */
let ended = 0

export const credentialsEnded = (): void => {
  ended += 1
}

interface Kept<T> {
  readonly value: T
  readonly until: number
  readonly ended: number
}

/**
 * Keeps who asks for some seconds, so that what is asked thousands of times a second costs no statement to know it. What
 * ends in this process is heard at once, what ends in another after that time.
 */
export class Lately<T> {
  readonly #ms: number
  readonly #most: number
  readonly #kept = new Map<string, Kept<T>>()

  constructor(ms: number, most: number) {
    this.#ms = ms
    this.#most = most
  }

  async get(key: string, at: Date, read: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key)
    if (kept && kept.until > at.getTime() && kept.ended === ended) return kept.value
    const before = ended
    const value = await read()
    this.#kept.delete(key)
    this.#kept.set(key, { value, until: at.getTime() + this.#ms, ended: before })
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!)
    return value
  }
}
