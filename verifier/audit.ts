import { EntryChecker } from './audit-entries.ts'
import { checkFigures } from './audit-figures.ts'
import type { AuditResult } from './audit-report.ts'
import { TileChecker } from './audit-tiles.ts'
import { toBase64 } from './base64.ts'
import { parseBundle } from './bundle.ts'
import { equalBytes } from './bytes.ts'
import { type Checkpoint, openCheckpoint, type WitnessedCheckpoint } from './checkpoint.ts'
import { seenBy } from './cosignature.ts'
import type { FigureShares } from './grades.ts'
import type { Checked, Problem } from './problems.ts'
import { emptyRoot, Frontier, leafHash } from './rfc6962.ts'
import { sha256 } from './sha256.ts'
import { type FetchBytes, read, readAll } from './source.ts'
import { bundlePathsOf, widthOf } from './tiles.ts'
import type { Trusted } from './trust.ts'

/** How far an audit is: entries read, in the first reading or in the second one for figures. */
export interface AuditProgress {
  readonly phase: 'entries' | 'figures'
  readonly done: number
  readonly total: number
}

/** `vkey` or the policy of `trust` come from a source other than the log itself. */
export type AuditOptions = Trusted & {
  readonly fetchBytes: FetchBytes
  /** A signed checkpoint seen earlier: today's log must extend it. */
  readonly oldCheckpoint?: Uint8Array
  readonly onProgress?: (progress: AuditProgress) => void
  /** Stop after so many problems; 100 when not given. */
  readonly maxProblems?: number
}

/**
 * Audit a whole log: signature of the checkpoint, every entry with its key, signature, id and references, the root and
 * every hash tile rebuilt from the entries, every figure recomputed. Memory grows only by the ids and hashes of entries.
 * Bad or missing evidence never throws: it comes back as problems, `read.failed` for what could not be read.
 */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  const heads = await openHeads(options)
  if (!heads.ok) return { ok: false, problems: [heads.problem] }
  return new Audit(options, heads.value.now, heads.value.before).run()
}

interface Heads {
  readonly now: WitnessedCheckpoint
  readonly before: Checkpoint | undefined
}

async function openHeads({ fetchBytes, oldCheckpoint, ...trusted }: AuditOptions): Promise<Checked<Heads>> {
  const bytes = await read(fetchBytes, 'checkpoint')
  if (!bytes.ok) return bytes
  const now = await openCheckpoint(bytes.value, trusted)
  if (!now.ok) return { ok: false, problem: { path: 'checkpoint', ...now.problem } }
  const before = oldCheckpoint && (await openOld(oldCheckpoint, trusted))
  if (before && !before.ok) return { ok: false, problem: { path: 'old checkpoint', ...before.problem } }
  return { ok: true, value: { now: now.value, before: before?.value } }
}

/** What was seen earlier was fresh then. */
function openOld(bytes: Uint8Array, trusted: Trusted): Promise<Checked<Checkpoint>> {
  return openCheckpoint(bytes, 'trust' in trusted ? { trust: { policy: trusted.trust.policy } } : trusted)
}

class Audit {
  readonly #options: AuditOptions
  readonly #now: WitnessedCheckpoint
  readonly #before: Checkpoint | undefined
  readonly #entries: EntryChecker
  readonly #tiles: TileChecker
  readonly #frontier = new Frontier()
  readonly #digests: Uint8Array[] = []
  readonly #problems: Problem[] = []
  readonly #limit: number
  #shares: readonly FigureShares[] = []
  #underWay: Promise<Problem[][]> = Promise.resolve([])
  /** Root of the tree when it had the size of the older checkpoint. */
  #rootBefore: Uint8Array | undefined = emptyRoot

  constructor(options: AuditOptions, now: WitnessedCheckpoint, before: Checkpoint | undefined) {
    this.#options = options
    this.#now = now
    this.#before = before
    this.#entries = new EntryChecker()
    this.#tiles = new TileChecker(options.fetchBytes)
    this.#limit = options.maxProblems ?? 100
    if (before && before.size > 0) this.#rootBefore = undefined
  }

