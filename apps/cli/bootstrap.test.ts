import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A root with nothing to install, whose command tells how it was called. */
let folder: string
const root = () => join(folder, 'root')
const lock = '{}\n'
const tells = `const { SILIAN_DATA: data, SILIAN_HEADS: heads } = process.env
console.log(JSON.stringify({ cwd: process.cwd(), args: process.argv.slice(2), data, heads }))`

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'silian-bootstrap-')))
  for (const name of ['root/scripts', 'root/node_modules', 'root/apps/cli', 'elsewhere'])
    await mkdir(join(folder, name), { recursive: true })
  await cp(join(import.meta.dirname, '../../scripts/bootstrap.mjs'), join(root(), 'scripts/bootstrap.mjs'))
  const installed = createHash('sha256')
    .update(lock)
    .update(process.platform + process.arch)
    .digest('hex')
  await writeFile(join(root(), 'package-lock.json'), lock)
  await writeFile(join(root(), 'node_modules/.installed'), installed)
  await writeFile(join(root(), 'apps/cli/main.ts'), tells)
})
afterAll(() => rm(folder, { recursive: true }))

async function called(cwd: string, more: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { INIT_CWD: _, SILIAN_DATA: __, SILIAN_HEADS: ___, ...env } = process.env
  const args = [join(root(), 'scripts/bootstrap.mjs'), 'silian', 'verify', 'a.tlog-proof']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env: { ...env, ...more } })
  return JSON.parse(stdout)
}

test('a command finds the files that are named where it is called, and the data where they are', async () => {
  const elsewhere = join(folder, 'elsewhere')
  const args = ['verify', 'a.tlog-proof']
  const data = join(root(), '.silian')
  expect(await called(root(), { INIT_CWD: elsewhere })).toEqual({ cwd: elsewhere, args, data })
  expect(await called(elsewhere, { INIT_CWD: '/' })).toEqual({ cwd: elsewhere, args, data })
  expect(await called(root(), { SILIAN_DATA: 'd', SILIAN_HEADS: 'h' })).toEqual({
    ...{ cwd: root(), args },
    ...{ data: join(root(), 'd'), heads: join(root(), 'h') },
  })
})
