import type { Entry } from './entry.ts'
import type { Problem } from './problems.ts'

/**
 * The names that a log has had. Its entries were made for one of them; it takes another with `log.succeeded`, when what
 * its witnesses saw last was lost: the entries before stay the beginning of the tree.
 */
export class LogNames {
  readonly #names: string[] = []

  /** The name that it goes by after the entries so far. */
  get current(): string {
    return this.#names.at(-1) ?? ''
  }

  /** The names before, the first one first. */
  get former(): readonly string[] {
    return this.#names.slice(0, -1)
  }

  /** Learns from the next entry. Problems: `entry.wrong-log`, `log.bad-succession`. */
  admit(index: number, { type, log, pub }: Entry): Problem | undefined {
    if (index === 0) this.#names.push(log)
    if (type !== 'log.succeeded')
      return this.#names.includes(log) ? undefined : { name: 'entry.wrong-log', detail: { log } }
    if (pub.from !== this.current || pub.to !== log || this.#names.includes(log))
      return { name: 'log.bad-succession', detail: { log } }
    this.#names.push(log)
    return undefined
  }
}
