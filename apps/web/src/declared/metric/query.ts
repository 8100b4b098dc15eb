import type { MetricShape, MetricValues } from '@silian/kernel/metric/contract.ts'
import type { TextSearch } from '../search.ts'
import { monthsAgo, monthsBefore, monthsOf } from './months.ts'

/** Words of a metric's address that are no dimension. */
const own = new Set(['from', 'to', 'grain', 'level', 'by', 'view', 'cell', 'period', 'upTo', 'areas'])

export const grains = ['month', 'quarter', 'year'] as const
export const areaLevels = ['province', 'city', 'county'] as const
export const views = ['bar', 'line', 'map'] as const
export type View = (typeof views)[number]
export const areaViews = ['then', 'now'] as const

export interface Asked {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly grain: (typeof grains)[number]
  readonly level: (typeof areaLevels)[number] | undefined
  readonly by: readonly string[]
  readonly where: Readonly<Record<string, string>>
  readonly view: View
  /** Areas and organisations of then, or of now. */
  readonly areas: (typeof areaViews)[number] | undefined
}

const oneOf = <T extends string>(words: readonly T[], text: string | undefined): T | undefined =>
  words.find(word => word === text)

const month = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined

/** Months that are told where an address does not say from when. */
const SHOWN = 12

/**
 * What an address asks of a metric; without a word of it, the last twelve months by the first dimension that it is not
 * narrowed by. `by=-` is none.
 */
export function askedOf(
  { dimensions, guarded }: Pick<MetricShape, 'dimensions' | 'guarded'>,
  search: TextSearch,
  now = monthsAgo(0),
): Asked {
  const names = dimensions.map(({ name }) => name)
  const where = Object.entries(search).filter(([name]) => names.includes(name) && !own.has(name))
  const by =
    search.by === undefined
      ? firstOf(
          names,
          where.map(([name]) => name),
          guarded,
        )
      : search.by.split(',').filter(name => names.includes(name))
  const grain = oneOf(grains, search.grain) ?? 'month'
  const to = month(search.to) ?? now
  return {
    from: month(search.from) ?? startOf(grain, to, search.period),
    to,
    grain,
    level: oneOf(areaLevels, search.level),
    by,
    where: Object.fromEntries(where),
    view: oneOf(views, search.view) ?? 'bar',
    areas: oneOf(areaViews, search.areas),
  }
}

/** Of what counts people the public is told one dimension at a time. */
function firstOf(names: readonly string[], narrowed: readonly string[], guarded: boolean): string[] {
  if (guarded && narrowed.length > 0) return narrowed.slice(0, 1)
  return names.filter(name => !narrowed.includes(name)).slice(0, 1)
}

/** Whole periods, and the one that the address opens among them. */
function startOf(grain: Asked['grain'], to: string, period: string | undefined): string {
  const first = monthsBefore(to, SHOWN - 1)
  const year = first.slice(0, 4)
  const whole = {
    month: first,
    quarter: monthsOf(`${year}-Q${Math.ceil(Number(first.slice(5)) / 3)}`).from,
    year: `${year}-01`,
  }[grain]
  const opened = month(period && monthsOf(period).from)
  return opened !== undefined && opened < whole ? opened : whole
}

/** The query of the server for it. */
export const valuesQuery = ({ from, to, grain, level, by, where, areas }: Asked) => ({
  ...where,
  ...{ from, to, grain, level, by, view: areas },
})

/** The words of an address that open one figure, of the cell with these dimensions. */
export const cellSearch = (period: string, dims: readonly string[]): { period: string; cell: string } => ({
  period,
  cell: dims.join(','),
})

export const dimsOf = ({ cell }: TextSearch): string[] => (cell ? cell.split(',') : [])

export type Row = MetricValues['rows'][number]
export const ALL = '*'

/** The text of a combination of dimensions, as key. */
export const keyOf = (dims: readonly string[]): string => dims.join('\u0000')

export interface Series {
  readonly dims: readonly string[]
  /** One a period; null where there is none. */
  readonly values: readonly (number | null)[]
}

export interface Plot {
  readonly periods: readonly string[]
  readonly series: readonly Series[]
  /** Combinations that the chart leaves to the table. */
  readonly left: number
}

/** The largest combinations over the periods, for a chart that can still be read. */
export function plotOf(rows: readonly Row[], most: number): Plot {
  const periods = [...new Set(rows.map(({ period }) => period))].sort()
  const groups = [...Map.groupBy(rows, ({ dims }) => keyOf(dims)).values()]
  const sized = groups
    .map(group => ({ group, size: group.reduce((sum, { value }) => sum + Math.abs(value ?? 0), 0) }))
    .sort((a, b) => b.size - a.size)
  const series = sized.slice(0, most).map(({ group }) => {
    const values = new Map(group.map(({ period, value }) => [period, value]))
    return { dims: group[0]!.dims, values: periods.map(period => values.get(period) ?? null) }
  })
  return { periods, series, left: Math.max(0, groups.length - most) }
}

/** A unit's places, so that charts and tables tell the same: ratios are hundredths of a percent, or of their whole. */
export function unitIn({ kind, unit, whole }: Pick<MetricShape, 'kind' | 'unit' | 'whole'>): string {
  if (kind !== 'ratio' || unit === 'fen' || unit === 'gram' || unit === 'times') return unit
  if (whole === 10_000) return 'bp'
  return whole === 100 ? 'hundredth' : unit
}
