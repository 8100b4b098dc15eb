import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { end, startWitnessProcess } from './child-processes.ts'
import { findProgram } from './debian.ts'
import { bareProgramme, recordFacts, startWitnesses, type Witnessed } from './witnessed.ts'

const programme = 'shenzhen'
const gopath = '/usr/share/gocode'
const [compiler, module] = ['/usr/bin/go', join(gopath, 'src/golang.org/x/mod/sumdb/tlog/tlog.go')]

/** Go takes half a gigabyte: it is installed for `npm run test:external` alone, and used wherever it is. */
const isWanted = process.env.SILIAN_TEST_DATABASE_URL !== undefined
const isThere = existsSync(compiler) && existsSync(module)

let db: TestDatabase
let kit: Whole
let server: RunningServer
let witnessed: Witnessed
let folder: string
let key: string

/** Go and the module of its own checksum database, from Debian's archive: nothing of ours, nothing downloaded. */
function buildAuditor(): void {
  const packages = '--no-install-recommends golang-go golang-golang-x-mod-dev'
  findProgram({ name: 'golang.org/x/mod', places: [module], packages, variable: 'GO_X_MOD' })
  const go = findProgram({ name: 'go', places: [compiler], packages, variable: 'GO' })
  execFileSync(go, ['build', '-o', join(folder, 'auditor'), '.'], {
    cwd: join(import.meta.dirname, 'go'),
    env: { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOCACHE: join(folder, 'cache'), GOFLAGS: '' },
  })
}

/** What the auditor printed, whether it found anything or not. */
const auditor = (...args: string[]): Promise<string> =>
  new Promise(resolve =>
    execFile(join(folder, 'auditor'), args, (_, stdout, stderr) => resolve(stdout + stderr)),
  )

/** Records so many facts; resolves when the head over all of them is witnessed. */
async function grow(times: number): Promise<void> {
  await recordFacts(kit, programme, times)
  const open = `select (select count(*) from fact_pending where programme_id = $1)::int
                     + (select count(*) from log where programme_id = $1 and witnessed_size is distinct from size)::int as open`
  await vi.waitFor(async () => expect(await db.owner(open, [programme])).toEqual([{ open: 0 }]), {
    ...{ timeout: 30_000, interval: 50 },
  })
}

describe.skipIf(!isWanted && !isThere)('an auditor of somebody else’s making, on golang.org/x/mod', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'silian-go-'))
    buildAuditor()
    db = await testDatabase()
    kit = composeKit(db.connections, db.secrets)
    await bareProgramme(kit, programme)
    key = (await vkey(kit.app, programme))!
    witnessed = await startWitnesses(kit, programme, folder)
    const config = { ...configFrom(readEnv({ PORT: '0' })), witnessPolicy: witnessed.policy }
    const { secrets, connections } = db
    server = await startServer({ config, secrets, connections, logger: createLogger('silent') })
  }, 600_000)
  afterAll(async () => {
    await server?.stop()
    await Promise.all(witnessed?.witnesses.map(child => end(child)) ?? [])
    await Promise.all([kit?.app.close(), kit?.batch.close()])
    await db?.close()
    await rm(folder, { recursive: true })
  })

  it('finds the served log as it was signed, and what it becomes an extension of what it was', async () => {
    const keys = witnessed.witnesses.map(({ said }) => said.split(' ')[2]!)
    const look = () => auditor('log', `${server.url}/log/${programme}`, key, join(folder, 'seen'), ...keys)
    for (const more of [250, 700, 1]) {
      await grow(more)
      expect(await look()).toMatch(/^\d+ probes, 0 failed\n$/)
    }
  })

  it('has its checkpoints cosigned or refused by the witness as C2SP tlog-witness says, also after a kill', async () => {
    const [witness] = witnessed.witnesses
    const [, name = '', of = '', url = ''] = witness!.said.split(' ')
    const state = join(folder, 'state')
    expect(await auditor('witness', url, of, witnessed.logs, state)).toMatch(/^\d+ probes, 0 failed\n$/)
    await end(witness!, 'SIGKILL')
    const port = Number(new URL(url).port)
    const again = await startWitnessProcess({ name, folder, logs: witnessed.logs, port })
    witnessed = { ...witnessed, witnesses: [again, ...witnessed.witnesses.slice(1)] }
    expect(again.said).toBe(witness!.said)
    expect(await auditor('remembers', url, of, state)).toMatch(/^\d+ probes, 0 failed\n$/)
  })
})
