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

/** Whether there was one to be killed. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

export interface KeptProgram {
  readonly name: string
  readonly args: readonly string[]
  /** What it prints when it is up. */
  readonly ready: string
  /** Where its complaints go: an open file. */
  readonly errors: number
  readonly env?: NodeJS.ProcessEnv
}

/** A program of ours in a process of its own. */
export class KeptProcess implements Kept {
  readonly name: string
  readonly #args: readonly string[]
  readonly #env: NodeJS.ProcessEnv
  readonly #ready: string
  readonly #errors: number
  #child: ChildProcess | undefined
  #up = Promise.withResolvers<void>()
  #isUp = false
  readonly #done = Promise.withResolvers<void>()
  #isOver = false

  constructor({ name, args, ready, errors, env = {} }: KeptProgram) {
    this.name = name
    this.#args = args
    this.#ready = ready
    this.#errors = errors
    this.#env = env
    this.#start()
  }

  up = (): Promise<void> => this.#up.promise

  /** Resolves when it has ended by itself, with nothing wrong. */
  done = (): Promise<void> => this.#done.promise

  kill(): void {
    this.#fall()
    this.#child?.kill('SIGKILL')
  }

  /** Whoever waits already for it to be up goes on waiting for the same. */
  #fall(): void {
    if (!this.#isUp) return
    this.#isUp = false
    this.#up = Promise.withResolvers<void>()
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
      stdio: ['ignore', 'pipe', this.#errors],
    })
    this.#child = child
    pids.add(child.pid!)
    child.stdout!.on('data', (chunk: Buffer) => {
      if (!chunk.toString().includes(this.#ready)) return
      this.#isUp = true
      this.#up.resolve()
    })
    child.once('exit', code => {
      pids.delete(child.pid!)
      void this.#ended(code)
    })
  }

  async #ended(code: number | null): Promise<void> {
    if (this.#isOver || code === 0) return this.#done.resolve()
    this.#fall()
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
    const { port, pid } = this.#server
    // what is dying would be taken for what runs
    while (killed(pid)) await pause(REST_MS)
    for (;;) {
      // its backends must have ended too
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
