import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { putAreas } from '@silian/kernel/access/areas.ts'
import { createProgramme } from '@silian/kernel/access/programmes.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, standingAccounts, type Whole } from '@silian/server/compose.ts'
import { readPolicy } from '@silian/server/witnesses/policy-file.ts'
import { audit } from '@silian/verifier/audit.ts'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Child, end, startServerProcess, startWitnessProcess } from './child-processes.ts'
import { logSource } from './log-source.ts'

const programme = 'shenzhen'
const scope = { programme, actor: 'tester' }
const LEASE_MS = 3_000
const HAND_OVER_MS = 5_000

let db: TestDatabase
let kit: Whole
let folder: string
const children: Child[] = []
const observing = new AbortController()
let observed: Promise<void> | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-hand-over-'))
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  const areas = ['440000', '440300'].map(code => ({ code, nameZh: code, nameEn: code }))
  must(await kit.batch.write({ ...scope, programme: 'platform' }, tx => putAreas(tx, areas)))
  const named = { id: programme, nameZh: '示范', nameEn: 'Test', areaCode: '440300', demo: true }
  await createProgramme(kit, { ...named, origin: `test.example/demo/${programme}` }, standingAccounts)
})
afterAll(async () => {
  observing.abort()
  await observed
  await Promise.all(children.map(child => end(child)))
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true })
})

const kept = async (child: Promise<Child>): Promise<Child> => {
  children.push(await child)
  return child
}

/** Two witnesses, processes of their own, and the policy that wants them both. */
async function startWitnesses(): Promise<string> {
  const keys = await Promise.all(['platform', programme].map(id => vkey(kit.app, id)))
  const logs = join(folder, 'logs')
  await writeFile(logs, `${keys.join('\n')}\n`)
  const names = ['bank.example', 'bureau.example']
  const witnesses = await Promise.all(names.map(name => kept(startWitnessProcess({ name, folder, logs }))))
  const lines = [...keys.map(key => `log ${key}`), ...witnesses.map(({ said }) => said)]
  const file = join(folder, 'policy')
  await writeFile(file, `${lines.join('\n')}\ngroup both all ${names.join(' ')}\nquorum both\n`)
  return file
}

interface Lease {
  readonly owner: string
  readonly until: number
}

/** Every lease that was seen, each once. */
async function observe(leases: Lease[]): Promise<void> {
  while (!observing.signal.aborted) {
    const [row] = await db.owner<{ owner: string | null; until: Date | null }>(
      'select lease_owner as owner, lease_until as until from log where programme_id = $1',
      [programme],
    )
    const until = row?.until?.getTime() ?? 0
    if (row?.owner && until !== leases.at(-1)?.until) leases.push({ owner: row.owner, until })
    await pause(10)
  }
}

const record = async (): Promise<string> => {
  const fact = { type: 'thing.done', subject: 's', holder: 'coop', pub: {} }
  return must(await kit.app.write(scope, async tx => ok(await kit.recorder.record(tx, fact)))).id
}

/** Milliseconds until the fact stands in the log, and until both witnesses have seen it there. */
async function timesOf(fact: string): Promise<{ sequenced: number; witnessed: number }> {
  const begun = performance.now()
  const until = async (where: string) => {
    const seen = `select 1 from log_entry e join log l using (programme_id) where e.fact_id = $1 and ${where}`
    while ((await db.owner(seen, [fact])).length === 0) await pause(10)
    return performance.now() - begun
  }
  return { sequenced: await until('true'), witnessed: await until('l.witnessed_size > e.log_index') }
}

/** A sequencer's name is a UUIDv7 and tells when it began. */
const bornAt = (owner: string): number => Number.parseInt(owner.replace('-', '').slice(0, 12), 16)

it('of two servers one sequences at a time; when it is killed the other does within five seconds', async () => {
  const witnessPolicy = await startWitnesses()
  const { dataFolder } = inject('postgres')
  const start = () =>
    kept(startServerProcess({ dataFolder, secrets: db.secrets, connections: db.connections, witnessPolicy }))
  const leases: Lease[] = []
  observed = observe(leases)
  const older = await start()
  const bornBetween = Date.now()
  const younger = await start()
  for (let n = 0; n < 20; n++) await record()
  await timesOf(await record())
  const isOlder = bornAt(leases.at(-1)!.owner) < bornBetween
  const [under] = await Promise.all([record(), end(isOlder ? older : younger, 'SIGKILL')])
  for (const fact of [under, await record()]) {
    const { sequenced, witnessed } = await timesOf(fact)
    expect(sequenced).toBeLessThan(HAND_OVER_MS)
    expect(witnessed).toBeLessThan(HAND_OVER_MS + 2_000)
  }
  observing.abort()
  await observed
  const changes = leases.flatMap((lease, n) => {
    const before = leases[n - 1]
    return before && before.owner !== lease.owner
      ? [{ taken: lease.until - LEASE_MS, ended: before.until }]
      : []
  })
  expect(changes.length).toBeGreaterThanOrEqual(1)
  for (const { taken, ended } of changes) expect(taken).toBeGreaterThanOrEqual(ended)

  // one tree, each head signed once, one after the other
  const heads = await db.owner<{ size: number; at: Date }>(
    'select size::int, signed_at as at from log_head where programme_id = $1 order by size',
    [programme],
  )
  const times = heads.map(({ at }) => at.getTime())
  expect(times).toEqual([...times].sort((a, b) => a - b))
  const policy = await readPolicy(witnessPolicy)
  const result = await audit({ fetchBytes: logSource(kit.app, programme), trust: { policy } })
  expect(result.ok ? result.report : result.problems).toMatchObject({
    size: heads.at(-1)!.size,
    witnesses: [{ name: 'bank.example' }, { name: 'bureau.example' }],
    types: { 'thing.done': 23 },
  })
})
