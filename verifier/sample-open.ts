import { fromBase64 } from './base64.ts'
import { byteKey } from './bytes.ts'
import { type Custody, type Entry, type ParsedEntry, parseEntry } from './entry.ts'
import { EntrySigners } from './entry-signers.ts'
import { Grades, marks } from './grades.ts'
import { LogNames } from './names.ts'
import { bad, type Checked, good, type Problem } from './problems.ts'
import type { SidedShare } from './receipt.ts'
import { leafHash } from './rfc6962.ts'
import type { Draw } from './sample.ts'
import { type CountedAmount, CountedAmounts } from './sample-counted.ts'
import { entriesAt, type Passing, readTree } from './sample-read.ts'
import type { FetchBytes } from './source.ts'
import { type Interval, verifyShare } from './sum-tree.ts'

/** An amount on which units of the draw fell. */
export interface Hit extends CountedAmount {
  readonly units: readonly bigint[]
}

/** How the publisher shows that an amount stands in its statement. Problems: `read.failed`, those of a receipt. */
export type Opener = (hit: Hit) => Promise<Checked<SidedShare>>

/** On whose word a fact stands: its recorder's alone, also another party's own key, a device's or a bank's. */
export type Grade = 'declared' | 'countersigned' | 'device' | 'bank'

/** A fact beside the drawn one: what it rests on, or who bears it out. */
export interface Beside {
  readonly index: number
  readonly id: string
  readonly type: string
  readonly by: Custody
  /** Whose key signed it. */
  readonly holder: string
}

/** An amount that was drawn: of it the publisher must show the paper. */
export interface Voucher extends Interval {
  readonly share: SidedShare
  readonly entry: Entry
  readonly holder: string
  /** The drawn units that fall into it. */
  readonly units: readonly bigint[]
  readonly grade: Grade
  readonly refs: readonly Beside[]
  readonly countersigned: readonly Beside[]
}

/**
 * Has what a draw fell upon opened, in the order of the log, and checks it: which amounts the figure counts, and how large
 * they are, is taken from the log; each that was drawn must stand in the statement and be signed by a key that the log then
 * knew, as the figure and all that stands around the drawn. What was not drawn takes an audit of the same tree. Problems: those
 * of opening and reading, of an entry and its key; `figure.mismatch` where the log comes to another sum; `sample.bad-opening`
 * {unit} for what is not the amount drawn.
 */
export async function openSample(
  fetchBytes: FetchBytes,
  draw: Draw,
  open: Opener,
): Promise<Checked<Voucher[]>> {
  const counted = new CountedAmounts(draw)
  const uncounted = await readTree(fetchBytes, draw.head, entry => counted.see(entry))
  if (uncounted) return { ok: false, problem: uncounted }
  const amounts = counted.amounts()
  if (!amounts.ok) return amounts
  const opened = await openAll(draw, hits(amounts.value, draw.units), open)
  if (!opened.ok) return opened
  const indexes = new Set(opened.value.map(({ share }) => share.logIndex))
  const bytes = await entriesAt(fetchBytes, draw.head.size, indexes)
  if (!bytes.ok) return bytes
  const facts = new Map<number, Fact>()
  for (const [index, entry] of bytes.value) {
    const parsed = parseEntry(entry)
    if (!parsed.ok) return { ok: false, problem: { ...parsed.problem, index } }
    const hash = leafHash(entry)
    facts.set(index, { entry: parsed.value.entry, hash, leaf: byteKey(hash) })
  }
  const around = new Around(facts, draw.index)
  const unread = await readTree(fetchBytes, draw.head, entry => around.see(entry))
  const wrong = unread ?? (await around.finish())
  if (wrong) return { ok: false, problem: wrong }
  return good(opened.value.map(each => ({ ...each, ...around.of(each.share.logIndex) })))
}

/** Where the units fall, in the order of the log. */
function hits(amounts: readonly CountedAmount[], units: readonly bigint[]): Hit[] {
  const sorted = units.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  let next = 0
  return amounts.flatMap(amount => {
    const first = next
    while (next < sorted.length && sorted[next]! < amount.to) next++
    return next > first ? [{ ...amount, units: sorted.slice(first, next) }] : []
  })
}

type Opened = Interval & Pick<Voucher, 'share' | 'units'>

async function openAll(draw: Draw, drawn: readonly Hit[], open: Opener): Promise<Checked<Opened[]>> {
  const opened: Opened[] = []
  for (const hit of drawn) {
    const share = await open(hit)
    if (!share.ok) return share
    if (!proves(draw, hit, share.value))
      return bad('sample.bad-opening', { detail: { unit: String(hit.units[0]) } })
    const { from, to, units } = hit
    opened.push({ from, to, units, share: share.value })
  }
  return good(opened)
}

