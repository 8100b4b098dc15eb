import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { namesOf } from '@silian/kernel/metric/names.ts'
import { cells } from '@silian/kernel/metric/publish.ts'
import { readShares } from '@silian/kernel/metric/shares.ts'
import type { Cited, Figure, Ratio } from './contract.ts'
import { completedPurchases } from './metrics.ts'

interface Closed {
  readonly period: string
  readonly up_to: number | null
  readonly fact_id: string | null
  readonly log_index: number | null
}

/** Every month there is something to tell of, newest first; open ones say so and still grow. */
export async function listFigures(tx: Reader): Promise<Figure[]> {
  const metric = completedPurchases.name
  const periods = await tx.query<Closed>(
    `select coalesce(c.period, m.period) as period, c.up_to, c.fact_id, e.log_index
     from (select distinct period from metric_generation g join metric_cell c
             on c.programme_id = g.programme_id and c.metric = g.metric || '@' || g.generation
           where g.programme_id = $1 and g.metric = $2 and g.state = 'current') m
     full join (select * from metric_close where programme_id = $1 and metric = $2) c on c.period = m.period
     left join log_entry e on e.programme_id = $1 and e.fact_id = c.fact_id order by 1 desc`,
    [tx.programme, metric],
  )
  const names = await namesOf(tx, await countiesIn(tx))
  const reach = everythingOf(tx.programme)
  const figures: Figure[] = []
  for (const closed of periods) {
    const rows = await cells(tx, metric, closed.period)
    figures.push({
      metric,
      period: closed.period,
      published: closed.fact_id !== null,
      factId: closed.fact_id,
      logIndex: closed.log_index,
      upTo: closed.up_to ?? 0,
      totalFen: rows.reduce((sum, row) => sum + row.sum, 0),
      count: rows.reduce((sum, row) => sum + row.count, 0),
      shares: await readShares(tx, completedPurchases, monthOnly(closed.period), reach),
      rows: rows.map(row => ({
        countyCode: row.dims[0]!,
        countyName: names[row.dims[0]!]?.zh ?? row.dims[0]!,
        countyNameEn: names[row.dims[0]!]?.en ?? '',
        buyerKind: row.dims[1]!,
        fen: row.sum,
        count: row.count,
      })),
    })
  }
  return figures
}

const monthOnly = (period: string) => ({ from: period, to: period, where: {}, view: 'then' as const })

async function countiesIn(tx: Reader): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select distinct dims[1] as code from metric_generation g join metric_cell c
       on c.programme_id = g.programme_id and c.metric = g.metric || '@' || g.generation
     where g.programme_id = $1 and g.metric = $2 and g.state = 'current'`,
    [tx.programme, completedPurchases.name],
  )
  return rows.map(({ code }) => code)
}

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
