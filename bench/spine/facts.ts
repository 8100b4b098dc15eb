import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { runPgbench } from '../pgbench.ts'
import { type Contender, callers, compare, type Figure } from '../rounds.ts'
import { asOwner } from '../stand.ts'
import type { LogStage } from './log-stage.ts'
import type { Setting } from './setting.ts'

/**
 * Facts acknowledged durable, one a transaction, by callers who share transactions, and 100 a transaction; a baseline
 * before the first and the last. What was recorded stays
 * waiting for the sequencer. Fails if rows are missing.
 */
export async function facts(setting: Setting, stage: LogStage): Promise<Figure[]> {
  await stage.record(100)
  const before = await asOwner(stage.connections, async query => {
    await query('create table bare_fact (like fact, primary key (programme_id, id))')
    const rows = await query('select entry from fact order by id desc limit 100')
    return rows.map(row => (row.entry as Buffer).toString('hex'))
  })
  const entries = `{${before.map(hex => `"\\\\x${hex}"`).join(',')}}`
  const done = { bare: 0, ours: 0 }
  const baseline = (name: string, script: string, size: number): Contender => ({
    name,
    run: async seconds => {
      const variables = { entry: `\\x${before[0]}`, entries }
      const { pgbench: program } = setting
      const run = await runPgbench({
        program,
        url: stage.connections.owner,
        scripts: [script],
        seconds,
        variables,
      })
      done.bare += run.transactions * size
      return { operations: run.transactions * size, perSecond: run.perSecond * size }
    },
  })
  const ours = (name: string, inFlight: number, work: () => Promise<number>): Contender => ({
    name,
    run: async seconds => {
      const run = await callers(inFlight, seconds, work)
      done.ours += run.operations
      return run
    },
  })
  const transactionOf = (size: number) => async () => (await stage.record(size)).length
  const grouped = async () => {
    await stage.recordGrouped()
    return 1
  }
  const { figures } = await compare(setting.stand.postmaster, setting.seconds, [
    baseline('baseline, one', 'fact.sql', 1),
    ours('one a transaction', 16, transactionOf(1)),
    ours('grouped, 16 callers', 16, grouped),
    ours('grouped, 200 callers', 200, grouped),
    baseline('baseline, 100', 'facts-100.sql', 100),
    ours('100 a transaction', 4, transactionOf(100)),
  ])
  await checkRows(stage, done)
  return figures
}

async function checkRows(stage: LogStage, done: { bare: number; ours: number }): Promise<void> {
  const [rows] = await asOwner(stage.connections, query =>
    query(`select (select count(*) from bare_fact)::int as bare,
      (select count(*) from fact where type = 'delivery.accepted')::int - 101 as ours`),
  )
  if (rows?.bare !== done.bare || rows.ours !== done.ours)
    throw new Error(`counted ${JSON.stringify(done)}, stand ${JSON.stringify(rows)}`)
}

/** CPU milliseconds of one signature over a fact's bytes: what no way of recording can save. */
export function signing(): number {
  const { privateKey } = generateKeyPairSync('ed25519')
  const bytes = randomBytes(500)
  const before = process.cpuUsage()
  for (let n = 0; n < 5000; n++) sign(null, bytes, privateKey)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / 5000
}
