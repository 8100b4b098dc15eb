import { Tally } from './audit-report.ts'
import { fromBase64 } from './base64.ts'
import { byteKey } from './bytes.ts'
import { Chains } from './chain.ts'
import { type SignatureJob, verifyEd25519All } from './ed25519.ts'
import { type Entry, type ParsedEntry, parseEntry } from './entry.ts'
import { FigurePlan } from './figures.ts'
import { Grades } from './grades.ts'
import { KeyRegistry } from './keys.ts'
import { LateTally } from './late.ts'
import { LogNames } from './names.ts'
import type { Problem } from './problems.ts'

interface Job extends SignatureJob {
  readonly index: number
}

/** Everything that can be said of entries read in order: shape, signer, uniqueness, references. */
export class EntryChecker {
  readonly keys = new KeyRegistry()
  readonly plan = new FigurePlan()
  readonly chains = new Chains()
  readonly tally = new Tally()
  readonly late = new LateTally()
  readonly names = new LogNames()
  readonly grades = new Grades()
  #ids = new Set<string>()
  #leaves = new Set<string>()
  #jobs: Job[] = []

  /** Check the next entry, all but its signature, which waits for {@link checkSignatures}. */
  add(index: number, bytes: Uint8Array, leaf: Uint8Array): Problem[] {
    const parsed = parseEntry(bytes)
    const problems = parsed.ok ? this.#judge(index, parsed.value, leaf) : [parsed.problem]
    if (parsed.ok) this.#remember(index, parsed.value.entry, leaf)
    this.#leaves.add(byteKey(leaf))
    return problems.map(problem => ({ ...problem, index }))
  }

  #judge(index: number, { entry, signed, signature }: ParsedEntry, leaf: Uint8Array): Problem[] {
    const problems: Problem[] = []
    const named = this.names.admit(index, entry)
    if (named) problems.push(named)
    if (this.#ids.has(entry.id)) problems.push({ name: 'entry.duplicate-id', detail: { id: entry.id } })
    const ref = entry.refs.find(hash => !this.#leaves.has(byteKey(fromBase64(hash)!)))
    if (ref !== undefined) problems.push({ name: 'entry.unknown-ref', detail: { ref } })
    const key = this.keys.admit(index, entry)
    if (key.ok) this.#jobs.push({ index, key: key.value, message: signed, signature })
    else problems.push(key.problem)
    const graded = this.grades.learn(entry, leaf)
    if (graded) problems.push({ name: graded })
    const planned = this.plan.learn(index, entry)
    return planned ? [...problems, planned] : problems
  }

  #remember(index: number, entry: Entry, leaf: Uint8Array): void {
    this.late.add(index, entry)
    this.#ids.add(entry.id)
    this.chains.add(entry, leaf)
    this.tally.add(entry)
  }

  /** Check the signatures of all entries added since the last call. Problem: `entry.bad-signature`. */
  async checkSignatures(): Promise<Problem[]> {
    const jobs = this.#jobs
    this.#jobs = []
    const answers = await verifyEd25519All(jobs)
    return jobs.filter((_, at) => !answers[at]).map(({ index }) => ({ name: 'entry.bad-signature', index }))
  }
}
