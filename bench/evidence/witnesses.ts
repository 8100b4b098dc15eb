import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { vkey } from '@silian/kernel/log/read.ts'
import { startCollector } from '@silian/server/witnesses/collect.ts'
import { type Policy, parsePolicy } from '@silian/verifier/policy.ts'
import { type LogStage, scope } from '../spine/log-stage.ts'
import { peakOf } from './peak.ts'

const names = ['one.example', 'two.example'] as const
const program = join(import.meta.dirname, '../../apps/witness/main.ts')

export interface Witnessed {
  /** The policy that asks for both. */
  readonly text: string
  readonly policy: Policy
  /** MiB that a witness held at its highest. */
  peak(): Promise<number | undefined>
}

/** Works on a log beside two witnesses, processes of their own, whom a collector in this one asks. */
export async function witnessed<T>(stage: LogStage, work: (by: Witnessed) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'silian-bench-witnesses-'))
  const stop = new AbortController()
  const processes: ChildProcess[] = []
  let collector: { readonly stopped: Promise<void> } | undefined
  try {
    const key = (await vkey(stage.app, scope.programme)) ?? ''
    const logs = join(folder, 'logs')
    await writeFile(logs, `${key}\n`)
    const said: string[] = []
    for (const name of names) said.push(await started(name, folder, logs, processes))
    const text = [`log ${key}`, ...said, `group both all ${names.join(' ')}`, 'quorum both', ''].join('\n')
    const parsed = parsePolicy(text)
    if (!parsed.ok) throw new Error(`the policy is not right: ${JSON.stringify(parsed.problem)}`)
    const policy = parsed.value
    const { batch: database } = stage
    collector = startCollector({ database, policy, programmes: [scope.programme], signal: stop.signal })
    const peaks = () => Promise.all(processes.map(({ pid }) => peakOf(pid!)))
    const peak = async () => Math.max(...(await peaks()).map(mebi => mebi ?? 0)) || undefined
    return await work({ text, policy, peak })
  } finally {
    stop.abort()
    await collector?.stopped
    await Promise.all(processes.map(ended))
    await rm(folder, { recursive: true })
  }
}

/** The line of a policy that says who it is. */
async function started(name: string, folder: string, logs: string, all: ChildProcess[]): Promise<string> {
  const args = [program, '--name', name, '--data', join(folder, name), '--logs', logs, '--port', '0']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  all.push(child)
  const gone = once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended at once`)))
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), gone])
  gone.catch(() => undefined)
  return String(line)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
