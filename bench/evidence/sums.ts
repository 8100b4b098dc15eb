import { createRecorder } from '@silian/kernel/fact/record.ts'
import { defineMetric } from '@silian/kernel/metric/define.ts'
import { stateFigure } from '@silian/kernel/metric/statement.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type LogStage, scope } from '../spine/log-stage.ts'
import { asOwner } from '../stand.ts'
import { type Line, seconds } from './line.ts'
import { withPeak } from './peak.ts'

const MILLION = 1_000_000
/** Seconds for a million leaves. */
const AIM = 60
const PERIOD = '2026-01'

const delivered = defineMetric({
  kind: 'flow',
  name: 'bench_delivered',
  unit: 'fen',
  of: ['delivery.accepted'],
  measure: 'fen',
  dimensions: { county: 'area' },
  facts: {},
})

/** A figure over every delivery of the log, stated and its leaves kept: facts read, salts derived, trees made. */
export async function sumLine(stage: LogStage, entries: number): Promise<Line> {
  const { count, upTo, fen } = await counted(stage)
  const recorder = createRecorder(stage.keyring)
  const [begun, before] = [performance.now(), process.cpuUsage()]
  const [said, memory] = await withPeak(() =>
    stage.batch.write(scope, async tx => {
      const statement = await stateFigure(tx, recorder, delivered, { period: PERIOD, upTo, total: fen })
      await statement.keep(tx)
      return ok(statement.said)
    }),
  )
  const took = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(before)
  const { plus } = must(said) as { plus?: { count?: number } }
  if (plus?.count !== count || count < entries) throw new Error(`${plus?.count} leaves of ${count} facts`)
  const aim = (AIM * count) / MILLION
  return {
    what: `sum tree over ${count} leaves`,
    aim: count < MILLION ? `≤ ${seconds(aim)} (60 s a million)` : '≤ 60 s',
    figure: seconds(took),
    ratio: aim / took,
    memory,
    note: `${Math.round(count / took)} leaves/s, CPU of Node ${seconds((user + system) / 1e6)}; facts read and leaves kept`,
  }
}

interface Counted {
  readonly count: number
  readonly upTo: number
  readonly fen: number
}

/** The metric's cells, as its subscription would have made them. */
const counted = ({ connections }: LogStage): Promise<Counted> =>
  asOwner(connections, async query => {
    await query(
      `insert into metric_generation (programme_id, metric, generation, digest, state, next_index, made_at)
       values ($1, $2, 1, 'bench', 'current', 0, now())`,
      [scope.programme, delivered.name],
    )
    await query(
      `insert into metric_fact (programme_id, metric, period, chunk, dims, indexes)
       select programme_id, $2, $3, log_index / 1024, array['451003'], array_agg(log_index order by log_index)
         from log_entry where programme_id = $1 and type = 'delivery.accepted' group by 1, 4`,
      [scope.programme, `${delivered.name}@1`, PERIOD],
    )
    await query('analyze')
    const [row] = await query(
      `select sum(cardinality(indexes))::int as count, max(indexes[cardinality(indexes)])::int + 1 as up_to from metric_fact`,
    )
    const { count, up_to: upTo } = row as { count: number; up_to: number }
    const fen = count * 80_000
    await query(
      `insert into metric_close (programme_id, metric, period, up_to, fact_id, total, count, closed_at)
       select programme_id, $2, $3, $4, id, $5, $6, now() from fact where programme_id = $1 limit 1`,
      [scope.programme, delivered.name, PERIOD, upTo, fen, count],
    )
    return { count, upTo, fen }
  })
