import { parseEntry } from './entry.ts'
import { FigurePlan } from './figures.ts'
import { measure } from './metric.ts'
import { bad, type Checked, good } from './problems.ts'
import type { Draw } from './sample.ts'
import type { Passing } from './sample-read.ts'
import type { Interval } from './sum-tree.ts'

/** One amount that a figure counts, and the units of its sum that it takes. */
export interface CountedAmount extends Interval {
  readonly logIndex: number
  readonly place: number
  readonly amount: bigint
  /** Id of the fact. */
  readonly fact: string
}

interface Measured {
  readonly index: number
  readonly fact: string
  readonly at: string
  readonly objects: readonly { readonly sum: bigint; readonly subject: string | undefined }[]
}

/**
 * Gathers what a figure counts on one side, by the log alone. Which leaves its publisher put into the tree, and which of
 * them twice, tells nothing: in their order the lot would pass over what was left out.
 */
export class CountedAmounts {
  readonly #draw: Draw
  readonly #plan = new FigurePlan()
  readonly #measured: Measured[] = []

  constructor(draw: Draw) {
    this.#draw = draw
  }

  see({ index, type, bytes }: Passing): void {
    const { metric, context } = this.#draw
    const isPlan = type === 'figure.published' || type === 'metric.defined'
    const counts = index < context.upTo && metric.facts.includes(type)
    if (!isPlan && !counts) return
    const parsed = parseEntry(bytes)
    if (!parsed.ok) return
    const { entry } = parsed.value
    if (isPlan) this.#plan.learn(index, entry)
    if (!counts) return
    const objects = (measure(metric, entry) ?? []).map(({ sum, subject }) => ({ sum, subject }))
    this.#measured.push({ index, fact: entry.id, at: entry.at, objects })
  }

  /** In the order of the log. Problem: `figure.mismatch`, where they are not what the figure states. */
  amounts(): Checked<readonly CountedAmount[]> {
    const { context, node, figure } = this.#draw
    const amounts = this.#counted()
    const [expected, found] = [amounts.at(-1)?.to ?? 0n, node.sum]
    if (expected === found && amounts.length === node.count) return good(amounts)
    const { metric, period } = figure
    const said = (sum: bigint, count: number) => `${sum} (${count})`
    return bad('figure.mismatch', {
      index: this.#draw.index,
      detail: {
        ...{ metric, period, cell: `sums.${context.side}` },
        ...{ expected: said(expected, amounts.length), found: said(found, node.count) },
      },
    })
  }

  #counted(): CountedAmount[] {
    const { metric, context } = this.#draw
    const seen = new Set<string>()
    const amounts: CountedAmount[] = []
    let from = 0n
    for (const { index: logIndex, fact, at, objects } of this.#measured) {
      if (this.#plan.periodOf(metric.metric, logIndex, at) !== context.period) continue
      for (const [place, { sum, subject }] of objects.entries()) {
        // of different subjects the first object of each is what the total counts
        if (subject !== undefined && seen.has(subject)) continue
        if (subject !== undefined) seen.add(subject)
        if (sum < 0n !== (context.side === 'minus')) continue
        const amount = sum < 0n ? -sum : sum
        amounts.push({ logIndex, place, amount, fact, from, to: from + amount })
        from += amount
      }
    }
    return amounts
  }
}
