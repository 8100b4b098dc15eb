import { fromBase64 } from './base64.ts'
import { byteKey } from './bytes.ts'
import { type Custody, type Entry, parseEntry } from './entry.ts'
import { measure } from './metric.ts'
import { bad, type Checked, good, type Problem } from './problems.ts'
import type { SidedShare } from './receipt.ts'
import { leafHash } from './rfc6962.ts'
import type { Draw } from './sample.ts'
import { entriesAt, type Passing, readTree } from './sample-read.ts'
import type { FetchBytes } from './source.ts'
import { type Interval, verifyShare } from './sum-tree.ts'

/** How the publisher opens the amount that covers a unit. Problems: `read.failed`, those of a receipt. */
export type Opener = (unit: bigint) => Promise<Checked<SidedShare>>

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
 * Opens what a draw fell upon, in the order of the sum, and checks it: each amount stands in the statement where it must, is
 * that of a fact of the tree, and as large as the fact says. Problems: those of opening and reading; `sample.bad-opening`
 * {unit} for what does not cover the unit, `sample.wrong-amount` where a fact says otherwise.
 */
export async function openSample(
  fetchBytes: FetchBytes,
  draw: Draw,
  open: Opener,
): Promise<Checked<Voucher[]>> {
  const opened = await openAll(draw, open)
  if (!opened.ok) return opened
  const indexes = new Set(opened.value.map(({ share }) => share.logIndex))
  const bytes = await entriesAt(fetchBytes, draw.head.size, indexes)
  if (!bytes.ok) return bytes
  const facts = new Map<number, Fact>()
  for (const [index, entry] of bytes.value) {
    const parsed = parseEntry(entry)
    if (!parsed.ok) return { ok: false, problem: { ...parsed.problem, index } }
    facts.set(index, { entry: parsed.value.entry, leaf: byteKey(leafHash(entry)) })
  }
  const around = new Around(facts)
  const problem = await readTree(fetchBytes, draw.head, entry => around.see(entry))
  const wrong = problem ?? around.problem ?? wrongAmount(draw, opened.value, facts)
  if (wrong) return { ok: false, problem: wrong }
  return good(opened.value.map(each => ({ ...each, ...around.of(each.share.logIndex) })))
}

type Opened = Interval & Pick<Voucher, 'share' | 'units'>

async function openAll({ context, node, units }: Draw, open: Opener): Promise<Checked<Opened[]>> {
  const opened: (Opened & { readonly units: bigint[] })[] = []
  for (const unit of units.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = opened.at(-1)
    if (last && unit < last.to) {
      last.units.push(unit)
      continue
    }
    const share = await open(unit)
    if (!share.ok) return share
    const interval = share.value.side === context.side && verifyShare(context, node, share.value)
    if (!interval || unit < interval.from || unit >= interval.to || share.value.logIndex >= context.upTo)
      return bad('sample.bad-opening', { detail: { unit: String(unit) } })
    opened.push({ ...interval, share: share.value, units: [unit] })
  }
  return good(opened)
}

interface Fact {
  readonly entry: Entry
  readonly leaf: string
}

function wrongAmount(
  { metric, side }: Draw,
  opened: readonly Opened[],
  facts: ReadonlyMap<number, Fact>,
): Problem | undefined {
  const wrong = opened.find(({ share: { logIndex, place, fact, amount } }) => {
    const { entry } = facts.get(logIndex)!
    const counts = metric.facts.includes(entry.type) && entry.id === fact
    return !counts || measure(metric, entry)?.[place]?.sum !== (side === 'plus' ? amount : -amount)
  })
  return wrong && { name: 'sample.wrong-amount', index: wrong.share.logIndex }
}

/** Gathers what stands around the drawn facts as entries pass. */
class Around {
  problem: Problem | undefined
  readonly #facts: ReadonlyMap<number, Fact>
  readonly #leaves: ReadonlySet<string>
  readonly #wanted: ReadonlySet<string>
  readonly #holders = new Map<string, string>()
  readonly #refs = new Map<string, Beside>()
  readonly #countersigned = new Map<string, Beside[]>()

  constructor(facts: ReadonlyMap<number, Fact>) {
    this.#facts = facts
    this.#leaves = new Set([...facts.values()].map(({ leaf }) => leaf))
    this.#wanted = new Set([...facts.values()].flatMap(({ entry }) => entry.refs.map(leafOf)))
  }

  see({ index, type, bytes, leaf: hash }: Passing): void {
    const leaf = byteKey(hash)
    if (this.#facts.has(index) && this.#facts.get(index)!.leaf !== leaf)
      this.problem ??= { name: 'bundle.changed', index }
    const isWanted = this.#wanted.has(leaf)
    if (!isWanted && type !== 'key.registered' && type !== 'fact.countersigned') return
    const parsed = parseEntry(bytes)
    if (!parsed.ok) return
    const { entry } = parsed.value
    if (type === 'key.registered') this.#holders.set(String(entry.pub.keyId), String(entry.pub.holder))
    if (isWanted) this.#refs.set(leaf, this.#beside(index, entry))
    if (type === 'fact.countersigned' && entry.by === 'own') this.#bearOut(index, entry)
  }

  #bearOut(index: number, entry: Entry): void {
    for (const leaf of entry.refs.map(leafOf))
      if (this.#leaves.has(leaf))
        this.#countersigned.set(leaf, [...(this.#countersigned.get(leaf) ?? []), this.#beside(index, entry)])
  }

  #beside = (index: number, { id, type, by, actor }: Entry): Beside => ({
    ...{ index, id, type, by, holder: this.#holders.get(actor) ?? '' },
  })

  of(index: number): Pick<Voucher, 'entry' | 'holder' | 'grade' | 'refs' | 'countersigned'> {
    const { entry, leaf } = this.#facts.get(index)!
    const countersigned = this.#countersigned.get(leaf) ?? []
    const refs = entry.refs.map(ref => this.#refs.get(leafOf(ref))).filter(ref => ref !== undefined)
    const holder = this.#holders.get(entry.actor) ?? ''
    return { entry, holder, grade: gradeOf(entry, countersigned.length > 0), refs, countersigned }
  }
}

const leafOf = (base64: string): string => byteKey(fromBase64(base64)!)

function gradeOf({ type, by }: Entry, isCountersigned: boolean): Grade {
  const own = by === 'own' ? /^(bank|device)\./.exec(type)?.[1] : undefined
  return (own as Grade | undefined) ?? (isCountersigned ? 'countersigned' : 'declared')
}
