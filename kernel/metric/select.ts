import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import type { AreaView } from './contract.ts'
import { type Counted, cubed, type Dimension, dimensionsOf, type Metric } from './define.ts'
import { ABOVE, ALL } from './fold.ts'
import { NOW } from './now.ts'
import { type Grain, periodIn } from './period.ts'
import { type Amounts, add, NOTHING } from './value.ts'

export type AreaLevel = 'province' | 'city' | 'county'

export interface Selection {
  readonly from: string
  readonly to: string
  readonly grain: Grain
  readonly periods: readonly string[]
  readonly by: readonly string[]
  readonly level?: AreaLevel | undefined
  readonly where: Readonly<Record<string, string>>
  readonly view: AreaView
}

export interface Line extends Amounts {
  readonly period: string
  readonly dims: readonly string[]
}

type Words = Readonly<Record<string, readonly string[]>>

/** Rows of a metric by period and the dimensions asked for; of a ratio, its two parts side by side. */
export async function readParts(
  tx: Reader,
  metric: Metric,
  selection: Selection,
  reach: Reach,
): Promise<Line[]> {
  if (metric.kind !== 'ratio') return readCounted(tx, metric, selection, reach, {})
  const over = await readCounted(tx, metric.over.metric, selection, reach, metric.over.where ?? {})
  const under = await readCounted(tx, metric.under.metric, selection, reach, metric.under.where ?? {})
  return gather([
    ...over,
    ...under.map(({ period, dims, over: amount }) => ({ ...NOTHING, period, dims, under: amount })),
  ])
}

/** Adds up lines of one period and dimensions. */
export function gather(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>()
  for (const line of lines) {
    const key = JSON.stringify([line.period, line.dims])
    const before = sums.get(key)
    sums.set(key, before ? { ...line, ...add(before, line) } : line)
  }
  return [...sums.values()]
}

async function readCounted(
  tx: Reader,
  metric: Counted,
  selection: Selection,
  reach: Reach,
  words: Words,
): Promise<Line[]> {
  const make = recounts(metric, selection, reach) ? recount : statement
  const { text, values } = make(metric, selection, reach, words, tx.programme)
  const rows = await tx.query<Found>(text, values)
  const lines = rows.map(row => lineOf(metric, row))
  if (metric.kind === 'distinct') return lines
  const { grain } = selection
  const grained = gather(lines.map(line => ({ ...line, period: periodIn(grain, line.period) })))
  return metric.kind === 'level' ? balances(grained, selection.periods) : grained
}

interface Found {
  period: string
  dims: string[]
  sum: number
  count: number
}

function lineOf(metric: Counted, { period, dims, sum, count }: Found): Line {
  const line = { ...NOTHING, period, over: sum, count }
  if (metric.kind !== 'spread') return { ...line, dims }
  return { ...line, dims: dims.slice(0, -1), buckets: new Map([[Number(dims.at(-1)), count]]) }
}

/** What had been added until the end of each period. */
function balances(changes: readonly Line[], periods: readonly string[]): Line[] {
  const groups = Map.groupBy(changes, line => JSON.stringify(line.dims)).values()
  return [...groups].flatMap(group =>
    periods.flatMap(period => {
      const before = group.filter(line => line.period <= period)
      if (before.length === 0) return []
      return [{ ...before.reduce<Amounts>(add, NOTHING), period, dims: group[0]!.dims }]
    }),
  )
}

/**
 * Under what name the cells of the metric `$2` stand that answer. One value, so that the index is used: joined by it,
 * the cells of all metrics would be read for each.
 */
export const SERIES = `(select g.metric || '@' || g.generation from metric_generation g
  where g.programme_id = $1 and g.metric = $2 and g.state = 'current')`

