import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database, type Writer } from '@silian/kernel/database/database.ts'
import { Keyring } from '@silian/kernel/fact/keyring.ts'
import { createRecorder } from '@silian/kernel/fact/record.ts'
import { haltOf } from '@silian/kernel/log/halt.ts'
import { readCheckpoint } from '@silian/kernel/log/note.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { checkpoint, vkey } from '@silian/kernel/log/read.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { succeedLog } from '@silian/kernel/log/succeed.ts'
import { type TestLog, testLog } from '@silian/kernel/log/test-log.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { startCollector } from '@silian/server/witnesses/collect.ts'
import { keepHeads, keptHead } from '@silian/server/witnesses/heads.ts'
import { readPolicy, witnessLines } from '@silian/server/witnesses/policy-file.ts'
import { lookBackAtStart } from '@silian/server/witnesses/start.ts'
import { audit } from '@silian/verifier/audit.ts'
import { openCheckpoint } from '@silian/verifier/checkpoint.ts'
import type { Policy } from '@silian/verifier/policy.ts'
import { verifyProof } from '@silian/verifier/proof.ts'
import { loadKey } from '@silian/witness/key.ts'
import { logsIn } from '@silian/witness/logs.ts'
import { Memory } from '@silian/witness/memory.ts'
import { type Listening, serve } from '@silian/witness/server.ts'
import { Witness } from '@silian/witness/witness.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { logSource } from './log-source.ts'
import { type OwnSigner, ownSigner } from './own-signer.ts'

let db: TestDatabase
let log: TestLog
let folder: string
let policy: Policy
let policyFile: string
let bank: OwnSigner
const running = new Map<string, { readonly listening: Listening; readonly memory: Memory }>()

/** Starts a witness that keeps its memory and its port. */
async function start(name: string): Promise<string> {
  const key = await loadKey(join(folder, `${name}.json`), `${name}.example`)
  const memory = new Memory(join(folder, `${name}.sqlite`))
  const now = () => Math.floor(Date.now() / 1000)
  const witness = new Witness({ key, memory, logs: logsIn(join(folder, 'logs')), now })
  const port = ports.get(name) ?? 0
  const listening = await serve(witness, '127.0.0.1', port)
  ports.set(name, Number(new URL(listening.url).port))
  running.set(name, { listening, memory })
  return `witness ${name} ${key.vkey} ${listening.url}`
}
const ports = new Map<string, number>()
async function stop(name: string): Promise<void> {
  const { listening, memory } = running.get(name)!
  await listening.stop()
  memory.close()
  running.delete(name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-witnesses-'))
  db = await testDatabase()
  log = await testLog(db)
  const { programme } = log.scope
  const write = async <T>(work: (tx: Writer) => Promise<Result<T>>) =>
    must(await db.app.write(log.scope, work))
  bank = await ownSigner({ app: db.app, keyring: log.keyring }, { programme, write }, 'bank')
  const key = await vkey(db.app, programme)
  await writeFile(join(folder, 'logs'), `${key}\n`)
  const lines = [`log ${key}`, await start('bank'), await start('bureau'), 'group both all bank bureau']
  policyFile = join(folder, 'policy')
  await writeFile(policyFile, `${lines.join('\n')}\nquorum both\n`)
  policy = await readPolicy(policyFile)
})
afterAll(async () => {
  for (const name of [...running.keys()]) await stop(name)
  await db.close()
  await rm(folder, { recursive: true })
})

const record = async (times: number): Promise<string> => {
  const write = db.app.write(log.scope, async (tx: Writer) => {
    let id = ''
    for (let n = 0; n < times; n++)
      ({ id } = await log.recorder.record(tx, { type: 'a.b', subject: 's', holder: 'coop', pub: { n } }))
    return ok(id)
  })
  return must(await write)
}
const size = async () => (await db.owner<{ size: number }>('select size::int from log'))[0]!.size
const served = async () => (await checkpoint(db.app, log.scope.programme))!
/** Collects until the served checkpoint is of this size and has so many lines. */
async function collected(size: number, signatures: number): Promise<string> {
  return vi.waitFor(
    async () => {
      const text = await served()
      expect([readCheckpoint(text).size, text.match(/\u2014/g)!.length]).toEqual([size, signatures])
      return text
    },
    { timeout: 20_000, interval: 50 },
  )
}
async function collecting<T>(work: () => Promise<T>): Promise<T> {
  const stopping = new AbortController()
  const programmes = [log.scope.programme]
  const two = [1, 2].map(() =>
    startCollector({ database: db.batch, policy, programmes, signal: stopping.signal }),
  )
  try {
    return await work()
  } finally {
    stopping.abort()
    await Promise.all(two.map(({ stopped }) => stopped))
  }
}

