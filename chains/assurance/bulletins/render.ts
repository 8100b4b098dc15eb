import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { logNameOf, type Metric, partsOf } from '@silian/kernel/metric/define.ts'
import { type Asker, readMetric } from '@silian/kernel/metric/read.ts'
import { metricWord, sayValue } from '@silian/kernel/metric/sheet.ts'
import { must } from '@silian/kernel/result/result.ts'
import { metrics } from '../../declared.ts'
import { words } from '../../words.ts'
import type { Reference, Rendered } from './contract.ts'
import { showAmount } from './rules.ts'

/** Units as the text writes them after a number. */
const units: Readonly<Record<string, string>> = Object.fromEntries(
  ['household', 'person', 'order', 'organisation', 'product', 'day', 'times'].map(unit => [
    unit,
    metricWord('zh', `unit.${unit}`),
  ]),
)

export const metricNamed = (name: string): Metric => {
  const metric = metrics.find(each => each.name === name)
  if (!metric) throw new Error(`a bulletin names no metric: ${name}`)
  return metric
}

/** Works figures out as the public may see them: few people are merged, whoever writes the bulletin. */
export async function render(tx: Reader, references: readonly Reference[]): Promise<Rendered[]> {
  const reach = everythingOf(tx.programme)
  const figures: Rendered[] = []
  for (const reference of references) figures.push(await renderOne(tx, reference, { reach, seesAll: false }))
  return figures
}

async function renderOne(tx: Reader, reference: Reference, asker: Asker): Promise<Rendered> {
  const { by, from, to, grain, level, where, key } = reference
  const metric = metricNamed(reference.metric)
  const asked = await readMetric(tx, metric, { by, from, to, grain, where, level: level ?? undefined }, asker)
  const values = must(asked)
  const total = values.totals.at(-1)
  const value = total && total.count === 0 && metric.kind === 'spread' ? null : (total?.value ?? null)
  return {
    ...{ key, metric: metric.name, from, to, grain, by, level, where, unit: metric.unit, value },
    count: total?.count ?? 0,
    shown: showAmount(value, metric.unit, units),
    rows: values.rows.map(row => ({
      dims: row.dims,
      names: row.dims.map((_, i) => sayValue(words, 'zh', values, row.dims, i)),
      ...{ value: row.value, count: row.count },
    })),
    upTo: values.upTo,
    factIds: await published(tx, metric, from, to),
    shares: values.shares,
  }
}

async function published(tx: Reader, metric: Metric, from: string, to: string): Promise<string[]> {
  const rows = await tx.query<{ fact_id: string }>(
    `select fact_id from metric_close where programme_id = $1 and metric = any($2::text[]) and period between $3 and $4
     order by period, metric`,
    [tx.programme, [metric, ...partsOf(metric)].map(logNameOf), from, to],
    'bulletin-facts',
  )
  return rows.map(row => row.fact_id)
}
