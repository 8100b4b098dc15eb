import { neighbourhood } from './lockout.ts'

interface Left {
  turns: number
  at: number
}

/** Addresses that are remembered at once; of more, the one that was not seen for longest is forgotten. */
const MOST = 10_000
const MINUTE = 60_000

/**
 * What an address may ask of this process: a minute's turns at once, and then as many as come back while time passes.
 * It is no lock, so nothing of it is kept, and each process counts for itself.
 */
export class Turns {
  readonly #perMinute: number
  readonly #left = new Map<string, Left>()

  /** 0: as many as they like. */
  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  get isLimited(): boolean {
    return this.#perMinute > 0
  }

  /** Takes a turn; returns the whole seconds until there is one again, 0 where it was taken. */
  take(address: string, now: number = performance.now()): number {
    if (this.#perMinute === 0) return 0
    const who = neighbourhood(address)
    const left = this.#leftOf(who, now)
    this.#left.delete(who)
    this.#left.set(who, left)
    if (this.#left.size > MOST) this.#left.delete(this.#left.keys().next().value!)
    if (left.turns < 1) return Math.ceil(((1 - left.turns) * MINUTE) / this.#perMinute / 1000)
    left.turns -= 1
    return 0
  }

  #leftOf(who: string, now: number): Left {
    const left = this.#left.get(who)
    if (!left) return { turns: this.#perMinute, at: now }
    const come = ((now - left.at) * this.#perMinute) / MINUTE
    return { turns: Math.min(this.#perMinute, left.turns + come), at: now }
  }
}