it('the policy that a log shows has its witnesses and their quorum, and none of what else is in the file', async () => {
  const noted = join(folder, 'noted')
  await writeFile(noted, `# call Li before changing this\n${await readFile(policyFile, 'utf8')}`)
  const lines = (await witnessLines(noted)).split('\n')
  expect(lines.map(line => line.split(' ')[0])).toEqual(['witness', 'witness', 'group', 'quorum', ''])
})

describe('a log with two witnesses', () => {
  it('serves its checkpoint with their cosignatures, also with two servers that collect', () =>
    collecting(async () => {
      for (const times of [3, 300, 1]) {
        const fact = await record(times)
        await log.drain()
        const text = await collected(await size(), 3)
        expect(await openCheckpoint(Buffer.from(text), { trust: { policy } })).toMatchObject({
          ok: true,
          value: {
            cosignatures: [{ witness: { name: 'bank.example' } }, { witness: { name: 'bureau.example' } }],
          },
        })
        const receipt = await tlogProof(db.app, log.scope.programme, fact)
        expect(await verifyProof({ proof: Buffer.from(receipt!), trust: { policy } })).toMatchObject({
          ok: true,
          report: { witnesses: [{ name: 'bank.example' }, { name: 'bureau.example' }] },
        })
      }
    }))

  it('goes on when one is down, with the other’s word, and catches up when it is back', () =>
    collecting(async () => {
      await stop('bureau')
      await record(2)
      await log.drain()
      const now = await size()
      await vi.waitFor(
        async () => {
          const lines = await db.owner('select witness from log_cosignature where size = $1', [now])
          expect(lines).toEqual([{ witness: 'bank.example' }])
        },
        { timeout: 20_000, interval: 50 },
      )
      // the last head that both saw is given out for a while, then the newest with what it has
      expect(await openCheckpoint(Buffer.from(await served()), { trust: { policy } })).toMatchObject({
        ok: true,
      })
      await db.owner(`update log_head set signed_at = now() - interval '11 seconds'`)
      expect(readCheckpoint(await served()).size).toBe(now)
      expect(await openCheckpoint(Buffer.from(await served()), { trust: { policy } })).toMatchObject({
        problem: { name: 'policy.no-quorum' },
      })
      await start('bureau')
      await collected(now, 3)
    }))
})

