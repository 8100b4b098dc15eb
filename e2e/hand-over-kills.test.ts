import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('any process may be killed while facts are recorded: nothing is lost, doubled or refused', async () => {
  // this seed kills the writer, a server, a witness and the database; `--kills 50 --facts 20000` is for a quiet hour
  const args = ['scripts/kill-evidence.ts', '--kills', '4', '--facts', '200', '--seed', '420']
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: join(import.meta.dirname, '..'),
  })
  expect(stdout).toContain('4 kills: nothing lost, nothing doubled, one tree')
}, 300_000)
