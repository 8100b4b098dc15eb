import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import { cubed, type Metric, partsOf } from './define.ts'
import { ALL } from './fold.ts'
import { FEWEST, isFew, mergeSmall, type Peopled, together } from './merge.ts'
import { type Line, readParts, type Selection } from './select.ts'
import { type Amounts, add, NOTHING } from './value.ts'

export interface Behind extends Line, Peopled {}

export interface GuardedFigures {
  readonly lines: readonly Line[]
  /** Null where so few stand behind it. */
  readonly totals: ReadonlyMap<string, Amounts | null>
}

/**
 * A metric of people by one dimension at most, as those may see it who may not see them one by one. No sum over one to
 * four of them stands in it, nor in the difference of two of its answers of a period: to the total, and of two
 * dimensions.
 */
export async function readGuarded(
  tx: Reader,
  metric: Metric,
  { by, where, ...asked }: Selection,
  reach: Reach,
): Promise<GuardedFigures> {
  const read = (dims: readonly string[]) => peopled(tx, metric, { ...asked, where: {}, by: dims }, reach)
  const [dim] = [...by, ...Object.keys(where)]
  const whole = await read([])
  const rows = dim === undefined ? whole : await read([dim])
  const beside = await inTurn(dim === undefined ? [] : namesBefore(metric, dim), async name => ({
    ...{ name, rows: await read([name]), cells: await read([name, dim!]) },
  }))
  // what is merged must not depend on which of the cells is asked for: they are chosen after
  const all = asked.periods.flatMap(period => {
    const its = (lines: readonly Behind[]) => lines.filter(line => line.period === period)
    const others = beside.map(other => ({ ...other, rows: its(other.rows), cells: its(other.cells) }))
    return publicRows(metric, { dim, rows: its(rows), total: its(whole), beside: others })
  })
  const chosen = dim === undefined ? undefined : where[dim]
  const lines = all.filter(line => chosen === undefined || line.dims[0] === chosen)
  const totals = chosen === undefined ? whole : lines
  return {
    lines: by.length > 0 ? lines : lines.map(line => ({ ...line, dims: [] })),
    totals: new Map(totals.map(line => [line.period, isFew(line) ? null : line])),
  }
}

export interface PeriodRows {
  readonly dim: string | undefined
  readonly rows: readonly Behind[]
  /** The row of them all. */
  readonly total: readonly Behind[]
  /** The dimensions declared before, with the cells of each and this one. */
  readonly beside: readonly {
    readonly name: string
    readonly rows: readonly Behind[]
    readonly cells: readonly Behind[]
  }[]
}

/** The rows of a period that everyone may see. A dimension that would tell beside one declared before is one row. */
export function publicRows(metric: Metric, { dim, rows, total, beside }: PeriodRows): Behind[] {
  const shown = shownRows(metric, dim, rows, total)
  const tells = beside.some(({ name, rows: others, cells }) =>
    tellsAcross(metric, shownRows(metric, name, others, total), shown, cells),
  )
  return tells ? asOne(total) : shown
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const item of items) done.push(await work(item))
  return done
}

const namesBefore = (metric: Metric, dim: string): string[] => {
  const names = Object.keys(metric.dimensions)
  return names.slice(0, names.indexOf(dim))
}

/** The rows of a period by one dimension, few ones merged. */
function shownRows(
  metric: Metric,
  dim: string | undefined,
  rows: readonly Behind[],
  total: readonly Behind[],
): Behind[] {
  const addsUp = dim === undefined || isDisjoint(metric, dim)
  const merged = mergeSmall(rows, (some, dims) => ({
    ...some.reduce<Amounts>(add, NOTHING),
    ...{ period: some[0]!.period, dims, behind: together(some, addsUp) },
  }))
  if (merged === undefined) return []
  if (addsUp || !isOfDistinct(metric)) return merged
  // different people are not added up: a merged row would count some twice, and the total less a row is the others alone
  const tells = merged.some(
    row =>
      row.dims[0] === ALL ||
      total.some(line => differsByFew(line, row)) ||
      merged.some(other => differsByFew(other, row) && mayLieIn(row, other, merged, total)),
  )
  return tells ? asOne(total) : merged
}