/** The statement that adds up cells; its text depends on the definition and what is asked, never on values. */
function statement(
  metric: Counted,
  { from, to, periods, by, level, where, view }: Selection,
  reach: Reach,
  words: Words,
  programme: string,
): { text: string; values: unknown[] } {
  const values: unknown[] = [programme, metric.name]
  const put = (value: unknown): string => `$${values.push(value)}`
  const told = new Set(metric.kind === 'distinct' ? cubed(metric) : [])
  const dims = dimsOf(metric, view).map(dim => ({ ...dim, cubed: told.has(dim.name) }))
  const narrow = !reach.everything
  const conditions = [
    metric.kind === 'distinct'
      ? `c.period = any(${put(periods)}::text[])`
      : `c.period <= ${put(to)}${metric.kind === 'level' ? '' : ` and c.period >= ${put(from)}`}`,
    ...dims.flatMap(dim => {
      const value = where[dim.name]
      const asked = by.includes(dim.name) || (narrow && isParty(dim))
      return [
        ...(dim.cubed ? [variant(dim, { asked, level, value, hasWords: dim.name in words }, put)] : []),
        ...(value !== undefined && !(dim.cubed && !asked) ? [within(dim, value, view, put)] : []),
        ...(dim.name in words ? [`${dim.column} = any(${put(words[dim.name])}::text[])`] : []),
      ]
    }),
    ...(narrow ? [reached(dims, reach, put)] : []),
  ]
  const shown = by.map(name => expression(dims.find(dim => dim.name === name)!, level, view))
  if (metric.kind === 'spread') shown.push(`c.dims[${dims.length + 1}]`)
  const text = `${headOf(view)} select c.period, array[${shown.join(', ')}]::text[] as dims, sum(c.sum)::bigint as sum,
      sum(c.count)::bigint as count
    from metric_cell c ${joinsOf(dims)}
    where c.programme_id = $1 and c.metric = ${SERIES} and ${conditions.join(' and ')}
    group by 1, 2`
  return { text, values }
}

export const headOf = (view: AreaView): string => (view === 'now' ? NOW : '')

/** Whether the cells of different subjects cannot be added up: told of now, two of them may be one. */
const recounts = (metric: Counted, { view, by, where }: Selection, reach: Reach): boolean =>
  view === 'now' &&
  metric.kind === 'distinct' &&
  dimensionsOf(metric).some(
    dim => isParty(dim) && !dim.fixed && (by.includes(dim.name) || dim.name in where || !reach.everything),
  )

/** Counts the subjects themselves, each once by the areas of now; and what they were counted for from the cells. */
function recount(
  metric: Counted,
  { periods, by, level, where, view }: Selection,
  reach: Reach,
  words: Words,
  programme: string,
): { text: string; values: unknown[] } {
  const values: unknown[] = [programme, metric.name]
  const put = (value: unknown): string => `$${values.push(value)}`
  const dims = dimsOf(metric, view)
  const { joins, condition } = chosenCells(metric, { where, words, reach, view }, put)
  const full = dims.map(({ raw }) => `${raw} <> '${ALL}' and ${raw} not like '${ABOVE}%'`)
  const shown = by.map(name => expression(dims.find(dim => dim.name === name)!, level, view))
  const from = (table: string, periodsAt: string): string => `from ${table} c ${joins}
    where c.programme_id = $1 and c.metric = ${SERIES} and c.period = any(${periodsAt}::text[])
      and ${[condition, ...full].join(' and ')} group by 1, 2`
  const at = put(periods)
  const told = `c.period, array[${shown.join(', ')}]::text[] as dims`
  const text = `${headOf(view)}, subjects as (
      select ${told}, count(distinct c.subject)::bigint as sum ${from('metric_subject', at)}),
    counts as (select ${told}, sum(c.count)::bigint as count ${from('metric_cell', at)})
    select s.period, s.dims, s.sum, n.count from subjects s join counts n on n.period = s.period and n.dims = s.dims`
  return { text, values }
}

interface Dim extends Dimension {
  readonly name: string
  /** As it was recorded, and as it is told. */
  readonly raw: string
  readonly column: string
  /** What telling it takes. */
  readonly joins: string
  /** The area that it names, joined. */
  readonly area: string
  readonly cubed: boolean
}

type Put = (value: unknown) => string

/** A metric's dimensions as columns of a cell `c`. */
function dimsOf(metric: Counted, view: AreaView): Dim[] {
  const dims = dimensionsOf(metric).map((dimension, i) => {
    const raw = `c.dims[${i + 1}]`
    const told = { ...dimension, raw, column: raw, joins: '', area: `a${i}`, cubed: false }
    if (view === 'then' || !isParty(dimension)) return told
    const joins = `left join ${dimension.kind}_now n${i} on n${i}.id = ${raw}`
    return { ...told, column: `coalesce(n${i}.now, ${raw})`, joins }
  })
  return dims.map((dim, i) => (view === 'now' && dim.follows ? following(dims, dim, i) : dim))
}

/** An area that is where an organisation lies today: its county. */
function following(dims: readonly Dim[], dim: Dim, i: number): Dim {
  const whom = dims.find(({ name }) => name === dim.follows)!
  return {
    ...dim,
    joins: `${dim.joins} left join organisation o${i} on o${i}.programme_id = $1 and o${i}.id::text = ${whom.column}
      left join area w${i} on w${i}.code = o${i}.area_code`,
    column: `coalesce(nullif(split_part(w${i}.path, '/', 3), ''), w${i}.code, ${dim.column})`,
  }
}

