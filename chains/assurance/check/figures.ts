import type { Reader } from '@silian/kernel/database/database.ts'
import type { JsonObject } from '@silian/kernel/fact/public-part.ts'
import type { SpeaksAs } from '@silian/kernel/fact/tables.ts'
import {
  type Counted,
  countedOf,
  logNameOf,
  type Metric,
  reads,
  type Said,
  typesOf,
} from '@silian/kernel/metric/define.ts'
import { type Cell, Fold, isFull } from '@silian/kernel/metric/fold.ts'
import { CURSOR, currentGenerations, digestOf } from '@silian/kernel/metric/generation.ts'
import { ALL_MARKS, MARKS, markedBy, markedCells } from '@silian/kernel/metric/marks.ts'
import { type Addition, additionsOf, compareDims } from '@silian/kernel/metric/measure.ts'
import { type Closings, periodOf } from '@silian/kernel/metric/period.ts'
import { sides } from '@silian/kernel/metric/statement.ts'
import { SumHasher } from '@silian/kernel/metric/sum-tree.ts'
import { COUNTERSIGNED } from '@silian/kernel/signing/countersign.ts'
import { ownGrade } from '@silian/kernel/signing/grades.ts'
import { z } from 'zod'
import type { Expectation } from './compare.ts'
import type { Fact } from './entry.ts'
import type { Findings } from './report.ts'

const defined = z.object({
  metric: z.string(),
  kind: z.enum(['flow', 'distinct']),
  unit: z.string(),
  facts: z.array(z.string()),
  each: z.string(),
  measure: z.string(),
  subject: z.string().optional(),
  dimensions: z.array(z.string()),
  unknown: z.array(z.string()).default([]),
  except: z.record(z.string(), z.array(z.string())).default({}),
})
const stated = z.object({
  count: z.number().int().min(0),
  sum: z.string().regex(/^\d{1,18}$/),
  root: z.base64().length(44),
  statement: z.string(),
})
const published = z.object({
  metric: z.string(),
  period: z.string(),
  upTo: z.number(),
  rows: z.array(z.object({ dims: z.array(z.string()), sum: z.string(), count: z.number() })),
  total: z.string(),
  count: z.number(),
  sums: z.object({ unit: z.string(), plus: stated, minus: stated }).optional(),
})
type Figure = z.output<typeof published> & { readonly fact: Fact }

/** A metric whose cells are kept, up to which place of the log; undefined where another definition made them. */
export interface KeptMetric {
  readonly metric: Counted
  readonly upTo: number | undefined
}

/** The metrics whose cells answer, with how far they follow the log. */
export async function readKept(
  tx: Reader,
  metrics: readonly Metric[],
  cursors: ReadonlyMap<string, number>,
): Promise<KeptMetric[]> {
  const current = await currentGenerations(tx)
  return countedOf(metrics).map(metric => {
    const of = current.get(metric.name)
    if (of && of.digest !== digestOf(metric)) return { metric, upTo: undefined }
    return { metric, upTo: of?.stopped_at ?? (of ? (cursors.get(CURSOR) ?? 0) : 0) }
  })
}

/** What a counted fact rests on: by what leaves its marks are found. */
type Basis = Pick<Fact, 'leaf' | 'refs'>

/** Whose word each fact of the log is, beside its recorder's. */
class Words {
  readonly #speakers = new Map<string, SpeaksAs | null>()
  readonly #own = new Map<string, number>()
  readonly #countersigned = new Map<string, number>()

  add({ type, by, actor, pub, leaf, index, pending, refs }: Fact): void {
    if (type === 'key.registered') this.#speakers.set(String(pub.keyId), speaksAs(pub.as))
    const as = this.#speakers.get(actor) ?? null
    const grade = ownGrade({ type, signedBy: by === 'own' ? 'own' : 'held', as })
    if (grade) this.#own.set(leaf, MARKS[grade])
    if (type !== COUNTERSIGNED || pending) return
    for (const ref of refs)
      this.#countersigned.set(ref, Math.min(index, this.#countersigned.get(ref) ?? index))
  }