/** Whether all behind a row may stand behind another, too: then the others hold all people without it. */
const mayLieIn = (row: Behind, other: Behind, rows: readonly Behind[], total: readonly Behind[]): boolean =>
  total.some(line =>
    line.behind.some((people, i) => {
      const without = rows.filter(each => each !== row).reduce((sum, each) => sum + (each.behind[i] ?? 0), 0)
      return other.behind[i] !== null && (people ?? 0) <= without
    }),
  )

const isOfDistinct = (metric: Metric): boolean => partsOf(metric).some(({ kind }) => kind === 'distinct')

/** Whether nobody can stand behind two rows of a dimension. */
const isDisjoint = (metric: Metric, dim: string): boolean =>
  guardsOf(metric).every(guard => guard.kind !== 'distinct' || !cubed(guard).includes(dim))

const guardsOf = ({ guard, ...metric }: Metric): readonly Metric[] => {
  if (guard === undefined || guard === 'own') return [metric as Metric]
  return 'name' in guard ? [guard] : guard
}

const differsByFew = (of: Behind, part: Behind): boolean =>
  of.behind.some((people, i) => {
    const rest = (people ?? 0) - (part.behind[i] ?? 0)
    return rest > 0 && rest < FEWEST
  })

const asOne = (total: readonly Behind[]): Behind[] =>
  total.filter(line => !isFew(line)).map(line => ({ ...line, dims: [ALL] }))

/** Whether a row of one dimension lies in a row of another and leaves few of it. */
function tellsAcross(
  metric: Metric,
  rows: readonly Behind[],
  others: readonly Behind[],
  cells: readonly Behind[],
): boolean {
  const holds =
    (shown: readonly Behind[], { dims: [name] }: Behind, i: number) =>
    (cell: Behind) =>
      name === ALL ? !shown.some(({ dims }) => dims[0] === cell.dims[i]) : cell.dims[i] === name
  return rows.some(row =>
    others.some(other => {
      const [inRow, inOther] = [holds(rows, row, 0), holds(others, other, 1)]
      const rest = cells.filter(cell => inRow(cell) && !inOther(cell))
      const restOther = cells.filter(cell => inOther(cell) && !inRow(cell))
      if (restOther.length === 0 && isFew({ behind: together(rest, false) })) return true
      if (rest.length === 0 && isFew({ behind: together(restOther, false) })) return true
      const both = together(
        cells.filter(cell => inRow(cell) && inOther(cell)),
        true,
      )
      return isOfDistinct(metric) && (liesIn(row, other, both) || liesIn(other, row, both))
    }),
  )
}

/** Whether all people behind a row, as many as stand behind both, stand behind another with a few more. */
const liesIn = (part: Behind, of: Behind, both: readonly (number | null)[]): boolean =>
  part.behind.some((people, i) => people !== null && people === both[i]) && differsByFew(of, part)

/** Lines with the people behind each: their own count, or other metrics' of the same cells; of a ratio also part by part. */
async function peopled(tx: Reader, metric: Metric, asked: Selection, reach: Reach): Promise<Behind[]> {
  const lines = await readParts(tx, metric, asked, reach)
  const { guard } = metric
  if (guard === 'own' || guard === undefined)
    return lines.map(line => ({ ...line, behind: [line.over === 0 ? null : line.over] }))
  const guards = 'name' in guard ? [guard] : guard
  const counts = await inTurn(guards, async each => {
    const behind = await readParts(tx, each, asked, reach)
    return new Map(behind.map(line => [keyOf(line), line.over]))
  })
  return lines.map(line => {
    const { over, under, count } = line
    const isTold =
      guards.length === 2 ? [over !== 0, under !== 0] : [over !== 0 || under !== 0 || count !== 0]
    return { ...line, behind: counts.map((people, i) => (isTold[i] ? (people.get(keyOf(line)) ?? 0) : null)) }
  })
}

const keyOf = ({ period, dims }: Line): string => JSON.stringify([period, dims])
