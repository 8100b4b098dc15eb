import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import { factsAt, type LoggedFact } from '../fact/read.ts'
import { monthOf } from '../time/shanghai.ts'
import type { AreaView, MetricFacts } from './contract.ts'
import type { Counted, Metric, Part } from './define.ts'
import { type Means, openFields } from './keep.ts'
import { MARKS, type MarksOf, readMarks } from './marks.ts'
import { additionsOf } from './measure.ts'
import { namesOf } from './names.ts'
import { monthsOf } from './period.ts'
import { chosenCells, headOf, SERIES } from './select.ts'
import { CHUNK } from './store.ts'

export interface FactsQuery {
  /** A month, a quarter or a year. */
  readonly period: string
  /** The months that are asked for of a longer period; different subjects are those of the whole. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** One value a dimension; of an area, everything below it. */
  readonly where: Readonly<Record<string, string>>
  /** Log index after which to begin. */
  readonly after?: number | undefined
  /** Of whose areas and organisations `where` speaks: of then, without. */
  readonly view?: AreaView | undefined
  /** Log index before which facts count: a figure as it was when a bulletin froze it. */
  readonly upTo?: number | undefined
  /** Facts; one that stands in several cells is listed with each. */
  readonly limit: number
  /** Which part of a ratio; the upper without. */
  readonly part?: 'over' | 'under' | undefined
}

/**
 * What a cell is made of, in log order: of a level, everything up to the end of the period. Only cells within the
 * reach are opened. Every page costs the same number of statements.
 */
export async function readFacts(
  tx: Reader,
  metric: Metric,
  query: FactsQuery,
  reach: Reach,
  means: Means,
): Promise<MetricFacts> {
  const part: Part = metric.kind === 'ratio' ? metric[query.part ?? 'over'] : { metric }
  const found = await places(tx, part, query, reach)
  const indexes = [...new Set(found.map(place => place.index))]
  const shown = new Set(indexes.slice(0, query.limit))
  const facts = new Map((await factsAt(tx, [...shown])).map(fact => [fact.index, fact]))
  const marksOf = await readMarks(tx, [...facts.values()])
  const measure = await measuring(tx, part.metric, [...facts.values()], means)
  const items = found.flatMap(({ index, dims, period }) => {
    const fact = facts.get(index)
    return shown.has(index) && fact
      ? [itemOf(fact, { dims, period, ...measure(fact, dims), rests: restsOf(fact, marksOf) })]
      : []
  })
  const next = indexes.length > query.limit ? String(indexes[query.limit - 1]) : null
  return {
    items,
    next,
    names: await namesOf(
      tx,
      items.flatMap(item => item.dims),
    ),
  }
}

interface Place {
  readonly index: number
  readonly dims: string[]
  readonly period: string
}

/** Chunks that surely hold a page, then what is in them. */
async function places(tx: Reader, part: Part, query: FactsQuery, reach: Reach): Promise<Place[]> {
  const { after = -1, upTo = Number.MAX_SAFE_INTEGER, where, view = 'then' } = query
  const { from, to } = within(part.metric, query)
  const values: unknown[] = [tx.programme, part.metric.name, to, Math.floor((after + 1) / CHUNK)]
  const put = (value: unknown): string => `$${values.push(value)}`
  const words = part.where ?? {}
  const { joins, condition } = chosenCells(part.metric, { where, words, reach, view }, put)
  const cells = `from metric_fact c ${joins}
    where c.programme_id = $1 and c.metric = ${SERIES} and ${condition} and ${periods(part.metric, from, to, put)}`
  const chunk = (condition: string) =>
    `select c.chunk, max(cardinality(c.indexes)) as facts ${cells} and c.chunk ${condition} group by 1 order by 1 limit 1`
  const [first, later] = [chunk('>= $4'), chunk('> s.chunk')]
  // chunk by chunk: of the first, all may lie before the page
  const [found] = await tx.query<{ last: number | null }>(
    `${view === 'now' ? `${headOf(view)},` : 'with recursive'} step (chunk, facts) as (select f.chunk, 0::bigint from (${first}) f
       union all select n.chunk, s.facts + n.facts from step s cross join lateral (${later}) n where s.facts <= ${query.limit})
     select max(chunk) as last from step`,
    values,
  )
  if (found?.last == null) return []
  return tx.query<Place>(
    `${headOf(view)} select i as index, c.dims, c.period from (select c.dims, c.period, c.indexes ${cells}
       and c.chunk >= $4 and c.chunk <= ${put(found.last)}) c
     cross join lateral unnest(c.indexes) i where i > ${put(after)} and i < ${put(upTo)} order by i, c.dims`,
    values,
  )
}

/** Of one month, the cells lie in the order of the log. */
function periods({ kind }: Counted, from: string, to: string, put: (value: unknown) => string): string {
  if (kind === 'level') return 'c.period <= $3'
  return from === to ? 'c.period = $3' : `c.period <= $3 and c.period >= ${put(from)}`
}

function within(
  { kind }: Counted,
  { period, from = '', to = '9' }: FactsQuery,
): { from: string; to: string } {
  const whole = monthsOf(period)
  if (kind === 'distinct') return whole
  return { from: from > whole.from ? from : whole.from, to: to < whole.to ? to : whole.to }
}

/** As the log stands now. */
const restsOf = (fact: LoggedFact, marksOf: MarksOf): MetricFacts['items'][number]['rests'] =>
  (['bank', 'device', 'countersigned'] as const).filter(
    grade => (marksOf(fact, Number.POSITIVE_INFINITY) & MARKS[grade]) !== 0,
  )

type Rests = Pick<MetricFacts['items'][number], 'rests'>
type Measured = Pick<MetricFacts['items'][number], 'value' | 'counted'>

/** What a fact adds to a cell, computed from the fact itself; subjects by a name that tells nothing of them. */
async function measuring(
  tx: Reader,
  metric: Counted,
  facts: readonly LoggedFact[],
  { keyring, vault }: Means,
): Promise<(fact: LoggedFact, dims: readonly string[]) => Measured> {
  const open = metric.opens === undefined ? new Map() : await openFields(tx, keyring, [{ metric }], facts)
  const nameOf = (subject: string): string =>
    vault.index(tx.programme, `metric.${metric.name}`, subject).toString('hex').slice(0, 16)
  return (fact, dims) => {
    const additions = additionsOf(metric, { ...fact, open: open.get(fact.id) ?? new Map() })
      .filter(addition => String(addition.dims) === String(dims))
      .map(({ value, leaves, subject }) => ({
        subject: subject === undefined ? undefined : nameOf(subject),
        value: leaves && subject !== undefined ? -value : value,
      }))
    return {
      value: additions.reduce((sum, { value }) => sum + value, 0),
      counted: additions.flatMap(({ subject, value }) => (subject === undefined ? [] : [{ subject, value }])),
    }
  }
}

const itemOf = (
  fact: LoggedFact,
  { dims, period, value, counted, rests }: Measured & Rests & { dims: string[]; period: string },
): MetricFacts['items'][number] => ({
  factId: fact.id,
  logIndex: fact.index,
  at: fact.at.toISOString(),
  type: fact.type,
  subject: fact.subject,
  ...{ dims, value, counted, late: monthOf(fact.at) !== period },
  signedBy: fact.signedBy,
  rests,
})
