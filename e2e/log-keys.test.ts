import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { addLogKey, logKeys, retireLogKey } from '@silian/kernel/log/keys.ts'
import { checkpoint, vkey } from '@silian/kernel/log/read.ts'
import { type TestLog, testLog } from '@silian/kernel/log/test-log.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { audit } from '@silian/verifier/audit.ts'
import { openCheckpoint } from '@silian/verifier/checkpoint.ts'
import { parseNote } from '@silian/verifier/note.ts'
import { parsePolicy } from '@silian/verifier/policy.ts'
import { parseVkey } from '@silian/verifier/vkey.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from './debian.ts'
import { logSource } from './log-source.ts'

let db: TestDatabase
let log: TestLog
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-log-keys-'))
  db = await testDatabase()
  log = await testLog(db)
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const keys = () => db.batch.read(log.scope, logKeys)
const change = <T>(work: (tx: Writer) => Promise<Result<T>>): Promise<Result<T>> =>
  db.batch.write(log.scope, work)
const served = () => vkey(db.app, 'shenzhen')

/** The newest head, by a fact that brings one. */
async function head(): Promise<string> {
  const fact = { type: 'thing.done', subject: 's', holder: 'coop-1', pub: {} }
  await db.app.write(log.scope, async tx => ok(await log.recorder.record(tx, fact)))
  await log.drain()
  return (await checkpoint(db.app, 'shenzhen'))!
}
const opens = async (note: string, trusted: Parameters<typeof openCheckpoint>[1]): Promise<string> => {
  const opened = await openCheckpoint(Buffer.from(note), trusted)
  return opened.ok ? 'ok' : opened.problem.name
}

describe('keys of a log', () => {
  it('overlap: heads are signed by both, and by the new one alone once the old one is retired', async () => {
    const [old] = await keys()
    expect([await keys(), await served()]).toEqual([[{ ...old, alg: 'ed25519', retired: false }], old!.vkey])
    const before = await head()
    expect(await change(tx => retireLogKey(tx, log.keyring, old!.keyId))).toMatchObject({ code: 'key.last' })
    expect(await change(tx => retireLogKey(tx, log.keyring, 'x'))).toMatchObject({ code: 'key.unknown' })

    const added = await change(tx => addLogKey(tx, log.keyring, 'ed25519'))
    const next = (await keys())[1]!
    expect(added).toEqual({ ok: true, value: next })
    expect(await served()).toBe(next.vkey)
    const both = await head()
    const policy = parsePolicy(`log ${old!.vkey}\nlog ${next.vkey}\nquorum none\n`)
    if (!policy.ok) throw new Error(policy.problem.name)
    const trust = { trust: { policy: policy.value } }
    expect([await opens(both, { vkey: old!.vkey }), await opens(both, { vkey: next.vkey })]).toEqual([
      'ok',
      'ok',
    ])

    expect(await change(tx => retireLogKey(tx, log.keyring, old!.keyId))).toEqual({ ok: true, value: null })
    expect(await change(tx => retireLogKey(tx, log.keyring, old!.keyId))).toMatchObject({
      code: 'key.revoked',
    })
    const after = await head()
    expect(await opens(after, { vkey: old!.vkey })).toBe('note.unsigned')
    expect(await opens(before, { vkey: next.vkey })).toBe('note.unsigned')
    // a reader who has both goes through the whole change
    for (const note of [before, both, after]) expect(await opens(note, trust)).toBe('ok')
  })

  it('are added one after the other, though two ask at once', async () => {
    const holders = async () =>
      (
        await db.owner<{ holder: string }>(`select holder from signing_key where role = 'log' order by 1`)
      ).map(({ holder }) => holder)
    const had = await holders()
    await Promise.all([1, 2].map(() => change(tx => addLogKey(tx, log.keyring, 'ed25519'))))
    expect(await holders()).toEqual([...had, 'log:3', 'log:4'])
  })

  it('may be of SM2 beside: openssl checks its line, and who does not know it is not disturbed', async () => {
    const openssl = findProgram({
      ...{ name: 'openssl', places: ['/usr/bin/openssl'], packages: 'openssl', variable: 'OPENSSL' },
    })
    const added = await change(tx => addLogKey(tx, log.keyring, 'sm2'))
    if (!added.ok) throw new Error(added.code)
    const key = parseVkey(added.value.vkey)
    if (!key.ok) throw new Error(key.problem.name)
    expect(key.value.type).toBe(0xff)
    expect(Buffer.from(key.value.key.subarray(0, 12)).toString()).toBe('sm2-with-sm3')
    const newest = await head()
    expect(await opens(newest, { vkey: (await served())! })).toBe('ok')

    const note = parseNote(Buffer.from(newest))
    if (!note.ok) throw new Error(note.problem.name)
    const line = note.value.signatures.find(({ id }) => id === key.value.id)!
    const file = async (name: string, bytes: Uint8Array | string) => {
      await writeFile(join(folder, name), bytes)
      return join(folder, name)
    }
    const pem = await file('sm2.pem', sm2Pem(Buffer.from(key.value.key.subarray(12))))
    const verify = async (text: string, signature: Uint8Array): Promise<boolean> => {
      const [head, sig] = [await file('head', text), await file('signature', signature)]
      const how = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
      const given = ['-pubin', '-inkey', pem, '-in', head, '-sigfile', sig]
      return spawnSync(openssl, ['pkeyutl', '-verify', ...given, ...how]).status === 0
    }
    const { text } = note.value
    expect(await verify(text, line.signature)).toBe(true)
    expect(await verify(text.replace('shenzhen', 'shanghai'), line.signature)).toBe(false)
    const damaged = Uint8Array.from(line.signature, (byte, at) => (at === 12 ? byte ^ 1 : byte))
    expect(await verify(text, damaged)).toBe(false)
  })

  it('are known to the audit and to the check', async () => {
    const report = await audit({ fetchBytes: logSource(db.app, 'shenzhen'), vkey: (await served())! })
    expect(report.ok ? report.report.types['key.registered'] : report.problems).toBe(6)
    const checked = await checkProgramme({ batch: db.batch, keyring: log.keyring }, 'shenzhen')
    const aboutKeys = checked.differences.filter(({ table }) => /^(signing_key|log_head|log)$/.test(table))
    expect(aboutKeys).toEqual([])
  })
})

/** SubjectPublicKeyInfo of a point on the curve sm2p256v1. */
function sm2Pem(point: Buffer): string {
  const head = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')
  const base64 = Buffer.concat([head, point]).toString('base64')
  return `-----BEGIN PUBLIC KEY-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`
}
