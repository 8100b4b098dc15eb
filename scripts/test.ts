import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** `npm test`: every check there is, and a closing line that counts them. */
const root = join(import.meta.dirname, '..')
const external = process.argv.includes('--external')
let passed = 0
let failed = 0

type Check = readonly [name: string, command: string, args: readonly string[]]

/** What is printed is kept until the end: checks run side by side. */
async function check([name, command, args]: Check): Promise<void> {
  const child = spawn(join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  const [status] = (await once(child, 'close')) as [number | null]
  process.stdout.write(Buffer.concat(said))
  if (status === 0) passed += 1
  else failed += 1
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}`)
}

async function oneByOne(checks: readonly Check[]): Promise<void> {
  for (const one of checks) await check(one)
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
}

function tests(args: string[]): void {
  const output = join(root, 'node_modules', '.test-report.json')
  rmSync(output, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (!existsSync(output)) {
    failed += 1
    return
  }
  const report: Report = JSON.parse(readFileSync(output, 'utf8'))
  passed += report.numPassedTests
  failed += report.numFailedTests
  // a file that cannot even be loaded fails no test, and neither does an error outside of all
  if (status !== 0 && report.numFailedTests === 0) failed += Math.max(1, report.numFailedTestSuites)
}

const folders = ['kernel', 'chains', 'apps', 'verifier', 'data', 'e2e']

if (!external) {
  await Promise.all([
    oneByOne([['pages build', 'vite', ['build', 'apps/web', '--logLevel', 'warn']]]),
    oneByOne([
      ['types', 'tsc', ['--noEmit', '-p', '.']],
      ['lint and format', 'biome', ['check', '.']],
      ['import arrows', 'depcruise', ['--config', 'dependency-cruiser.cjs', ...folders]],
      ['nothing unused', 'knip', []],
    ]),
  ])
} else if (!process.env.DATABASE_URL) {
  console.error(
    'DATABASE_URL names a role that may create roles and databases, e.g. postgresql://postgres:…@127.0.0.1/postgres',
  )
  process.exit(2)
}
if (external && process.env.DATABASE_URL) process.env.SILIAN_TEST_DATABASE_URL = process.env.DATABASE_URL
tests(process.argv.slice(2).filter(arg => arg !== '--external'))
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
