import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, end, startServerProcess } from '@silian/e2e/child-processes.ts'
import { smallWorld } from '@silian/e2e/small-world.ts'
import type { Connections } from '@silian/kernel/database/provision.ts'
import { heldKey } from '@silian/kernel/fact/key-facts.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { composeKit } from '@silian/server/compose.ts'
import { type Cpu, cpuNow, cpuOf } from '../cpu.ts'
import type { Stand } from '../stand.ts'
import type { Done, Task } from './clients.ts'
import { fillShop, idOf, PROGRAMME, type ShopSize } from './fill.ts'

type Asked = Task extends infer One ? (One extends Task ? Omit<One, 'url'> : never) : never

/** A shop with its server and its clients, each a process of its own. */
export class ShopStage {
  readonly connections: Connections
  readonly #stand: Stand
  readonly #server: Child
  readonly #clients: ChildProcess
  readonly #folder: string
  /** From nothing until it takes requests. */
  readonly startedMs: number

  private constructor(
    stand: Stand,
    connections: Connections,
    server: Child,
    clients: ChildProcess,
    folder: string,
    startedMs: number,
  ) {
    this.#stand = stand
    this.connections = connections
    this.#server = server
    this.#clients = clients
    this.#folder = folder
    this.startedMs = startedMs
  }

  static async open(stand: Stand, name: string, size: ShopSize): Promise<ShopStage> {
    const connections = await shopDatabase(stand, name, size)
    const dataFolder = await mkdtemp(join(tmpdir(), 'silian-bench-shop-'))
    const begun = performance.now()
    const server = await startServerProcess(
      { dataFolder, secrets: stand.secrets, connections, searchLimit: 0, shopLimit: 0 },
      true,
    )
    const startedMs = performance.now() - begun
    // sessions of their own, as each process of PostgreSQL has: the system shares its time out among sessions
    const clients = fork(join(import.meta.dirname, 'clients.ts'), { detached: true })
    return new ShopStage(stand, connections, server, clients, dataFolder, startedMs)
  }

  get url(): string {
    return this.#server.said
  }

  async run(task: Asked): Promise<Done> {
    this.#clients.send({ ...task, url: this.url })
    const [done] = await Promise.race([
      once(this.#clients, 'message'),
      once(this.#clients, 'exit').then(() => Promise.reject(new Error('the clients are gone'))),
    ])
    return done as Done
  }

  /** Of the server, of PostgreSQL, and of whoever asks: our clients or pgbench. */
  async cpu(): Promise<Cpu> {
    const [all, server, clients] = await Promise.all([
      cpuNow(this.#stand.postmaster),
      cpuOf(this.#server.process.pid!),
      cpuOf(this.#clients.pid!),
    ])
    return { node: server ?? 0, postgres: all.postgres, client: all.client + (clients ?? 0) }
  }

  get serverPid(): number {
    return this.#server.process.pid!
  }

  async close(): Promise<void> {
    this.#clients.disconnect()
    await end(this.#server)
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** A filled database, in which every buyer has a key to sign with. */
export async function shopDatabase(stand: Stand, name: string, size: ShopSize): Promise<Connections> {
  const connections = await stand.database(name)
  const kit = composeKit(connections, stand.secrets)
  await smallWorld(kit)
  await fillShop(stand.superuser(name), size)
  const scope = { programme: PROGRAMME, actor: 'bench' }
  await kit.app
    .write(scope, async tx => {
      for (let n = 1; n <= size.buyers; n++) await heldKey(tx, kit.keyring, idOf('e', n))
      return ok(null)
    })
    .then(must)
  await drain(kit.batch, kit.keyring, PROGRAMME)
  await Promise.all([kit.app.close(), kit.batch.close()])
  return connections
}
