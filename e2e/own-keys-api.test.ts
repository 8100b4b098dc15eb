import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@silian/kernel/access/clients.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit } from '@silian/server/compose.ts'
import { startServer } from '@silian/server/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { orderAt, sideOne } from './refusals/side.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

let db: TestDatabase
let world: SmallWorld
let server: Awaited<ReturnType<typeof startServer>>
let folder: string
let token: string
const facts: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-own-keys-'))
  db = await testDatabase()
  const kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  for (let n = 0; n < 2; n++) {
    const order = await orderAt(kit, sideOne(world), 'accepted')
    const [fact] = await db.owner<{ id: string }>(
      `select id from fact where type = 'order.accepted' and subject = $1`,
      [order],
    )
    facts.push(fact!.id)
  }
  const client = {
    ...{ name: 'canteen', kind: 'client' as const, organisationId: world.id('unit') },
    ...{ role: 'canteen_acceptor' as const, scopes: ['key.*', 'fact.countersign'] },
  }
  token = (await world.write(tx => createClient(tx, client))).secret
  await Promise.all([kit.app.close(), kit.batch.close()])
  const config = { ...configFrom({} as Parameters<typeof configFrom>[0]), port: 0, logLevel: 'silent' }
  server = await startServer({ config, secrets: db.secrets, connections: db.connections })
}, 120_000)
afterAll(async () => {
  await server.stop()
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const api = () => `${server.url}/api/v1/p/${world.programme}`
const countersignedBy = (fact: string) =>
  db.owner<{ holder: string; kind: string; label: string }>(
    `select k.holder, n.kind, n.label from fact f join signing_key k using (programme_id, key_id)
     join own_key n using (programme_id, key_id) where f.type = 'fact.countersigned' and f.subject = $1`,
    [fact],
  )

it('the shell commands of docs/own-keys.md register a key and countersign', async () => {
  const page = await readFile(join(root, 'docs/own-keys.md'), 'utf8')
  const [, script] = /```sh\n([\s\S]*?)```/.exec(page)!
  const env = { PATH: process.env.PATH, API: api(), TOKEN: token, HOLDER: world.id('unit'), FACT: facts[0]! }
  await run('sh', ['-c', script!], { cwd: folder, env })
  expect(await countersignedBy(facts[0]!)).toEqual([
    { holder: world.id('unit'), kind: 'client', label: 'openssl' },
  ])
})

it('silian key makes a key under a passphrase, registers it and signs; what is refused is told by its code', async () => {
  const files = { pem: join(folder, 'own.pem'), phrase: join(folder, 'phrase'), token: join(folder, 'token') }
  await writeFile(files.phrase, 'a long phrase\n')
  await writeFile(files.token, `${token}\n`)
  const silian = (what: string, ...more: string[]) =>
    run(process.execPath, [
      ...[join(root, 'apps/cli/main.ts'), 'key', what, files.pem, '--passphrase-file', files.phrase, ...more],
    ]).then(
      ({ stdout }) => stdout,
      (error: { code: number; stdout: string }) => `${error.code} ${error.stdout}`,
    )
  const there = ['--url', api(), '--client-key-file', files.token]
  expect(await silian('new')).toMatch(/^密钥 [0-9a-f]{16} 已生成/)
  expect(await readFile(files.pem, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
  expect(await silian('sign', ...there, '--fact', facts[1]!, '--yes')).toMatch(/^1 .*key\.not_found/)
  expect(await silian('register', ...there, '--label', '食堂服务器')).toMatch(/已为 .* 登记/)
  expect(await silian('sign', ...there, '--fact', facts[1]!, '--yes')).toMatch(/order\.accepted[\s\S]*已反签/)
  expect(await countersignedBy(facts[1]!)).toEqual([
    { holder: world.id('unit'), kind: 'client', label: '食堂服务器' },
  ])
  expect(await silian('sign', ...there, '--fact', facts[1]!, '--yes')).toMatch(/^1 .*fact\.countersigned/)
  expect(await silian('register', ...there)).toMatch(/^1 .*key\.exists/)
}, 60_000)
