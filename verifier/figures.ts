import type { Entry } from './entry.ts'
import { type FigureShares, Shares } from './grades.ts'
import { type Cell, type Figure, type FlowMetric, measure, readFigure, readMetric } from './metric.ts'
import { monthOf, nextMonth } from './period.ts'
import type { Problem, ProblemName } from './problems.ts'
import { statedBy } from './sum-tree.ts'

/**
 * First reading: which metrics are defined and which periods are closed where. A definition also counts facts that
 * came before it, and a figure moves facts that came after its `upTo`, so sums can only be made in a second reading.
 */
export class FigurePlan {
  readonly metrics = new Map<string, FlowMetric>()
  readonly byFact = new Map<string, FlowMetric[]>()
  /** Metric → period → first index that the period no longer counts. */
  readonly closings = new Map<string, Map<string, number>>()
  /** Indexes of the figures that closed a period; the others are already refused. */
  readonly figures = new Set<number>()
  unchecked = 0
  #others = new Set<string>()

  /** Learn from the next entry. Problems: `metric.*`, `figure.*` except `figure.mismatch`. */
  learn(index: number, entry: Entry): Problem | undefined {
    if (entry.type === 'metric.defined') return named(this.#define(entry), entry)
    if (entry.type === 'figure.published') return named(this.#close(index, entry), entry)
    return undefined
  }

  #define({ pub }: Entry): ProblemName | undefined {
    const metric = readMetric(pub)
    if (!metric) return 'metric.malformed'
    const name = String(pub.metric)
    if (this.metrics.has(name) || this.#others.has(name)) return 'metric.defined-twice'
    if (metric === 'other') {
      this.#others.add(name)
      return undefined
    }
    this.metrics.set(name, metric)
    for (const type of new Set(metric.facts))
      this.byFact.set(type, [...(this.byFact.get(type) ?? []), metric])
    return undefined
  }

  #close(index: number, { pub }: Entry): ProblemName | undefined {
    if (this.#others.has(String(pub.metric))) {
      this.unchecked++
      return undefined
    }
    const figure = readFigure(pub)
    if (!figure) return 'figure.malformed'
    if (!this.metrics.has(figure.metric)) return 'metric.unknown'
    if (figure.upTo > index) return 'figure.bad-up-to'
    const periods = this.closings.get(figure.metric) ?? new Map<string, number>()
    if (periods.has(figure.period)) return 'figure.closed-twice'
    this.closings.set(figure.metric, periods.set(figure.period, figure.upTo))
    this.figures.add(index)
    return undefined
  }

  /** The first period from the fact's own month on that no figure closed before this index. */
  periodOf(metric: string, index: number, at: string): string {
    const closings = this.closings.get(metric)
    let period = monthOf(at)
    while ((closings?.get(period) ?? Number.POSITIVE_INFINITY) <= index) period = nextMonth(period)
    return period
  }
}

const named = (name: ProblemName | undefined, { pub }: Entry): Problem | undefined =>
  name && { name, detail: { metric: String(pub.metric), period: String(pub.period) } }

/** Second reading: sums every cell from the facts and compares each figure with what is published. */
export class FigureFold {
  readonly #plan: FigurePlan
  #cells = new Map<string, Map<string, Cell>>()
  /** Subjects counted by metric and period: with their cell, and over all cells. */
  #seen = new Map<string, Set<string>>()
  /** What adds to a metric in a period and what takes from it; of different subjects each once over all cells. */
  #sides = new Map<string, Sides>()
  #shares = new Map<string, Shares>()
  /** Of the figures compared, on whose word each rests. */
  readonly shares: FigureShares[] = []

  constructor(plan: FigurePlan) {
    this.#plan = plan
  }

