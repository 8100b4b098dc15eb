import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { readPolicy } from '@silian/server/witnesses/policy-file.ts'
import { audit } from '@silian/verifier/audit.ts'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Child, end, startServerProcess } from './child-processes.ts'
import { logSource } from './log-source.ts'
import { bareProgramme, recordFacts, startWitnesses } from './witnessed.ts'

const programme = 'shenzhen'
const LEASE_MS = 3_000

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
  await bareProgramme(kit, programme)
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

const record = () => recordFacts(kit, programme)

/** Until the fact stands in the log and both witnesses have seen it there. */
async function witnessed(fact: string): Promise<void> {
  const seen = `select 1 from log_entry e join log l using (programme_id)
    where e.fact_id = $1 and l.witnessed_size > e.log_index`
  while ((await db.owner(seen, [fact])).length === 0) await pause(10)
}

/** A sequencer's name is a UUIDv7 and tells when it began. */
const bornAt = (owner: string): number => Number.parseInt(owner.replace('-', '').slice(0, 12), 16)

it('of two servers one sequences at a time; when it is killed the other does, once its lease has ended', async () => {
  const { witnesses, policy: witnessPolicy } = await startWitnesses(kit, programme, folder)
  children.push(...witnesses)
  const { dataFolder } = inject('postgres')
  const start = () =>
    kept(startServerProcess({ dataFolder, secrets: db.secrets, connections: db.connections, witnessPolicy }))
  const leases: Lease[] = []
  observed = observe(leases)
  const older = await start()
  const bornBetween = Date.now()
  const younger = await start()
  for (let n = 0; n < 20; n++) await record()
  await witnessed(await record())
  const isOlder = bornAt(leases.at(-1)!.owner) < bornBetween
  const [under] = await Promise.all([record(), end(isOlder ? older : younger, 'SIGKILL')])
  for (const fact of [under, await record()]) await witnessed(fact)
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
