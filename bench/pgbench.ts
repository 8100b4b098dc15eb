import { execFile } from 'node:child_process'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const cache = join(import.meta.dirname, '../node_modules/.cache/pgbench')
const PROGRAM = 'usr/lib/postgresql/15/bin/pgbench'

/** What is needed for the baselines is not on this machine; the message says what. */
export class Missing extends Error {
  override readonly name = 'Missing'
}

/**
 * Debian's pgbench, fetched once and unpacked, never installed: an install would start a cluster of its own. Throws
 * Missing.
 */
export async function findPgbench(): Promise<string> {
  const program = join(cache, PROGRAM)
  if (!(await exists(program))) await unpack()
  await run(program, ['--version']).catch(error => {
    throw new Missing(`pgbench does not run here: ${firstLine(error)}`)
  })
  return program
}

async function unpack(): Promise<void> {
  for (const tool of ['apt-get', 'dpkg-deb'])
    if (!(await run(tool, ['--version']).catch(() => undefined)))
      throw new Missing(
        `the baselines need pgbench from Debian's postgresql-15, and there is no ${tool} here`,
      )
  await mkdir(cache, { recursive: true })
  await run('apt-get', ['download', 'postgresql-15'], { cwd: cache }).catch(error => {
    throw new Missing(
      `the baselines need Debian's package postgresql-15 (apt-get update?): ${firstLine(error)}`,
    )
  })
  const file = (await readdir(cache)).find(name => /^postgresql-15_.*\.deb$/.test(name))
  await run('dpkg-deb', ['-x', file ?? '', '.'], { cwd: cache })
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const firstLine = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: string; message: string }
  return (stderr || message).trim().split('\n')[0]!
}

export interface BaselineRun {
  readonly program: string
  /** Connection of the tables' owner: no row security stands between, as in the barest SQL. */
  readonly url: string
  /** Files of `baseline/`; each transaction is one of them by turns of chance. */
  readonly scripts: readonly string[]
  readonly seconds: number
  readonly variables?: Readonly<Record<string, string>>
}

export interface BaselineResult {
  readonly transactions: number
  readonly perSecond: number
}

/** 16 clients on one thread, prepared statements, one transaction after another. */
export async function runPgbench(options: BaselineRun): Promise<BaselineResult> {
  const url = new URL(options.url)
  const scripts = options.scripts.flatMap(name => ['-f', join(import.meta.dirname, 'baseline', name)])
  const variables = Object.entries(options.variables ?? {}).flatMap(([name, value]) => [
    '-D',
    `${name}=${value}`,
  ])
  const place = ['-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)]
  const load = ['-n', '-M', 'prepared', '-c', '16', '-j', '1', '-T', String(options.seconds)]
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(url.password) }
  const { stdout } = await run(options.program, [...load, ...scripts, ...variables, ...place], { env })
  const transactions = Number(/actually processed: (\d+)/.exec(stdout)?.[1])
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
  if (!(transactions > 0) || !/failed transactions: 0 /.test(stdout)) throw new Error(`pgbench: ${stdout}`)
  return { transactions, perSecond }
}