/** Whether a share is that of the amount drawn, and stands in the statement. */
const proves = (
  { context, node }: Draw,
  { logIndex, place, amount, fact }: Hit,
  share: SidedShare,
): boolean =>
  share.side === context.side &&
  share.logIndex === logIndex &&
  share.place === place &&
  share.amount === amount &&
  share.fact === fact &&
  verifyShare(context, node, share) !== undefined

interface Fact {
  readonly entry: Entry
  readonly hash: Uint8Array
  /** The same, as a key. */
  readonly leaf: string
}

/** Every kind by which keys and the log's names are learnt. */
const OF_KEYS = /^(log\.(created|succeeded)|key\.(registered|revoked))$/

/**
 * Gathers what stands around the drawn facts as entries pass, and checks who signed it: the figure, the drawn facts, what
 * they rest on and what bears them out, with all that the log says of keys.
 */
class Around {
  #problem: Problem | undefined
  readonly #facts: ReadonlyMap<number, Fact>
  readonly #figure: number
  /** The drawn facts by leaf hash. */
  readonly #drawn: ReadonlyMap<string, Fact>
  readonly #wanted: ReadonlySet<string>
  readonly #signers = new EntrySigners()
  readonly #names = new LogNames()
  readonly #grades = new Grades(this.#signers.keys)
  readonly #refs = new Map<string, Beside>()
  readonly #countersigned = new Map<string, Beside[]>()

  constructor(facts: ReadonlyMap<number, Fact>, figure: number) {
    this.#facts = facts
    this.#figure = figure
    this.#drawn = new Map([...facts.values()].map(fact => [fact.leaf, fact]))
    this.#wanted = new Set([...facts.values()].flatMap(({ entry }) => entry.refs.map(leafOf)))
  }

  see(passing: Passing): void {
    const { index, type, bytes, leaf: hash } = passing
    const leaf = byteKey(hash)
    if (this.#facts.has(index) && this.#facts.get(index)!.leaf !== leaf)
      this.#problem ??= { name: 'bundle.changed', index }
    const isNamed = index === this.#figure || this.#facts.has(index) || this.#wanted.has(leaf)
    if (!isNamed && type !== COUNTERSIGNED && !OF_KEYS.test(type)) return
    const parsed = parseEntry(bytes)
    if (!parsed.ok) {
      this.#problem ??= { ...parsed.problem, index }
      return
    }
    const { entry } = parsed.value
    const bearsOut = type === COUNTERSIGNED && entry.refs.some(ref => this.#drawn.has(leafOf(ref)))
    if (isNamed || bearsOut || OF_KEYS.test(type)) this.#learn(passing, parsed.value)
    if (this.#wanted.has(leaf)) this.#refs.set(leaf, this.#beside(index, entry))
    if (bearsOut) this.#bearOut(index, entry)
  }

  #learn({ index, leaf }: Passing, parsed: ParsedEntry): void {
    const { entry } = parsed
    const wrong = this.#names.admit(index, entry) ?? this.#signers.admit(index, parsed)
    const graded = this.#grades.learn(entry, leaf, ref => this.#drawn.get(leafOf(ref))?.entry)
    if (wrong) this.#problem ??= { ...wrong, index }
    if (graded) this.#problem ??= { name: graded, index }
  }

  #bearOut(index: number, entry: Entry): void {
    for (const leaf of entry.refs.map(leafOf))
      this.#countersigned.set(leaf, [...(this.#countersigned.get(leaf) ?? []), this.#beside(index, entry)])
  }

  #beside = (index: number, { id, type, by, actor }: Entry): Beside => ({
    ...{ index, id, type, by, holder: this.#holderOf(actor) },
  })

  #holderOf(actor: string): string {
    return this.#signers.keys.get(actor)?.holder ?? ''
  }

  /** What is wrong with what passed, signatures included. */
  async finish(): Promise<Problem | undefined> {
    const [forged] = await this.#signers.check()
    return this.#problem ?? forged
  }

  of(index: number): Pick<Voucher, 'entry' | 'holder' | 'grade' | 'refs' | 'countersigned'> {
    const { entry, leaf, hash } = this.#facts.get(index)!
    const countersigned = this.#countersigned.get(leaf) ?? []
    const refs = entry.refs.map(ref => this.#refs.get(leafOf(ref))).filter(ref => ref !== undefined)
    const grade = gradeOf(this.#grades.marksOf(hash, []))
    return { entry, holder: this.#holderOf(entry.actor), grade, refs, countersigned }
  }
}

const COUNTERSIGNED = 'fact.countersigned'
const leafOf = (base64: string): string => byteKey(fromBase64(base64)!)

function gradeOf(found: number): Grade {
  if (found & marks.bank) return 'bank'
  if (found & marks.device) return 'device'
  return found & marks.countersigned ? 'countersigned' : 'declared'
}
