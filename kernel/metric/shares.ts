import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import type { MetricShares } from './contract.ts'
import { type Counted, dimensionsOf } from './define.ts'
import { ABOVE, ALL } from './fold.ts'
import { ALL_MARKS, MARKS, markedBy } from './marks.ts'
import { chosenCells, headOf, SERIES, type Selection } from './select.ts'

type Asked = Pick<Selection, 'from' | 'to' | 'where' | 'view'>

interface Found {
  readonly marks: string
  readonly sum: number
  readonly count: number
}

/** On whose word the months asked for rest, of a level all until their end; null where that is not kept apart. */
export async function readShares(
  tx: Reader,
  metric: Counted,
  { from, to, where, view }: Asked,
  reach: Reach,
): Promise<MetricShares | null> {
  const by = markedBy(metric)
  if (by === null) return null
  const values: unknown[] = [tx.programme, metric.name, to]
  const put = (value: unknown): string => `$${values.push(value)}`
  const { joins, condition } = chosenCells(metric, { where, words: {}, reach, view }, put)
  // of different subjects there are cells of longer periods and of dimensions left out
  const full = dimensionsOf(metric).map(
    (_, i) => `c.dims[${i + 1}] <> '${ALL}' and c.dims[${i + 1}] not like '${ABOVE}%'`,
  )
  const since = metric.kind === 'level' ? [] : [`c.period >= ${put(from)}`]
  const marked = ['', ...ALL_MARKS.map(marks => `#${marks}`)]
  const rows = await tx.query<Found>(
    `${headOf(view)} select split_part(c.metric, '#', 2) as marks, sum(c.sum)::bigint as sum, sum(c.count)::bigint as count
     from metric_cell c ${joins} where c.programme_id = $1
       and c.metric = any(array(select ${SERIES} || m from unnest(${put(marked)}::text[]) m))
       and c.period <= $3 and c.period ~ '^[0-9]{4}-[0-9]{2}$' and ${[...since, ...full, condition].join(' and ')}
     group by 1`,
    values,
  )
  return sharesIn(by, rows)
}

function sharesIn(by: 'value' | 'count', rows: readonly Found[]): MetricShares {
  const amount = ({ sum, count }: Found): number => (by === 'value' ? sum : count)
  const total = (of: (marks: number) => boolean): number =>
    rows.filter(({ marks }) => of(Number(marks))).reduce((sum, row) => sum + amount(row), 0)
  const whole = total(marks => marks === 0)
  const on = (bit: number): number => total(marks => (marks & bit) !== 0)
  return {
    ...{ by, whole, declared: whole - total(marks => marks !== 0) },
    ...{ countersigned: on(MARKS.countersigned), device: on(MARKS.device), bank: on(MARKS.bank) },
  }
}
