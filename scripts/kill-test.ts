import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freePort } from '@silian/kernel/database/embedded.ts'
import { seeded } from './kill-seed.ts'

/**
 * `node scripts/kill-test.ts --times 20`: kills the server, PostgreSQL, or both with SIGKILL at random moments of the
 * loader and of the tour, starts again, and in the end wants the tour to pass and `silian check` to find nothing.
 */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const times = Number(values.times)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const random = seeded(seed)
const root = join(import.meta.dirname, '..')
const dataFolder = await mkdtemp(join(tmpdir(), 'silian-kill-'))
const port = await freePort()
const bankPort = await freePort()
const env = {
  ...process.env,
  SILIAN_DATA: dataFolder,
  PORT: String(port),
  BANK_PORT: String(bankPort),
  SILIAN_URL: `http://127.0.0.1:${port}`,
  SILIAN_LOG_LEVEL: 'fatal',
}
const victims = ['server', 'postgres', 'both'] as const

console.log(`seed ${seed}, ${times} kills, data in ${dataFolder}`)
let server = startServer()
let failures = 0
for (let n = 1; n <= times; n++) {
  const victim = victims[Math.floor(random() * victims.length)]!
  // the loader takes the first third of the kills, the tour the others
  const inTour = n > times / 3
  if (inTour) await server.ready
  const tour = inTour ? startTour() : undefined
  await pause(inTour ? random() * 6_000 : 300 + random() * 20_000)
  const phase = server.isReady() ? (inTour ? 'tour' : 'idle') : 'loader'
  await kill(victim, server)
  if (victim === 'postgres') {
    // the server brings its own database back, or ends and is started again
    await Promise.race([server.readyAgain(), server.ended])
    if (server.hasEnded()) server = startServer()
  } else {
    await server.ended
    server = startServer()
  }
  const code = tour ? await tour.then(async exit => exit) : undefined
  if (code) failures += 1
  console.log(
    `${n}. killed ${victim} in the ${phase}${code === undefined ? '' : `: the tour ${code === 0 ? 'went on and passed' : 'FAILED'}`}`,
  )
}
await server.ready
if ((await startTour()) !== 0) failures += 1
server.child.kill('SIGTERM')
await server.ended
const check = spawnSync(process.execPath, ['apps/cli/main.ts', 'check'], { cwd: root, env, stdio: 'inherit' })
if (check.status !== 0) failures += 1
if (!values.keep) await rm(dataFolder, { recursive: true, force: true })
console.log(
  failures === 0 ? `${times} kills: nothing lost, nothing doubled` : `${failures} failures (seed ${seed})`,
)
process.exit(failures === 0 ? 0 : 1)

interface Server {
  readonly child: ChildProcess
  readonly ready: Promise<void>
  readonly ended: Promise<void>
  isReady(): boolean
  hasEnded(): boolean
  /** The next ready line after this moment. */
  readyAgain(): Promise<void>
}

function startServer(): Server {
  const child = spawn(process.execPath, ['apps/cli/main.ts', 'start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let readyLines = 0
  let gone = false
  const waiting = new Set<() => void>()
  child.stdout!.on('data', (chunk: Buffer) => {
    if (!/^ready /m.test(chunk.toString())) return
    readyLines += 1
    for (const tell of waiting) tell()
    waiting.clear()
  })
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => {
      gone = true
      resolve()
    })
  })
  const readyAgain = () => new Promise<void>(resolve => void waiting.add(resolve))
  return {
    child,
    ended,
    ready: readyAgain(),
    readyAgain,
    isReady: () => readyLines > 0,
    hasEnded: () => gone,
  }
}

async function startTour(): Promise<number> {
  const child = spawn(process.execPath, ['apps/cli/tour/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout!.on('data', chunk => {
    output += chunk
  })
  const code = await new Promise<number>(resolve => child.once('exit', status => resolve(status ?? 1)))
  if (code !== 0) console.log(output)
  return code
}

async function kill(victim: (typeof victims)[number], { child }: Server): Promise<void> {
  if (victim !== 'server') {
    const file = join(dataFolder, 'postgres', 'postmaster.pid')
    const pid = await readFile(file, 'utf8').then(
      text => Number(text.split('\n')[0]),
      () => 0,
    )
    if (pid > 0) spawnSync('kill', ['-9', String(pid)])
  }
  if (victim !== 'postgres') child.kill('SIGKILL')
}