  /**
   * Feed the next entry with the marks of what it rests on (`grades.ts`). Problems: `fact.unmeasurable`; `figure.mismatch`,
   * one a cell and side, where `expected` is what the entries give and `found` what is published.
   */
  add(index: number, entry: Entry, marks = 0): Problem[] {
    if (entry.type === 'figure.published') return this.#plan.figures.has(index) ? this.#compare(entry) : []
    const metrics = this.#plan.byFact.get(entry.type) ?? []
    return metrics.flatMap(metric => this.#count(metric, index, entry, marks))
  }

  #count(metric: FlowMetric, index: number, entry: Entry, marks: number): Problem[] {
    const added = measure(metric, entry)
    if (!added) return [{ name: 'fact.unmeasurable', detail: { metric: metric.metric } }]
    const period = this.#plan.periodOf(metric.metric, index, entry.at)
    const cells = this.#cellsOf(metric.metric, period)
    const place = JSON.stringify([metric.metric, period])
    const shares = this.#shares.get(place) ?? new Shares(metric.subject === undefined ? 'value' : 'count')
    this.#shares.set(place, shares)
    const sides = this.#sides.get(place) ?? { plus: { sum: 0n, count: 0 }, minus: { sum: 0n, count: 0 } }
    this.#sides.set(place, sides)
    for (const { dims, sum, subject } of added) {
      shares.add(marks, sum)
      const key = JSON.stringify(dims)
      const cell = cells.get(key)
      const adds = subject === undefined || this.#isNew(place, JSON.stringify([dims, subject])) ? sum : 0n
      cells.set(key, { dims, sum: (cell?.sum ?? 0n) + adds, count: (cell?.count ?? 0) + 1 })
      if (subject !== undefined && !this.#isNew(place, JSON.stringify([subject]))) continue
      const side = sides[sum < 0n ? 'minus' : 'plus']
      side.sum += sum < 0n ? -sum : sum
      side.count++
    }
    return []
  }

  #isNew(place: string, subject: string): boolean {
    const seen = this.#seen.get(place) ?? new Set<string>()
    this.#seen.set(place, seen)
    if (seen.has(subject)) return false
    seen.add(subject)
    return true
  }

  #cellsOf(metric: string, period: string): Map<string, Cell> {
    const key = JSON.stringify([metric, period])
    const cells = this.#cells.get(key) ?? new Map<string, Cell>()
    this.#cells.set(key, cells)
    return cells
  }

  #compare({ pub, log }: Entry): Problem[] {
    const figure = readFigure(pub)
    if (!figure) return []
    const cells = this.#cellsOf(figure.metric, figure.period)
    const place = JSON.stringify([figure.metric, figure.period])
    const [sides, shares] = [this.#sides.get(place), this.#shares.get(place)]
    const metric = this.#plan.metrics.get(figure.metric)
    if (shares && metric) this.shares.push(shares.of(metric, figure.period))
    for (const kept of [this.#cells, this.#seen, this.#sides, this.#shares]) kept.delete(place)
    return differences(figure, [...cells.values()], sides).concat(wrongStatements(figure, log))
  }
}

interface Amounts {
  sum: bigint
  count: number
}
type Sides = Readonly<Record<'plus' | 'minus', Amounts>>

const nothing: Sides = { plus: { sum: 0n, count: 0 }, minus: { sum: 0n, count: 0 } }

/** The total is of the sides: rows do not add up to it where a subject may stand in several. */
function differences(figure: Figure, expected: Cell[], { plus, minus } = nothing): Problem[] {
  const sums = (cells: readonly Cell[]) =>
    new Map(cells.map(cell => [JSON.stringify(cell.dims), asText(cell)]))
  const [right, published] = [sums(expected), sums(figure.rows)]
  const count = expected.reduce((all, cell) => all + cell.count, 0)
  right.set('total', asText({ sum: plus.sum - minus.sum, count }))
  published.set('total', asText({ sum: figure.total, count: figure.count }))
  if (figure.sums) {
    // the trees are not made again, for their salts are not ours, but they must come to this
    for (const [side, amounts] of Object.entries({ plus, minus })) right.set(`sums.${side}`, asText(amounts))
    published.set('sums.plus', asText(figure.sums.plus))
    published.set('sums.minus', asText(figure.sums.minus))
  }
  const names = new Set([...right.keys(), ...published.keys()])
  return [...names].flatMap(cell =>
    difference(figure, cell, right.get(cell) ?? '', published.get(cell) ?? ''),
  )
}

/** Each statement is the hash of what stands beside it: readers may keep nothing else of the figure. */
function wrongStatements(figure: Figure, log: string): Problem[] {
  const { metric, period, upTo, sums } = figure
  if (!sums) return []
  return (['plus', 'minus'] as const).flatMap(side => {
    const expected = statedBy({ log, metric, period, unit: sums.unit, upTo, side }, sums[side])
    return difference(figure, `sums.${side}.statement`, expected, sums[side].statement)
  })
}

/** A cell as a problem shows it: sum and count, e.g. `1200 (3)`. */
const asText = ({ sum, count }: Readonly<Amounts>): string => `${sum} (${count})`

const difference = ({ metric, period }: Figure, cell: string, expected: string, found: string): Problem[] =>
  expected === found ? [] : [{ name: 'figure.mismatch', detail: { metric, period, cell, expected, found } }]
