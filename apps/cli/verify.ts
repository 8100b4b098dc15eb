import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** `silian verify …`: the verifier as it is, in a process that shares nothing with the server; its exit codes are its own. */
export async function verify(args: string[]): Promise<number> {
  const main = join(import.meta.dirname, '../../verifier/main.ts')
  return spawnSync(process.execPath, [main, ...args], { stdio: 'inherit' }).status ?? 3
}