  async run(): Promise<AuditResult> {
    if (this.#before && this.#before.size > this.#now.size) this.#note({ name: 'checkpoint.rolled-back' })
    const isWhole = await this.#readEntries()
    await this.#settle()
    if (isWhole) await this.#compareTree()
    if (isWhole && !this.#isFull()) await this.#checkFigures()
    return this.#problems.length > 0 ? { ok: false, problems: this.#problems } : this.#report()
  }

  /** `false` when reading stopped early: then nothing can be said of the root. */
  async #readEntries(): Promise<boolean> {
    const { fetchBytes } = this.#options
    for await (const { path, bytes } of readAll(fetchBytes, bundlePathsOf(this.#now.size))) {
      if (!bytes.ok) return this.#stop(bytes.problem)
      const width = widthOf(this.#now.size, 0, this.#digests.length)
      const entries = parseBundle(bytes.value, width)
      if (!entries) return this.#stop({ name: 'bundle.malformed', path })
      this.#digests.push(sha256(bytes.value))
      await this.#checkBundle(entries)
      if (this.#isFull()) return false
    }
    return true
  }

  async #checkBundle(entries: readonly Uint8Array[]): Promise<void> {
    for (const bytes of entries) {
      const leaf = leafHash(bytes)
      this.#note(...this.#entries.add(this.#frontier.size, bytes, leaf))
      this.#tiles.add(leaf)
      this.#frontier.push(leaf)
      if (this.#frontier.size === this.#before?.size) this.#rootBefore = this.#frontier.root()
    }
    await this.#settle(this.#entries.checkSignatures(), this.#tiles.compareFull())
    this.#progress('entries', this.#frontier.size)
  }

  /** Wait for the checks of the last bundle while those of this one begin: signatures run on other threads. */
  async #settle(...next: Promise<Problem[]>[]): Promise<void> {
    const last = this.#underWay
    this.#underWay = Promise.all(next)
    this.#note(...(await last).flat())
  }

  async #compareTree(): Promise<void> {
    const { current: expected } = this.#entries.names
    const { origin: found } = this.#now
    if (found !== expected && this.#now.size > 0)
      this.#note({ name: 'checkpoint.wrong-origin', path: 'checkpoint', detail: { expected, found } })
    if (!equalBytes(this.#frontier.root(), this.#now.root))
      this.#note({ name: 'root.mismatch', path: 'checkpoint' })
    const before = this.#before
    if (before && this.#rootBefore && !equalBytes(before.root, this.#rootBefore)) {
      this.#note({ name: 'checkpoint.inconsistent', path: 'old checkpoint' })
    }
    this.#note(...(await this.#tiles.comparePartial()))
  }

  async #checkFigures(): Promise<void> {
    const { fetchBytes } = this.#options
    const onBundle = (done: number) => this.#progress('figures', done)
    const found = await checkFigures(fetchBytes, this.#now.size, this.#entries, this.#digests, onBundle)
    this.#shares = found.shares
    this.#note(...found.problems)
  }

  #note(...problems: Problem[]): void {
    this.#problems.push(...problems.slice(0, this.#limit - this.#problems.length))
  }

  #stop(problem: Problem): false {
    this.#note(problem)
    return false
  }

  #isFull(): boolean {
    return this.#problems.length >= this.#limit
  }

  #progress(phase: AuditProgress['phase'], done: number): void {
    this.#options.onProgress?.({ phase, done, total: this.#now.size })
  }

  #report(): AuditResult {
    const { tally, keys, plan, chains, names, grades, late } = this.#entries
    const report = {
      origin: this.#now.origin,
      size: this.#now.size,
      root: toBase64(this.#now.root),
      witnesses: seenBy(this.#now.cosignatures),
      types: tally.types(),
      own: tally.own,
      held: tally.held,
      keys: keys.size,
      grades: grades.tally(),
      shares: this.#shares,
      tiles: this.#tiles.compared,
      figures: { checked: plan.figures.size, unchecked: plan.unchecked },
      gaps: chains.finish(),
      late: late.found(),
      succeeded: names.former,
    }
    return { ok: true, report: this.#before ? { ...report, oldSize: this.#before.size } : report }
  }
}
