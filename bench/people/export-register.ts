// Time and memory of the export of a register by a server that has done nothing else; part of `npm run bench -- people`.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Secrets } from '@silian/kernel/config/secrets.ts'
import type { Connections } from '@silian/kernel/database/provision.ts'
import type { Stand } from '../stand.ts'
import type { Size } from './generate.ts'
import { type Moved, watchMemory } from './memory.ts'
import { databaseOf, openSide } from './side.ts'

/** The first rows of the households of a programme that is filled, so many each time. */
export async function exportsOf(
  stand: Stand,
  size: Size,
  counts: readonly number[],
  tell: (moved: Moved) => void,
): Promise<Moved[]> {
  const connections = await stand.database(databaseOf('people', size))
  const given = JSON.stringify({ connections, secrets: stand.secrets })
  const moved: Moved[] = []
  for (const count of counts) {
    const args = ['--expose-gc', import.meta.filename, 'child', given, String(count)]
    moved.push(JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as Moved)
    tell(moved.at(-1)!)
  }
  return moved
}

async function inChild([given, count]: string[]): Promise<void> {
  const { connections, secrets } = JSON.parse(given!) as { connections: Connections; secrets: Secrets }
  const side = await openSide(connections, secrets)
  const memory = watchMemory()
  const path = '/registers/household/export.csv'
  const { ms, rows } = await side.ask({ who: 'auditor', path, rows: Number(count) })
  const moved: Moved = { rows, seconds: ms / 1000, ...memory.end() }
  await side.stop()
  console.log(JSON.stringify(moved))
}

const [, program, first, ...rest] = process.argv
if (program === import.meta.filename && first === 'child') await inChild(rest)