  marksOf({ leaf, refs }: Basis, before: number): number {
    return [leaf, ...refs].reduce(
      (marks, each) =>
        marks |
        (this.#own.get(each) ?? 0) |
        ((this.#countersigned.get(each) ?? before) < before ? MARKS.countersigned : 0),
      0,
    )
  }
}

const speaksAs = (told: unknown): SpeaksAs | null =>
  told === 'party' || told === 'bank' || told === 'device' ? told : null

/** One metric counted again from the facts. */
class Recount {
  readonly metric: Counted
  readonly upTo: number
  readonly #closings: Closings
  readonly #fold: Fold
  readonly #types: ReadonlySet<string>
  readonly #marked: {
    readonly fact: Basis
    readonly month: string
    readonly additions: readonly Addition[]
  }[] = []

  constructor(metric: Counted, upTo: number, closings: Closings) {
    this.metric = metric
    this.upTo = upTo
    this.#closings = closings
    this.#fold = new Fold(metric)
    this.#types = new Set(typesOf(metric))
  }

  get cells(): Cell[] {
    return [...this.#fold.cells.values()]
  }

  add(fact: Fact, opened: ReadonlyMap<string, string>): void {
    if (fact.pending || fact.index >= this.upTo || !this.#types.has(fact.type)) return
    const month = periodOf(fact.at, fact.index, this.#closings)
    const open = new Map(
      [...opened]
        .filter(([field]) => reads(this.metric, field))
        .sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)),
    )
    const said = { type: fact.type, at: fact.at, pub: fact.pub as JsonObject, open }
    const additions = additionsOr(this.metric, said)
    this.#fold.add(month, additions)
    if (markedBy(this.metric) !== null) this.#marked.push({ fact, month, additions })
  }

  /** What rests on whose word, as far as the cells follow the log. */
  markedCells(words: Words): (Cell & { metric: string })[] {
    const cells = new Map<string, Cell & { metric: string }>()
    for (const { fact, month, additions } of this.#marked) {
      const marks = words.marksOf(fact, this.upTo)
      if (marks === 0) continue
      for (const { period, dims, sum, count } of markedCells(this.metric, month, additions, 1)) {
        const key = JSON.stringify([marks, period, dims])
        const cell = cells.get(key) ?? {
          metric: `${this.metric.name}#${marks}`,
          period,
          dims,
          sum: 0,
          count: 0,
        }
        cell.sum += sum
        cell.count += count
        cells.set(key, cell)
      }
    }
    return [...cells.values()].filter(({ sum, count }) => sum !== 0 || count !== 0)
  }

  /** As a figure tells it: rows in full, each subject once in the total. */
  figureOf(period: string): { rows: Figure['rows']; total: number; count: number } {
    const cells = this.cells.filter(cell => cell.period === period)
    const rows = cells
      .filter(cell => isFull(cell.dims))
      .sort((a, b) => compareDims(a.dims, b.dims))
      .map(({ dims, sum, count }) => ({ dims: [...dims], sum: String(sum), count }))
    const whole = this.metric.kind === 'distinct' ? cells.filter(cell => cell.dims.every(isAll)) : cells
    return {
      rows,
      total: whole.reduce((sum, cell) => sum + cell.sum, 0),
      count: rows.reduce((sum, row) => sum + row.count, 0),
    }
  }
}

/** A fact that was spoilt adds nothing: the sums then differ, and the fact itself is found too. */
function additionsOr(metric: Counted, said: Said): Addition[] {
  try {
    return additionsOf(metric, said)
  } catch {
    return []
  }
}

const isAll = (value: string): boolean => value === '*'

/** A metric as the log defines it. */
function toldBy({
  metric: name,
  kind,
  unit,
  facts,
  each,
  measure,
  subject,
  dimensions,
  unknown,
  except,
}: z.output<typeof defined>): Counted {
  const base = {
    ...{ name, unit, of: facts, except },
    ...(each === '' ? {} : { each }),
    ...(measure === '' ? {} : { measure }),
    dimensions: Object.fromEntries(
      dimensions.map(each => [each, { kind: 'code' as const, unknown: unknown.includes(each) }]),
    ),
  }
  return kind === 'flow' ? { kind, ...base } : { kind, ...base, subject: subject ?? '' }
}

/** Recomputes metrics. The facts that define and close them are read before all others. */
export class Figures {
  readonly #kept: readonly Recount[]
  readonly #stale: ReadonlySet<string>
  readonly #figures: readonly Figure[]
  /** By figure: the metric as the log defines it, over the entries that the figure counts. */
  readonly #closed: ReadonlyMap<Figure, Recount>
  readonly #cursor: number
  readonly #words = new Words()

  constructor(facts: readonly Fact[], kept: readonly KeptMetric[], cursors: ReadonlyMap<string, number>) {
    const told = new Map(
      facts.flatMap(fact => {
        const pub = fact.type === 'metric.defined' ? defined.safeParse(fact.pub) : undefined
        return pub?.success ? [[pub.data.metric, toldBy(pub.data)] as const] : []
      }),
    )
    this.#figures = facts.flatMap(fact => {
      const pub = fact.type === 'figure.published' ? published.safeParse(fact.pub) : undefined
      return pub?.success ? [{ ...pub.data, fact }] : []
    })
    const closingsOf = (metric: string): Closings =>
      new Map(
        this.#figures.filter(figure => figure.metric === metric).map(({ period, upTo }) => [period, upTo]),
      )
    this.#kept = kept.flatMap(({ metric, upTo }) =>
      upTo === undefined ? [] : [new Recount(metric, upTo, closingsOf(logNameOf(metric)))],
    )
    this.#stale = new Set(kept.filter(each => each.upTo === undefined).map(each => each.metric.name))
    this.#closed = new Map(
      this.#figures.flatMap(figure => {
        const metric = told.get(figure.metric)
        return metric ? [[figure, new Recount(metric, figure.upTo, closingsOf(figure.metric))] as const] : []
      }),
    )
    this.#cursor = cursors.get(CURSOR) ?? 0
  }

  add(fact: Fact, opened: ReadonlyMap<string, string> = new Map()): void {
    this.#words.add(fact)
    for (const recount of this.#kept) recount.add(fact, opened)
    for (const recount of this.#closed.values()) recount.add(fact, opened)
  }

  /** Published figures against what their facts add up to. */
  verify(findings: Findings): void {
    for (const figure of this.#figures) {
      const recount = this.#closed.get(figure)
      const key = figure.fact.id
      if (!recount) {
        findings.differs('fact', key, 'pub.metric', 'a defined metric', figure.metric)
        continue
      }
      const { rows, total, count } = recount.figureOf(figure.period)
      findings.same('fact', key, 'pub.rows', JSON.stringify(rows), JSON.stringify(figure.rows.map(plain)))
      findings.same('fact', key, 'pub.total', String(total), figure.total)
      findings.same('fact', key, 'pub.count', count, figure.count)
      compareStatements(findings, figure)
    }
  }

  /** No figure reaches beyond what the metrics' subscription has read. */
  compareCursors(findings: Findings): void {
    for (const { upTo } of this.#figures)
      if (upTo > this.#cursor)
        findings.differs('subscription', CURSOR, 'next_index', `at least ${upTo}`, String(this.#cursor))
  }

  tables(): Expectation[] {
    return [
      {
        table: 'metric_cell',
        key: ['metric', 'period', 'dims'],
        from: `select g.metric || m.mark as metric, c.period, c.dims, c.sum, c.count from metric_generation g
          cross join unnest(array['', ${ALL_MARKS.map(marks => `'#${marks}'`)}]) m(mark)
          join metric_cell c on c.programme_id = g.programme_id and c.metric = g.metric || '@' || g.generation || m.mark
          where g.programme_id = $1 and g.state = 'current' and (m.mark = '' or (c.sum, c.count) <> (0, 0))`,
        mayStand: row => this.#stale.has(String(row.metric).split('#')[0]!),
        rows: this.#kept
          .flatMap(({ metric, cells }) => cells.map(cell => ({ metric: metric.name, ...cell })))
          .concat(this.#kept.flatMap(recount => recount.markedCells(this.#words))),
      },
      {
        table: 'metric_close',
        key: ['metric', 'period'],
        rows: this.#figures.map(({ metric, period, upTo, total, count, fact }) => ({
          ...{ metric, period, up_to: upTo, fact_id: fact.id },
          ...{ total: Number(total), count, closed_at: fact.at },
        })),
      },
    ]
  }
}

/** What a figure states of its trees is the hash of the numbers beside it. */
function compareStatements(findings: Findings, { fact, metric, period, upTo, sums }: Figure): void {
  for (const side of sums ? sides : []) {
    const { count, sum, root, statement } = sums![side]
    const hasher = new SumHasher({ log: fact.log, metric, period, unit: sums!.unit, upTo, side })
    const found = hasher.statement({ count, sum: BigInt(sum), hash: Buffer.from(root, 'base64') })
    findings.same('fact', fact.id, `pub.sums.${side}.statement`, found.toString('base64'), statement)
  }
}

const plain = ({ dims, sum, count }: Figure['rows'][number]) => ({ dims, sum, count })
