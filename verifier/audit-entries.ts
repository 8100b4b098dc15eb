import { Tally } from './audit-report.ts'
import { Chains } from './chain.ts'
import { type Entry, type ParsedEntry, parseEntry } from './entry.ts'
import { EntrySigners } from './entry-signers.ts'
import { FigurePlan } from './figures.ts'
import { Grades } from './grades.ts'
import { KnownFacts } from './known-facts.ts'
import { LateTally } from './late.ts'
import { LogNames } from './names.ts'
import type { Problem } from './problems.ts'

/** Everything that can be said of entries read in order: shape, signer, uniqueness, references. */
export class EntryChecker {
  readonly #signers = new EntrySigners()
  readonly keys = this.#signers.keys
  readonly plan = new FigurePlan()
  readonly chains = new Chains()
  readonly tally = new Tally()
  readonly late = new LateTally()
  readonly names = new LogNames()
  readonly grades = new Grades(this.keys)
  readonly #known = new KnownFacts()

  /** Check the next entry, all but its signature, which waits for {@link checkSignatures}. */
  add(index: number, bytes: Uint8Array, leaf: Uint8Array): Problem[] {
    const parsed = parseEntry(bytes)
    const problems = parsed.ok ? this.#judge(index, parsed.value, leaf) : [parsed.problem]
    if (parsed.ok) this.#remember(index, parsed.value.entry, leaf)
    this.#known.add(leaf, parsed.ok ? parsed.value.entry : undefined)
    return problems.map(problem => ({ ...problem, index }))
  }

  #judge(index: number, parsed: ParsedEntry, leaf: Uint8Array): Problem[] {
    const { entry } = parsed
    const problems: Problem[] = []
    const named = this.names.admit(index, entry)
    if (named) problems.push(named)
    if (this.#known.hasId(entry.id)) problems.push({ name: 'entry.duplicate-id', detail: { id: entry.id } })
    const ref = this.#known.unknownOf(entry.refs)
    if (ref !== undefined) problems.push({ name: 'entry.unknown-ref', detail: { ref } })
    const unsigned = this.#signers.admit(index, parsed)
    if (unsigned) problems.push(unsigned)
    const graded = this.grades.learn(entry, leaf, refd => this.#known.find(refd))
    if (graded) problems.push({ name: graded })
    const planned = this.plan.learn(index, entry)
    return planned ? [...problems, planned] : problems
  }

  #remember(index: number, entry: Entry, leaf: Uint8Array): void {
    this.late.add(index, entry)
    this.chains.add(entry, leaf)
    this.tally.add(entry)
  }

  /** Check the signatures of all entries added since the last call. Problem: `entry.bad-signature`. */
  checkSignatures(): Promise<Problem[]> {
    return this.#signers.check()
  }
}
