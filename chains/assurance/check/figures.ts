import { monthOf } from '@silian/kernel/time/shanghai.ts'
import { z } from 'zod'
import type { Expectation } from './compare.ts'
import type { Fact } from './entry.ts'
import type { Findings } from './report.ts'

const defined = z.object({
  metric: z.string(),
  kind: z.literal('flow'),
  unit: z.string(),
  facts: z.array(z.string()),
  each: z.string(),
  measure: z.string(),
  dimensions: z.array(z.string()),
})
const published = z.object({
  metric: z.string(),
  period: z.string(),
  upTo: z.number(),
  rows: z.array(z.object({ dims: z.array(z.string()), sum: z.string(), count: z.number() })),
  total: z.string(),
  count: z.number(),
})

/** A sum over facts in a month, as the log format lays it down. */
export interface Flow {
  readonly name: string
  readonly facts: readonly string[]
  readonly each: string
  readonly measure: string
  readonly dimensions: readonly string[]
}

type Figure = z.output<typeof published> & { readonly fact: Fact }

interface Sums {
  sum: number
  count: number
}

/** Sums of a flow by month and dimensions, and of each figure that closed a month, from the facts alone. */
class FlowSums {
  readonly flow: Flow
  readonly cursor: number
  readonly figures: readonly Figure[]
  /** By period, then by dimensions as JSON. */
  readonly cells = new Map<string, Map<string, Sums>>()
  readonly #closed = new Map<string, Map<string, Sums>>()

  constructor(flow: Flow, cursor: number, figures: readonly Figure[]) {
    this.flow = flow
    this.cursor = cursor
    this.figures = figures
  }

  add(fact: Fact): void {
    const { each, measure, dimensions } = this.flow
    const objects = fact.pub[each]
    const period = this.#periodOf(fact)
    for (const object of Array.isArray(objects) ? (objects as Record<string, unknown>[]) : []) {
      const look = (name: string) => String(object[name] ?? fact.pub[name])
      const dims = JSON.stringify(dimensions.map(look))
      if (fact.index < this.cursor) sumUp(this.cells, period, dims, Number(look(measure)))
      const figure = this.figures.find(each => each.period === period)
      if (figure && fact.index < figure.upTo) sumUp(this.#closed, period, dims, Number(look(measure)))
    }
  }

  /** The first month, from the fact's own on, that no figure over it closes. */
  #periodOf(fact: Fact): string {
    const isClosed = (month: string) =>
      this.figures.some(({ period, upTo }) => period === month && upTo <= fact.index)
    let month = monthOf(fact.at)
    while (isClosed(month)) month = next(month)
    return month
  }

  rowsOf(figure: Figure): { dims: string[]; sum: string; count: number }[] {
    return [...(this.#closed.get(figure.period) ?? [])]
      .map(([dims, { sum, count }]) => ({ dims: JSON.parse(dims) as string[], sum: String(sum), count }))
      .sort((a, b) => order(a.dims, b.dims))
  }
}

function order(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, i) => text !== b[i])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}

function sumUp(all: Map<string, Map<string, Sums>>, period: string, dims: string, sum: number): void {
  const cells = all.get(period) ?? new Map<string, Sums>()
  const cell = cells.get(dims) ?? { sum: 0, count: 0 }
  cell.sum += sum
  cell.count += 1
  all.set(period, cells.set(dims, cell))
}

function next(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** Recomputes flows. The facts that define and close them are read before all others. */
export class Figures {
  readonly #flows: readonly FlowSums[]
  readonly #figures: readonly Figure[]

  /** `declared`: flows that are kept, whether or not the log defines them yet. */
  constructor(facts: readonly Fact[], declared: readonly Flow[], cursors: ReadonlyMap<string, number>) {
    const told = facts.flatMap(fact => {
      const pub = fact.type === 'metric.defined' ? defined.safeParse(fact.pub) : undefined
      return pub?.success ? [{ ...pub.data, name: pub.data.metric }] : []
    })
    this.#figures = facts.flatMap(fact => {
      const pub = fact.type === 'figure.published' ? published.safeParse(fact.pub) : undefined
      return pub?.success ? [{ ...pub.data, fact }] : []
    })
    const names = new Set(told.map(flow => flow.name))
    this.#flows = [...told, ...declared.filter(flow => !names.has(flow.name))].map(
      flow =>
        new FlowSums(
          flow,
          cursors.get(`metric.${flow.name.replaceAll('_', '-')}`) ?? 0,
          this.#figures.filter(figure => figure.metric === flow.name),
        ),
    )
  }

  add(fact: Fact): void {
    if (fact.pending) return
    for (const sums of this.#flows) if (sums.flow.facts.includes(fact.type)) sums.add(fact)
  }

  /** Published figures against what their facts add up to. */
  verify(findings: Findings): void {
    for (const figure of this.#figures) {
      const sums = this.#flows.find(({ flow }) => flow.name === figure.metric)
      if (!sums) continue
      const rows = sums.rowsOf(figure)
      const total = rows.reduce((sum, row) => sum + Number(row.sum), 0)
      const count = rows.reduce((sum, row) => sum + row.count, 0)
      const key = figure.fact.id
      findings.same('fact', key, 'pub.rows', JSON.stringify(rows), JSON.stringify(figure.rows.map(plain)))
      findings.same('fact', key, 'pub.total', String(total), figure.total)
      findings.same('fact', key, 'pub.count', count, figure.count)
    }
  }

  /** No figure reaches beyond what the metric's subscription has read. */
  compareCursors(findings: Findings): void {
    for (const { figures, cursor, flow } of this.#flows)
      for (const { upTo } of figures)
        if (upTo > cursor)
          findings.differs('subscription', flow.name, 'next_index', `at least ${upTo}`, String(cursor))
  }

  tables(): Expectation[] {
    return [
      {
        table: 'metric_cell',
        key: ['metric', 'period', 'dims'],
        rows: this.#flows.flatMap(({ flow, cells }) =>
          [...cells].flatMap(([period, all]) =>
            [...all].map(([dims, sums]) => ({ metric: flow.name, period, dims: JSON.parse(dims), ...sums })),
          ),
        ),
      },
      {
        table: 'metric_close',
        key: ['metric', 'period'],
        rows: this.#figures.map(({ metric, period, upTo, total, count, fact }) => ({
          metric,
          period,
          up_to: upTo,
          fact_id: fact.id,
          total: Number(total),
          count,
          closed_at: fact.at,
        })),
      },
    ]
  }
}

const plain = ({ dims, sum, count }: Figure['rows'][number]) => ({ dims, sum, count })
