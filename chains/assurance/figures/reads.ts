import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { factById } from '@silian/kernel/fact/read.ts'
import { logNameOf } from '@silian/kernel/metric/define.ts'
import { namesOf } from '@silian/kernel/metric/names.ts'
import { cells, type Row } from '@silian/kernel/metric/publish.ts'
import { readShares } from '@silian/kernel/metric/shares.ts'
import { whole } from '@silian/kernel/money/money.ts'
import type { Cited, Figure, Ratio } from './contract.ts'
import { completedPurchases } from './metrics.ts'

interface Closed {
  readonly period: string
  /** What the log calls the metric of a published figure. */
  readonly metric: string | null
  readonly up_to: number | null
  readonly fact_id: string | null
  readonly log_index: number | null
}

/**
 * Every month there is something to tell of, newest first; open ones say so and still grow. A month that was published by
 * an earlier version of the metric is told as it was published.
 */
export async function listFigures(tx: Reader): Promise<Figure[]> {
  const periods = await tx.query<Closed>(
    `select coalesce(c.period, m.period) as period, c.metric, c.up_to, c.fact_id, e.log_index
     from (select distinct period from metric_generation g join metric_cell c
             on c.programme_id = g.programme_id and c.metric = g.metric || '@' || g.generation
           where g.programme_id = $1 and g.metric = $2 and g.state = 'current') m
     full join (select distinct on (period) * from metric_close
                 where programme_id = $1 and split_part(metric, '.', 1) = $2
                 order by period, length(metric) desc, metric desc) c on c.period = m.period
     left join log_entry e on e.programme_id = $1 and e.fact_id = c.fact_id order by 1 desc`,
    [tx.programme, completedPurchases.name],
  )
  const reach = everythingOf(tx.programme)
  const told: {
    readonly closed: Closed
    readonly rows: readonly Row[]
    readonly shares: Figure['shares']
  }[] = []
  for (const closed of periods) {
    const isEarlier = closed.metric !== null && closed.metric !== logNameOf(completedPurchases)
    const rows = isEarlier
      ? await publishedRows(tx, closed.fact_id!)
      : await cells(tx, completedPurchases.name, closed.period)
    const month = monthOnly(closed.period)
    told.push({
      ...{ closed, rows },
      shares: isEarlier ? null : await readShares(tx, completedPurchases, month, reach),
    })
  }
  const names = await namesOf(
    tx,
    told.flatMap(({ rows }) => rows.map(({ dims }) => dims[0]!)),
  )
  return told.map(({ closed, rows, shares }) => figureOf(closed, rows, shares, names))
}

const figureOf = (
  { period, metric, up_to, fact_id, log_index }: Closed,
  rows: readonly Row[],
  shares: Figure['shares'],
  names: Awaited<ReturnType<typeof namesOf>>,
): Figure => ({
  metric: metric ?? logNameOf(completedPurchases),
  period,
  published: fact_id !== null,
  factId: fact_id,
  logIndex: log_index,
  upTo: up_to ?? 0,
  totalFen: rows.reduce((sum, row) => sum + row.sum, 0),
  count: rows.reduce((sum, row) => sum + row.count, 0),
  shares,
  rows: rows.map(({ dims: [county, buyerKind, channel], sum, count }) => ({
    countyCode: county!,
    countyName: names[county!]?.zh ?? county!,
    countyNameEn: names[county!]?.en ?? '',
    buyerKind: buyerKind!,
    channel: channel ?? null,
    ...{ fen: sum, count },
  })),
})

async function publishedRows(tx: Reader, fact: string): Promise<Row[]> {
  const { pub } = (await factById(tx, fact))!
  const rows = pub.rows as unknown as { dims: string[]; sum: string; count: number }[]
  return rows.map(({ dims, sum, count }) => ({ dims, sum: whole(Number(sum)), count }))
}

const monthOnly = (period: string) => ({ from: period, to: period, where: {}, view: 'then' as const })

export async function listCited(tx: Reader): Promise<Cited[]> {
  const rows = await tx.db
    .selectFrom('cited_figure')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .orderBy('row_id')
    .orderBy('key')
    .execute()
  return rows.map(row => ({
    key: row.key,
    row: row.row_id,
    quoteZh: row.quote_zh,
    labelEn: row.label_en,
    value: row.value,
    unit: row.unit,
    asOf: row.as_of,
  }))
}

export async function listRatios(tx: Reader): Promise<Ratio[]> {
  const rows = await tx.db
    .selectFrom('cited_ratio')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .orderBy('key')
    .execute()
  return rows.map(row => ({
    key: row.key,
    labelZh: row.label_zh,
    labelEn: row.label_en,
    value: row.value,
    printed: row.printed,
    unit: row.unit,
  }))
}