const joinsOf = (dims: readonly Dim[]): string =>
  dims
    // what is followed stands before what follows it
    .toSorted((a, b) => Number(a.follows !== undefined) - Number(b.follows !== undefined))
    .map(
      ({ kind, joins, area, column }) =>
        `${joins} ${kind === 'area' ? `left join area ${area} on ${area}.code = ${column}` : ''}`,
    )
    .join(' ')

/** Which cells `c`, all told in full, are asked for and may be read: joins and a condition. */
export function chosenCells(
  metric: Counted,
  { where, words, reach, view }: { where: Selection['where']; words: Words; reach: Reach; view: AreaView },
  put: Put,
): { joins: string; condition: string } {
  const dims = dimsOf(metric, view)
  const conditions = dims.flatMap(dim => [
    ...(where[dim.name] === undefined ? [] : [within(dim, where[dim.name]!, view, put)]),
    ...(dim.name in words ? [`${dim.column} = any(${put(words[dim.name])}::text[])`] : []),
  ])
  if (!reach.everything) conditions.push(reached(dims, reach, put))
  return { joins: joinsOf(dims), condition: conditions.length > 0 ? conditions.join(' and ') : 'true' }
}

/** Who reads less than everything is found by these. */
const isParty = ({ kind }: Dimension): boolean => kind === 'area' || kind === 'organisation'

/** Which of the cells in which a subject is counted: told in full, rolled up, or left out. */
function variant(
  { kind, column }: Dim,
  {
    asked,
    level,
    value,
    hasWords,
  }: { asked: boolean; level: AreaLevel | undefined; value: string | undefined; hasWords: boolean },
  put: Put,
): string {
  if (!asked && !hasWords && value === undefined) return `${column} = '${ALL}'`
  if (asked && kind === 'area' && (level === 'city' || level === 'province'))
    return level === 'city'
      ? `${column} like '${ABOVE}____00' and ${column} not like '${ABOVE}__0000'`
      : `${column} like '${ABOVE}__0000'`
  if (asked || hasWords || value === undefined)
    return `${column} <> '${ALL}' and ${column} not like '${ABOVE}%'`
  return `${column} = ${put(kind === 'area' && value.endsWith('00') ? `${ABOVE}${value}` : value)}`
}

/** A replaced area lies below its successor, but was not counted there then: it is told by its code. */
const within = ({ kind, column, area }: Dim, value: string, view: AreaView, put: Put): string => {
  const at = put(value)
  if (kind !== 'area') return `${column} = ${at}`
  const below = `${area}.path collate "C" >= (select path from area where code = ${at})
    and ${area}.path collate "C" < (select path || '0' from area where code = ${at})`
  if (view === 'now') return `(ltrim(${column}, '${ABOVE}') = ${at} or ${below})`
  const own = `${column} like ${put(`${value.replace(/(00){1,2}$/, '')}%`)}`
  return `(ltrim(${column}, '${ABOVE}') = ${at} or ${below} and (${area}.replaced_by is null or ${own}))`
}

function reached(dims: readonly Dim[], { areaPaths, organisationIds }: Reach, put: Put): string {
  const ways = dims
    .filter(isParty)
    .flatMap(({ kind, column, area }) =>
      kind === 'organisation'
        ? organisationIds.length > 0
          ? [`${column} = any(${put(organisationIds)}::text[])`]
          : []
        : areaPaths.map(
            path =>
              `(${area}.path collate "C" >= ${put(path)} and ${area}.path collate "C" < ${put(`${path}0`)})`,
          ),
    )
  return ways.length === 0 ? 'false' : `(${ways.join(' or ')})`
}

/** A path's steps are 45, 4510 and 451003; a code has six digits. A county right under its province is its own city. */
function expression(
  { kind, column, area, cubed }: Dim,
  level: AreaLevel | undefined,
  view: AreaView,
): string {
  if (kind !== 'area') return column
  if (cubed) return `ltrim(${column}, '${ABOVE}')`
  if (level === undefined) return column
  const steps = { province: [1], city: [2, 1], county: [3, 2, 1] }[level]
  const step = steps.map(n => `nullif(split_part(${area}.path, '/', ${n}), '')`).join(', ')
  const above = `coalesce(rpad(coalesce(${step}), 6, '0'), ${column})`
  if (view === 'now') return above
  // what was replaced lies below its successor, but did not then
  const digits = { province: 2, city: 4, county: 6 }[level]
  return `case when ${area}.replaced_by is null then ${above} else rpad(left(${column}, ${digits}), 6, '0') end`
}
