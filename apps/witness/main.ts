#!/usr/bin/env node
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadKey } from './key.ts'
import { logsIn } from './logs.ts'
import { Memory } from './memory.ts'
import { serve } from './server.ts'
import { Witness } from './witness.ts'

const usage = `usage: silian-witness --name <key name> --data <folder> --logs <file> [--host 127.0.0.1] [--port 8330]
Cosigns the checkpoints of the logs whose verifier keys stand in the file, one a line (read again when it changes), and
prints the line of a policy that says who it is: witness <name> <vkey> <url>
`

function argumentsOf(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      ...{ name: { type: 'string' }, data: { type: 'string' }, logs: { type: 'string' } },
      ...{ host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '8330' } },
    },
  })
  const { name, data, logs, host, port } = values
  return name && data && logs && /^\d{1,5}$/.test(port)
    ? { name, data, logs, host, port: Number(port) }
    : undefined
}

try {
  const given = argumentsOf(process.argv.slice(2))
  if (!given) throw new Error(usage)
  await mkdir(given.data, { recursive: true, mode: 0o700 })
  const key = await loadKey(join(given.data, 'key.json'), given.name)
  const memory = new Memory(join(given.data, 'seen.sqlite'))
  const now = () => Math.floor(Date.now() / 1000)
  const witness = new Witness({ key, memory, logs: logsIn(given.logs), now })
  const listening = await serve(witness, given.host, given.port)
  process.stdout.write(`witness ${given.name} ${key.vkey} ${listening.url}\n`)
  const end = () => void listening.stop().then(() => process.exit(0))
  for (const happening of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
    process.once(happening as 'SIGTERM', end)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 2
}
