import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Embedded, startEmbedded } from '@silian/kernel/database/embedded.ts'

/** Something that is started again whenever it ends, until the run is over. */
export interface Kept {
  readonly name: string
  /** Resolves at once while it is up. */
  up(): Promise<void>
  /** SIGKILL; only what is up can be killed. */
  kill(): void
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
const REST_MS = 100

/** However this process ends, it leaves none behind. */
const pids = new Set<number>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
process.on('exit', () => {
  for (const pid of pids) killed(pid)
})

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended
  }
}

/** A program of ours in a process of its own; up when it has printed a line that begins with `ready`. */
export class KeptProcess implements Kept {
  readonly name: string
  readonly #args: readonly string[]
  readonly #env: NodeJS.ProcessEnv
  readonly #ready: string
  #child: ChildProcess | undefined
  #up = Promise.withResolvers<void>()
  readonly #done = Promise.withResolvers<void>()
  #isOver = false

  constructor(name: string, args: readonly string[], ready: string, env: NodeJS.ProcessEnv = {}) {
    this.name = name
    this.#args = args
    this.#ready = ready
    this.#env = env
    this.#start()
  }

  up = (): Promise<void> => this.#up.promise

  /** Resolves when it has ended by itself, with nothing wrong. */
  done = (): Promise<void> => this.#done.promise

  kill(): void {
    this.#up = Promise.withResolvers<void>()
    this.#child?.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    this.#isOver = true
    this.#child?.kill('SIGTERM')
    await this.#done.promise
  }

  #start(): void {
    const child = spawn(process.execPath, this.#args, {
      cwd: root,
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    pids.add(child.pid!)
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(this.#ready)) this.#up.resolve()
    })
    child.once('exit', code => {
      pids.delete(child.pid!)
      void this.#ended(code)
    })
  }

  async #ended(code: number | null): Promise<void> {
    if (this.#isOver || code === 0) return this.#done.resolve()
    this.#up = Promise.withResolvers<void>()
    await pause(REST_MS)
    if (this.#isOver) this.#done.resolve()
    else this.#start()
  }
}

export interface PostgresPlace {
  readonly dataFolder: string
  readonly superuserPassword: string
}

/** The database, always at one address. */
export class KeptPostgres implements Kept {
  readonly name = 'PostgreSQL'
  readonly #place: PostgresPlace
  #server: Embedded
  #up: Promise<void> = Promise.resolve()

  private constructor(place: PostgresPlace, server: Embedded) {
    this.#place = place
    this.#server = server
    pids.add(server.pid)
  }

  static async start(place: PostgresPlace): Promise<KeptPostgres> {
    return new KeptPostgres(place, await startEmbedded(place))
  }

  get superuserUrl(): string {
    return this.#server.superuserUrl
  }

  up = (): Promise<void> => this.#up

  kill(): void {
    killed(this.#server.pid)
    pids.delete(this.#server.pid)
    this.#up = this.#again()
  }

  async stop(): Promise<void> {
    await this.#up
    await this.#server.stop()
    pids.delete(this.#server.pid)
  }

  async #again(): Promise<void> {
    const { port } = this.#server
    for (;;) {
      // what was its backends must have ended first
      const server = await startEmbedded({ ...this.#place, port }).catch(() => undefined)
      if (server?.port === port) {
        this.#server = server
        pids.add(server.pid)
        return
      }
      await server?.stop()
      await pause(REST_MS)
    }
  }
}
