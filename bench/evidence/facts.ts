import { setTimeout as pause } from 'node:timers/promises'
import { callers, percentile } from '../rounds.ts'
import { type LogStage, logStage, scope } from '../spine/log-stage.ts'
import { type Lag, lag, type Watched } from '../spine/sequencing.ts'
import type { EvidenceSetting } from './evidence.ts'
import { type Line, ms } from './line.ts'
import { withPeak } from './peak.ts'
import { witnessed } from './witnesses.ts'

const HOPED = 2000

/** Facts acknowledged durable by callers who share transactions. */
export async function factLines({ stand, seconds }: EvidenceSetting): Promise<Line[]> {
  const stage = await logStage({ stand }, 'bench_evidence_facts')
  const lines: Line[] = []
  for (const count of [16, 200]) {
    await callers(count, Math.min(1, seconds), () => stage.recordGrouped().then(() => 1))
    const times: number[] = []
    const one = async () => {
      const begun = performance.now()
      await stage.recordGrouped()
      times.push(performance.now() - begun)
      return 1
    }
    const [{ perSecond }, memory] = await withPeak(() => callers(count, seconds, one))
    lines.push({
      what: `facts acknowledged durable, ${count} callers`,
      aim: `≥ ${HOPED}/s`,
      figure: `${Math.round(perSecond)}/s`,
      ratio: perSecond / HOPED,
      memory,
      note: `p50 ${ms(percentile(times, 0.5))}, p99 ${ms(percentile(times, 0.99))}`,
    })
  }
  await stage.close()
  return lines
}

/** From the acknowledged commit to a checkpoint that anyone is given, alone and with two witnesses. */
export async function checkpointLines({ stand, seconds }: EvidenceSetting): Promise<Line[]> {
  const stage = await logStage({ stand }, 'bench_evidence_checkpoints')
  const long = Math.max(5, seconds)
  const [[alone], memory] = await withPeak(() => lag(stage, long))
  const beside = await witnessed(stage, async by => {
    const watched = ['size', 'witnessed_size'].map(column => sizeBy(stage, column))
    const [lags, peak] = await withPeak(() => lag(stage, long, watched))
    return { lags, peak, witness: await by.peak() }
  })
  await stage.close()
  const [signed, seen] = beside.lags
  return [
    lineOf('commit to published checkpoint', 1000, alone!, memory),
    lineOf('commit to signed checkpoint, with two witnesses', 1000, signed!, beside.peak),
    {
      ...lineOf('commit to witnessed checkpoint', 2000, seen!, beside.peak),
      note: `${noteOf(seen!)}; a witness ${beside.witness ?? '?'} MiB`,
    },
  ]
}

/** What the witnesses sign comes unannounced. */
const sizeBy = ({ app }: LogStage, column: string): Watched => ({
  size: () =>
    app.read(scope, async tx => {
      const statement = `select coalesce(${column}, 0)::bigint as size from log where programme_id = $1`
      return (await tx.query<{ size: number }>(statement, [tx.programme]))[0]!.size
    }),
  next: stop => pause(10, null, { signal: stop }).catch(() => null),
})

const lineOf = (what: string, most: number, found: Lag, memory: number | undefined): Line => ({
  what,
  aim: `p99 ≤ ${most / 1000} s`,
  figure: ms(found.p99),
  ratio: most / found.p99,
  memory,
  note: noteOf(found),
})

const noteOf = ({ p50, max, facts, perSecond }: Lag): string =>
  `p50 ${ms(p50)}, most ${ms(max)}, over ${facts} facts at ${Math.round(perSecond)}/s`
