import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('any process may be killed while facts are recorded: nothing is lost, doubled or refused', async () => {
  // this seed kills a server, a witness, the database and the writer; `--kills 50 --facts 20000` is for a quiet hour
  const args = ['scripts/kill-evidence.ts', '--kills', '5', '--facts', '300', '--seed', '219']
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: join(import.meta.dirname, '..'),
  })
  expect(stdout).toContain('5 kills: nothing lost, nothing doubled, one tree')
}, 180_000)
