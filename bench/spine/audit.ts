import { logSource } from '@silian/e2e/log-source.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { audit } from '@silian/verifier/audit.ts'
import { logStage, scope } from './log-stage.ts'
import type { Setting } from './setting.ts'

export interface Audited {
  readonly entries: number
  /** Seconds each part took. */
  readonly recorded: number
  readonly sequenced: number
  readonly audited: number
  /** Resident megabytes of this process at its highest during the audit, and before it. */
  readonly memory: number
  readonly memoryBefore: number
}

const PER_TRANSACTION = 500

/** Makes a log of so many facts in the real way and lets the independent verifier audit it. Fails on any problem. */
export async function audited(setting: Setting, facts: number): Promise<Audited> {
  const stage = await logStage(setting, 'bench_audit')
  const [, recorded] = await timed(async () => {
    for (let n = 0; n < facts; n += PER_TRANSACTION) await stage.record(Math.min(PER_TRANSACTION, facts - n))
  })
  const [, sequenced] = await timed(() => drain(stage.batch, stage.keyring, scope.programme))
  const fetchBytes = logSource(stage.app, scope.programme)
  const key = (await vkey(stage.app, scope.programme)) ?? ''
  const memoryBefore = megabytes()
  let memory = memoryBefore
  const onProgress = () => {
    memory = Math.max(memory, megabytes())
  }
  const [result, seconds] = await timed(() => audit({ fetchBytes, vkey: key, onProgress }))
  await stage.close()
  if (!result.ok) throw new Error(`the audit found ${JSON.stringify(result.problems.slice(0, 3))}`)
  return { entries: result.report.size, recorded, sequenced, audited: seconds, memory, memoryBefore }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now()
  const value = await work()
  return [value, (performance.now() - begun) / 1000]
}

const megabytes = (): number => process.memoryUsage.rss() / 2 ** 20
