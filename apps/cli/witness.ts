import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** `silian witness …`: the witness as it is, a program of its own that shares nothing with the server. */
export async function witness(args: string[]): Promise<number> {
  const main = join(import.meta.dirname, '../witness/main.ts')
  return spawnSync(process.execPath, [main, ...args], { stdio: 'inherit' }).status ?? 3
}
