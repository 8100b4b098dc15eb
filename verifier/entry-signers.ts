import { type SignatureJob, verifyEd25519All } from './ed25519.ts'
import type { ParsedEntry } from './entry.ts'
import { KeyRegistry } from './keys.ts'
import type { Problem } from './problems.ts'

interface Job extends SignatureJob {
  readonly index: number
}

/** Who signed a log's entries, by the keys that the log registers: shown, in order, at least every entry about keys. */
export class EntrySigners {
  readonly keys = new KeyRegistry()
  #jobs: Job[] = []

  /** Learns the next entry's signer; the signature waits for {@link check}. Problems: those of a key. */
  admit(index: number, { entry, signed, signature }: ParsedEntry): Problem | undefined {
    const key = this.keys.admit(index, entry)
    if (!key.ok) return key.problem
    this.#jobs.push({ index, key: key.value, message: signed, signature })
    return undefined
  }

  /** Checks the signatures of all entries admitted since the last call. Problem: `entry.bad-signature`. */
  async check(): Promise<Problem[]> {
    const jobs = this.#jobs
    this.#jobs = []
    const answers = await verifyEd25519All(jobs)
    return jobs.filter((_, at) => !answers[at]).map(({ index }) => ({ name: 'entry.bad-signature', index }))
  }
}
