import { type ChildProcess, spawn } from 'node:child_process'
import { chown, mkdir, open, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type NativeServer, prepareNative } from './native.ts'

export interface EmbeddedOptions {
  readonly dataFolder: string
  readonly superuserPassword: string
  /** User id for the server when we are root. */
  readonly uid?: number
  /** Where it should listen if nobody else does; a restarted server keeps its address this way. */
  readonly port?: number
  /** Further settings, `name=value`; tests turn durability off here. */
  readonly settings?: readonly string[]
}

/** A running embedded server. `stop` ends it also when an earlier process of ours had started it. */
export interface Embedded {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly pid: number
  readonly superuserUrl: string
  /** It was running before: a server may be using it. */
  readonly adopted: boolean
  stop(): Promise<void>
}

export class EmbeddedFailed extends Error {
  override readonly name = 'EmbeddedFailed'
}

/** Starts the cluster of a data folder, making it first if need be, or adopts the server that already runs on it. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const native = await prepareNative(options.dataFolder, options.uid ?? 65_534)
  await initCluster(native, options.superuserPassword)
  for (let attempt = 0; attempt < 20; attempt++) {
    const orphan = await runningOn(native)
    if (orphan) return handle(native, orphan, options.superuserPassword, true)
    const started = await launch(native, options.port, options.settings ?? [])
    if (started) return handle(native, started, options.superuserPassword, false)
    await pause(250)
  }
  throw new EmbeddedFailed(
    `PostgreSQL did not start; its last words are in ${join(native.cluster, 'server.log')}`,
  )
}

interface Running {
  readonly pid: number
  readonly port: number
}

function handle(native: NativeServer, { pid, port }: Running, password: string, adopted: boolean): Embedded {
  return {
    host: '127.0.0.1',
    port,
    pid,
    adopted,
    superuserUrl: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => stop(native, pid),
  }
}

async function initCluster(native: NativeServer, password: string): Promise<void> {
  const done = join(native.cluster, 'cluster-ready')
  if (await stat(done).catch(() => undefined)) return
  // a cluster without its mark is the rest of an interrupted first start and holds nothing yet
  if (await stat(native.cluster).catch(() => undefined)) {
    if (await runningOn(native))
      throw new EmbeddedFailed('another start is making the database cluster; try again')
    await rm(native.cluster, { recursive: true, force: true })
  }
  await mkdir(native.cluster, { recursive: true, mode: 0o700 })
  if (native.uid !== undefined) await chown(native.cluster, native.uid, native.uid)
  const passwordFile = `${native.cluster}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (native.uid !== undefined) await chown(passwordFile, native.uid, native.uid)
  const args = ['-D', native.cluster, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  args.push('-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions')
  const { code, output } = await finish(program(native, 'initdb', args))
  await rm(passwordFile, { force: true })
  if (code !== 0) throw new EmbeddedFailed(`initdb failed: ${output}`)
  await writeFile(done, '')
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  // the first start fills empty tables at once, and plans made without statistics are bad ones
  'autovacuum_naptime=5s',
  'wal_compression=on',
  'random_page_cost=1.1',
  'effective_cache_size=1GB',
  'timezone=UTC',
  'log_timezone=UTC',
  'jit=off',
  'password_encryption=scram-sha-256',
  'idle_in_transaction_session_timeout=60s',
]

async function launch(
  native: NativeServer,
  wanted: number | undefined,
  more: readonly string[],
): Promise<Running | undefined> {
  const port = wanted && (await isFree(wanted)) ? wanted : await freePort()
  const log = await open(join(native.cluster, 'server.log'), 'a', 0o600)
  if (native.uid !== undefined) await log.chown(native.uid, native.uid)
  const args = ['-D', native.cluster, '-p', String(port), ...[...settings, ...more].flatMap(s => ['-c', s])]
  // detached: Ctrl-C in the terminal must reach us first, we then end the server in order
  const child = program(native, 'postgres', args, { detached: true, output: log.fd })
  await log.close()
  child.unref()
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  for (let wait = 0; wait < 600 && !exited; wait++) {
    const running = await runningOn(native)
    if (running) return running
    await pause(20)
  }
  return undefined
}

interface ProgramOptions {
  readonly detached?: boolean
  readonly output?: number
}

function program(
  native: NativeServer,
  name: string,
  args: string[],
  options: ProgramOptions = {},
): ChildProcess {
  const [command, ...before] = [...native.prefix, join(native.bin, name)]
  return spawn(command!, [...before, ...args], {
    cwd: native.cluster,
    detached: options.detached ?? false,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', options.output ?? 'pipe', options.output ?? 'pipe'],
    ...(native.uid === undefined ? {} : { uid: native.uid, gid: native.uid }),
  })
}

/** The server that runs on this cluster and takes connections, if there is one. */
async function runningOn(native: NativeServer): Promise<Running | undefined> {
  const lines = await readFile(join(native.cluster, 'postmaster.pid'), 'utf8').then(
    t => t.split('\n'),
    () => [],
  )
  const pid = Number(lines[0])
  if (!(pid > 0) || !(await isPostgres(pid)) || lines[7]?.trim() !== 'ready') return undefined
  return { pid, port: Number(lines[3]) }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (!alive(pid)) return false
  if (process.platform !== 'linux') return true
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
  if (state.slice(state.lastIndexOf(')') + 2).startsWith('Z')) return false
  // a process of another user hides its program: then its command line has to do
  const program = await readlink(`/proc/${pid}/exe`).catch(() =>
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  )
  return program.includes('postgres')
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function stop(native: NativeServer, pid: number): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: it ends sessions and closes its files in order
  for (let wait = 0; wait < 1500 && (await isPostgres(pid)); wait++) {
    if (wait % 250 === 0) signal(pid)
    await pause(20)
  }
  if (await isPostgres(pid))
    throw new EmbeddedFailed(`PostgreSQL (process ${pid}) did not stop: ${native.cluster}`)
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // it has just ended by itself
  }
}

async function finish(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  child.stdout?.on('data', chunk => {
    output += chunk
  })
  child.stderr?.on('data', chunk => {
    output += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, output }))
  })
}

/** A port nobody listens on at this moment, on loopback. */
export const freePort = (): Promise<number> => tryPort(0)

const isFree = (port: number): Promise<boolean> =>
  tryPort(port).then(
    () => true,
    () => false,
  )

function tryPort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
