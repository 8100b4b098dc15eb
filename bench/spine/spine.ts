import { against, type Row } from '../report.ts'
import type { Figure } from '../rounds.ts'
import { audited } from './audit.ts'
import { facts, signing } from './facts.ts'
import { logStage } from './log-stage.ts'
import { orders } from './orders.ts'
import { postings, type Spread } from './postings.ts'
import { lag, sequencing } from './sequencing.ts'
import type { Setting } from './setting.ts'

/** The parts of the spine, by the name under which `--only` picks them. */
export const parts: Readonly<Record<string, (setting: Setting) => Promise<Row[]>>> = {
  postings: async setting => [
    ...(await postingRows(setting, 'spread')),
    ...(await postingRows(setting, 'hot')),
  ],
  facts: factRows,
  orders: orderRows,
  audit: auditRows,
}

async function postingRows(setting: Setting, spread: Spread): Promise<Row[]> {
  const [baseline, ...ours] = await postings(setting, spread)
  const where = spread === 'hot' ? 'one hot account' : '1,000 accounts'
  return ours.map(figure =>
    against(baseline!, figure, `postings, ${where}: ${figure.name}`, aimOf(spread, figure)),
  )
}

/** Whoever wants a hot account goes through arrays or a group. */
const aimOf = (spread: Spread, { name }: Figure): string | undefined =>
  spread === 'hot' && name !== 'one a call' ? '≥ 3.0' : undefined

async function factRows(setting: Setting): Promise<Row[]> {
  const stage = await logStage(setting, 'bench_facts')
  const [bareOne, ...rest] = await facts(setting, stage)
  const [bareHundred, hundred] = rest.slice(-2)
  const drained = await sequencing(setting, stage)
  const [late] = await lag(stage, Math.max(5, setting.seconds))
  await stage.close()
  const ms = (value: number) => `${Math.round(value)} ms`
  return [
    ...rest.slice(0, -2).map(one => against(bareOne!, one, `facts durable: ${one.name}`, '≥ 0.5')),
    {
      ...against(bareHundred!, hundred!, `facts durable: ${hundred!.name}`, '≥ 0.5'),
      note: `of Node's CPU, signing: ${signing().toFixed(3)}`,
    },
    {
      what: `sequencing ${drained.entries} facts that wait`,
      perSecond: drained.perSecond,
      cpu: drained.cpu,
    },
    {
      what: 'lag, commit to published checkpoint',
      aim: '≤ 1 s',
      perSecond: late!.perSecond,
      note: `p50 ${ms(late!.p50)}, p99 ${ms(late!.p99)}, most ${ms(late!.max)} over ${late!.facts} facts`,
    },
  ]
}

async function orderRows(setting: Setting): Promise<Row[]> {
  const done = await orders(setting)
  return [
    {
      what: 'orders, basket to settlement',
      perSecond: done.perSecond,
      cpu: done.cpu,
      note: `${done.orders} orders by 8 buyers, services without HTTP`,
    },
  ]
}

async function auditRows(setting: Setting): Promise<Row[]> {
  const log = await audited(setting, setting.auditFacts)
  const seconds = (value: number) => `${value.toFixed(1)} s`
  const memory = `${Math.round(log.memoryBefore)} → ${Math.round(log.memory)} MB`
  return [
    {
      what: `audit of ${log.entries} entries, end to end`,
      aim: 'sound',
      perSecond: log.entries / log.audited,
      note: `recorded ${seconds(log.recorded)}, sequenced ${seconds(log.sequenced)}, audited ${seconds(log.audited)}: ok, ${memory}`,
    },
  ]
}