describe('a backup restored beside its witnesses', () => {
  const at = (name: string) => join(folder, name)
  const tables = [
    'log_cosignature',
    'log_head',
    'log_tile',
    'log_entry',
    'fact_pending',
    'fact_private',
    'fact',
    'log',
  ]
  const backUp = async () => {
    await db.owner('create schema backup')
    for (const table of tables) await db.owner(`create table backup.${table} as table public.${table}`)
  }
  const restore = async () => {
    for (const table of tables) await db.owner(`delete from public.${table}`)
    for (const table of [...tables].reverse())
      await db.owner(`insert into public.${table} select * from backup.${table}`)
  }
  const look = (config: { witnessPolicy?: string; headsFolder?: string }) =>
    lookBackAtStart(
      {
        database: db.batch,
        config: { witnessPolicy: config.witnessPolicy, headsFolder: config.headsFolder },
        onError: (_, error) => {
          throw error
        },
      },
      [log.scope.programme],
    )
  it('finds nothing where nothing was lost', async () => {
    await backUp()
    await record(3)
    await log.drain()
    await collecting(async () => collected(await size(), 3))
    const stopping = new AbortController()
    const programmes = [log.scope.programme]
    const kept = keepHeads({ database: db.batch, folder: at('heads'), programmes, signal: stopping.signal })
    await vi.waitFor(async () => expect(await keptHead(at('heads'), 'shenzhen')).toBeDefined(), {
      timeout: 10_000,
    })
    stopping.abort()
    await kept.stopped
    expect(await look({ witnessPolicy: policyFile, headsFolder: at('heads') })).toEqual(new Map())
  })

  it('is noticed by what a witness saw, or by the head that was kept outside: nothing more is recorded', async () => {
    const seen = await size()
    for (const config of [{ witnessPolicy: policyFile }, { headsFolder: at('heads') }]) {
      await restore()
      const old = await size()
      const found = [...(await look(config)).values()]
      expect(found).toMatchObject([{ why: 'behind' }])
      expect(readCheckpoint(found[0]!.checkpoint).size).toBe(seen)
      const [before] = await db.owner('select count(*) from fact')
      await expect(record(1)).rejects.toMatchObject({ refusal: { code: 'log.halted' } })
      expect(await db.owner('select count(*) from fact')).toEqual([before])
      expect(await log.drain()).toBe(0)
      expect(readCheckpoint(await served()).size).toBe(old)
    }
  })

  it('that went on is noticed as soon as it sends its tree', async () => {
    await restore()
    await record(5)
    await log.drain()
    await collecting(() =>
      vi.waitFor(
        async () =>
          expect(await db.app.read(log.scope, haltOf)).toMatchObject({
            why: 'forked',
            by: expect.stringMatching(/bank|bureau/),
          }),
        { timeout: 20_000, interval: 50 },
      ),
    )
    expect(await look({ witnessPolicy: policyFile })).toMatchObject({ size: 1 })
  })

  it('goes on under another name, which its witnesses take on as a new log', async () => {
    const { programme } = log.scope
    const sent = bank.sign('bank.credited', { fen: '1' })
    const owner = new Database('owner', db.connections.owner, 1)
    const to = `${log.origin}-2`
    const succeed = (name: string) =>
      succeedLog(owner, db.batch, programme, { to: name, masterKey: db.secrets.masterKey })
    expect(await succeed(log.origin)).toMatchObject({ code: 'log.name_used' })
    expect(await succeed('a b')).toMatchObject({ code: 'log.bad_origin' })
    const before = await size()
    expect(await succeed(to)).toEqual({ ok: true, value: before + 1 })
    expect(await succeed(`${to}-3`)).toMatchObject({ code: 'log.not_halted' })
    await owner.close()
    // a server is started anew after it, and knows the log by its new name
    const keyring = new Keyring(db.secrets.masterKey)
    const recorder = createRecorder(keyring)
    log = { ...log, keyring, recorder, drain: () => drain(db.batch, keyring, programme) }
    const fact = await record(2)
    // what its bank had signed for the log by its old name is taken
    const signed = { entry: sent, types: ['bank.credited'], subject: () => 's' }
    must(await db.app.write(log.scope, async tx => ok(await recorder.recordSigned(tx, signed))))
    await log.drain()
    const key = (await vkey(db.app, programme))!
    expect(key.split('+')[0]).toBe(to)
    await appendFile(join(folder, 'logs'), `${key}\n`)
    const text = await readFile(policyFile, 'utf8')
    await writeFile(policyFile, text.replace(/^log .*/, `log ${key}`))
    policy = await readPolicy(policyFile)
    await collecting(async () => collected(before + 4, 3))
    const result = await audit({ fetchBytes: logSource(db.app, programme), trust: { policy } })
    expect(result.ok ? result.report : result.problems).toMatchObject({
      origin: to,
      size: before + 4,
      succeeded: [log.origin],
      witnesses: [{ name: 'bank.example' }, { name: 'bureau.example' }],
      types: { 'log.succeeded': 1 },
    })
    const proof = Buffer.from((await tlogProof(db.app, programme, fact))!)
    expect(await verifyProof({ proof, trust: { policy } })).toMatchObject({
      ok: true,
      report: { origin: to },
    })
    // and so is a receipt of what was recorded under the old one
    const [early] = await db.owner<{ id: string }>(
      'select fact_id as id from log_entry where programme_id = $1 and log_index = 2',
      [programme],
    )
    const old = Buffer.from((await tlogProof(db.app, programme, early!.id))!)
    expect(await verifyProof({ proof: old, trust: { policy } })).toMatchObject({
      ok: true,
      report: { origin: to, former: [log.origin], entry: { log: log.origin } },
    })
  })
})
