import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Database } from '@silian/kernel/database/database.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { say } from './say.ts'

/** Whose witnesses stand beside the demonstration; elsewhere they run on their own machines. */
const names = ['finance', 'bank'] as const

export interface DemoWitnesses {
  /** The policy that asks them both. */
  readonly policyFile: string
  stop(): void
}

/**
 * Starts the demonstration's two witnesses, each a process with a key and a memory of its own that outlives it, and
 * writes the policy by which they are asked.
 */
export async function startWitnesses(database: Database, dataFolder: string): Promise<DemoWitnesses> {
  const folder = join(dataFolder, 'witnesses')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const scope = { programme: 'platform', actor: 'system' }
  const programmes = await database.read(scope, listProgrammes)
  const keys = await Promise.all(
    ['platform', ...programmes.map(({ id }) => id)].map(id => vkey(database, id)),
  )
  const logs = keys.filter(key => key !== undefined)
  await writeFile(join(folder, 'logs'), `${logs.join('\n')}\n`)
  const witnesses = await Promise.all(names.map(name => startOne(folder, name)))
  const policyFile = join(folder, 'policy')
  const lines = [...logs.map(key => `log ${key}`), ...witnesses.map(({ line }) => line)]
  await writeFile(policyFile, `${lines.join('\n')}\ngroup both all ${names.join(' ')}\nquorum both\n`)
  return {
    policyFile,
    stop: () => {
      for (const { child } of witnesses) child.kill()
    },
  }
}

async function startOne(folder: string, name: string): Promise<{ line: string; child: ChildProcess }> {
  const main = join(import.meta.dirname, '../witness/main.ts')
  const given = ['--name', `silian.example/demo/witness/${name}`, '--data', join(folder, name)]
  const args = [main, ...given, '--logs', join(folder, 'logs'), '--port', '0']
  // it watches the channel that our end closes
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  for await (const said of createInterface(child.stdout!)) {
    const [, key, vkeyOf, url] = said.split(' ')
    say('start.witness', { name: key ?? '', url: url ?? '' })
    return { line: `witness ${name} ${vkeyOf} ${url}`, child }
  }
  throw new Error(`the witness ${name} did not start`)
}
