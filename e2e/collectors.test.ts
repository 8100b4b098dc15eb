import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database, type Writer } from '@silian/kernel/database/database.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { type TestLog, testLog } from '@silian/kernel/log/test-log.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { startCollector } from '@silian/server/witnesses/collect.ts'
import { type Policy, parsePolicy } from '@silian/verifier/policy.ts'
import { parseVkey, type VerifierKey } from '@silian/verifier/vkey.ts'
import { loadKey } from '@silian/witness/key.ts'
import { Memory } from '@silian/witness/memory.ts'
import { Witness } from '@silian/witness/witness.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

/** Less than a collector waits for its witness. */
const HELD_MS = 800

let db: TestDatabase
let log: TestLog
let folder: string
let policy: Policy
let known: VerifierKey
const servers: Server[] = []
const memories: Memory[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-collectors-'))
  db = await testDatabase()
  log = await testLog(db)
  const key = await vkey(db.app, log.scope.programme)
  const parsed = parseVkey(key!)
  if (!parsed.ok) throw new Error('vkey')
  known = parsed.value
  const lines = [`log ${key}`, await start('bank'), await start('bureau'), 'group both all bank bureau']
  const read = parsePolicy(`${lines.join('\n')}\nquorum both\n`)
  if (!read.ok) throw new Error('policy')
  policy = read.value
})
afterAll(async () => {
  for (const server of servers) server.close()
  for (const memory of memories) memory.close()
  await db.close()
  await rm(folder, { recursive: true })
})

/** Holds cosignatures until so many are there, and lets them go at the same moment. */
class Gate {
  atOnce = 1
  #held: (() => void)[] = []
  #timer: NodeJS.Timeout | undefined
  full = 0

  hold(give: () => void): void {
    this.#held.push(give)
    this.#timer ??= setTimeout(() => this.#open(), HELD_MS)
    if (this.#held.length < this.atOnce) return
    this.full += 1
    this.#open()
  }

  #open(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const give of this.#held.splice(0)) give()
  }
}
const gate = new Gate()
/** What the witnesses answered. */
const answered = new Set<number>()

/** A witness as it is, behind the gate; the line of the policy that names it. */
async function start(name: string): Promise<string> {
  const key = await loadKey(join(folder, `${name}.json`), `${name}.example`)
  const memory = new Memory(':memory:')
  memories.push(memory)
  const now = () => Math.floor(Date.now() / 1000)
  const witness = new Witness({ key, memory, logs: async () => [known], now })
  const server = createServer(async (request, response: ServerResponse) => {
    const { status, type, body } = await witness.addCheckpoint(Buffer.concat(await request.toArray()))
    answered.add(status)
    const give = () => void response.writeHead(status, { 'content-type': type }).end(body)
    if (status === 200) gate.hold(give)
    else give()
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `witness ${name} ${key.vkey} http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const record = async (): Promise<number> => {
  const fact = { type: 'a.b', subject: 's', holder: 'coop', pub: {} }
  must(await db.app.write(log.scope, async (tx: Writer) => ok(await log.recorder.record(tx, fact))))
  await log.drain()
  return (await db.owner<{ size: number }>('select size::int from log'))[0]!.size
}

it.each([1, 2])('%i that collect: a head is witnessed when all its cosignatures come at once', async n => {
  gate.atOnce = 2 * n
  gate.full = 0
  const stopping = new AbortController()
  const { programme } = log.scope
  const pools = Array.from({ length: n }, () => new Database('batch', db.connections.batch, 4))
  const collectors = pools.map(database =>
    startCollector({
      ...{ database, policy, programmes: [programme], signal: stopping.signal },
    }),
  )
  try {
    // it does race: all are on their way together, mostly
    for (let head = 0; head < 6 || (gate.full === 0 && head < 60); head++) {
      const size = await record()
      const witnessed = () => db.owner('select witnessed_size::int as size from log')
      await vi.waitFor(async () => expect(await witnessed()).toEqual([{ size }]), {
        ...{ timeout: 10_000, interval: 20 },
      })
      expect(
        await db.owner('select count(*)::int as n from log_cosignature where size = $1', [size]),
      ).toEqual([{ n: 2 }])
    }
  } finally {
    stopping.abort()
    await Promise.all(collectors.map(({ stopped }) => stopped))
    await Promise.all(pools.map(pool => pool.close()))
  }
  // a tree that another collector went past is asked for as what it is
  expect([...answered].filter(status => status !== 200 && status !== 409)).toEqual([])
  expect(gate.full).toBeGreaterThan(0)
})
