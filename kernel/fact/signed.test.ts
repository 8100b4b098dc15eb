import { sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { commit } from './commitment.ts'
import { generateRaw, keyIdOf, privateKeyOf, type RawKeyPair } from './ed25519.ts'
import { leafHashOf } from './entry.ts'
import { openHidden } from './hidden.ts'
import { registerOwnKey, revokeKey } from './key-facts.ts'
import { listLate } from './late-reads.ts'
import { factById } from './read.ts'
import type { SignedFact } from './signed.ts'

let db: TestDatabase
let log: TestLog
let bank: RawKeyPair
const now = new Date('2026-05-01T08:00:00.000Z')
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
  bank = generateRaw()
  must(
    await db.app.write(log.scope, tx =>
      registerOwnKey(tx, log.keyring, { holder: 'bank', publicKey: bank.publicKey, as: 'bank' }),
    ),
  )
})
afterAll(() => db.close())

/** What a client makes with a key of its own, and nothing of ours. */
function signedBy(key: RawKeyPair, change: Record<string, unknown> = {}): Buffer {
  const body = {
    v: 1,
    type: 'payment.received',
    id: newId(),
    log: log.origin,
    at: '2026-05-01T07:59:00.000Z',
    actor: keyIdOf(key.publicKey),
    by: 'own',
    pub: { orderId: 'o1', fen: '1250' },
    c: {},
    refs: [],
    ...change,
  }
  const message = Buffer.from(`silian/fact/v1\n${canonicalize(body)}`)
  return Buffer.from(
    canonicalize({ ...body, sig: sign(null, message, privateKeyOf(key.seed)).toString('base64') })!,
  )
}

const send = (entry: Buffer, more: Partial<SignedFact> = {}) =>
  db.app.write({ ...log.scope, at: now }, async tx =>
    ok(
      await log.recorder.recordSigned(tx, {
        entry,
        types: ['payment.received'],
        subject: ({ pub }) => String(pub.orderId),
        ...more,
      }),
    ),
  )
const count = async () => (await db.owner<{ n: number }>('select count(*)::int as n from fact'))[0]!.n

/** Sends what must be refused and tells how, having made sure that nothing was left. */
async function refusal(entry: Buffer, more: Partial<SignedFact> = {}) {
  const before = await count()
  const result = await send(entry, more)
  expect(await count()).toBe(before)
  return result.ok ? 'recorded' : [result.code, result.params.reason].filter(Boolean).join(' ')
}

describe('a fact signed elsewhere', () => {
  it('is recorded as the bytes that came, by its own key', async () => {
    const entry = signedBy(bank)
    const result = must(await send(entry))
    expect(result).toMatchObject({ leafHash: leafHashOf(entry), repeated: false })
    const [row] = await db.owner<{ entry: Buffer }>('select entry from fact where id = $1', [result.id])
    expect(row!.entry).toEqual(entry)
    const stored = await db.app.read(log.scope, tx => factById(tx, result.id))
    expect(stored).toMatchObject({
      signedBy: 'own',
      subject: 'o1',
      keyId: keyIdOf(bank.publicKey),
      recordedAt: now,
    })
  })

  it('may come again, one after another and at once, and is recorded once', async () => {
    const entry = signedBy(bank)
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(entry)))
    expect(answers.map(answer => must(answer).repeated).sort()).toEqual([false, true, true, true, true, true])
    expect(must(await send(entry)).repeated).toBe(true)
    const twice = await db.app.write({ ...log.scope, at: now }, async tx => {
      const again = signedBy(bank)
      const one = { entry: again, types: ['payment.received'], subject: () => 's' }
      const first = await log.recorder.recordSigned(tx, one)
      return ok([first.repeated, (await log.recorder.recordSigned(tx, one)).repeated])
    })
    expect(must(twice)).toEqual([false, true])
  })

  it('conflicts with another of its id', async () => {
    const id = newId()
    must(await send(signedBy(bank, { id })))
    expect(await refusal(signedBy(bank, { id, pub: { orderId: 'o1', fen: '9999' } }))).toBe('fact.conflict')
  })

  it('is refused when forged in any way', async () => {
    const stranger = generateRaw()
    const text = signedBy(bank).toString()
    expect(await refusal(Buffer.from(text.replace('1250', '1251')))).toBe('fact.forged signature')
    expect(await refusal(Buffer.from(`${text} `))).toBe('fact.forged shape')
    expect(await refusal(signedBy(stranger))).toBe('fact.forged key')
    expect(await refusal(signedBy(stranger, { actor: keyIdOf(bank.publicKey) }))).toBe(
      'fact.forged signature',
    )
    expect(await refusal(signedBy(bank, { log: 'log.example/demo/other' }))).toBe('fact.forged log')
    expect(await refusal(signedBy(bank, { by: 'held' }))).toBe('fact.forged type')
    expect(await refusal(signedBy(bank, { type: 'figure.published' }))).toBe('fact.forged type')
    expect(await refusal(signedBy(bank, { type: 'key.registered' }), { types: ['key.registered'] })).toBe(
      'fact.forged type',
    )
  })

  it('is refused under the id of a key that we hold', async () => {
    const [held] = await db.owner<{ key_id: string }>(
      `select key_id from signing_key where role = 'operator'`,
    )
    expect(await refusal(signedBy(bank, { actor: held!.key_id }))).toBe('fact.forged key')
  })

  it('is refused for what must not be public, for the future, and for refs to nothing', async () => {
    expect(await refusal(signedBy(bank, { pub: { who: '13812345678' } }))).toBe('fact.personal')
    expect(await refusal(signedBy(bank, { at: '2026-05-01T08:05:00.001Z' }))).toBe('fact.at_future')
    expect(await refusal(signedBy(bank, { refs: [Buffer.alloc(32).toString('base64')] }))).toBe(
      'fact.unknown_ref',
    )
    expect(must(await send(signedBy(bank, { at: '2026-05-01T08:05:00.000Z' }))).repeated).toBe(false)
  })

  it('follows in the log what it refers to, though its id was made earlier', async () => {
    const first = must(await send(signedBy(bank, { id: 'ffffffff-ffff-7fff-bfff-fffffffffff1' })))
    const refs = [first.leafHash.toString('base64')]
    const second = must(await send(signedBy(bank, { id: '00000000-0000-7000-8000-0000000000f1', refs })))
    await log.drain()
    const [one, two] = await Promise.all(
      [first.id, second.id].map(id => db.app.read(log.scope, tx => factById(tx, id))),
    )
    expect(one!.index).toBeLessThan(two!.index!)
  })

  it('may bring the openings of its hidden fields, which must fit', async () => {
    const [salt, value] = [Buffer.alloc(32, 3), Buffer.from('6222020000000000000')]
    const entry = signedBy(bank, { c: { account: commit(salt, value).toString('base64') } })
    const opening = (more: object) => ({ openings: { account: { salt, value, ...more } } })
    expect(await refusal(entry, opening({ value: Buffer.from('x') }))).toBe('fact.forged opening')
    expect(await refusal(entry, opening({ salt: Buffer.alloc(31) }))).toBe('fact.forged opening')
    expect(await refusal(entry, { openings: { other: { salt, value } } })).toBe('fact.forged opening')
    const { id } = must(await send(entry, opening({})))
    const kept = await db.app.read(log.scope, tx => openHidden(tx, log.keyring, id))
    expect(kept).toEqual([{ field: 'account', salt, value }])
  })

  it('is refused once its key is revoked, while what was recorded before is still known', async () => {
    const key = generateRaw()
    must(
      await db.app.write(log.scope, tx =>
        registerOwnKey(tx, log.keyring, { holder: 'device', publicKey: key.publicKey, as: 'device' }),
      ),
    )
    const before = signedBy(key)
    must(await send(before))
    must(await db.app.write(log.scope, tx => revokeKey(tx, log.keyring, keyIdOf(key.publicKey))))
    expect(await refusal(signedBy(key))).toBe('fact.forged revoked')
    expect(must(await send(before)).repeated).toBe(true)
  })
})

describe('a claim that comes late', () => {
  const told = (type: string, at: string) =>
    send(signedBy(bank, { type, at, pub: { orderId: `late ${type}`, fen: '1' } }), { types: [type] })

  it('is taken, and listed once it is older than its kind allows', async () => {
    const days = (n: number, more = 0) => new Date(now.getTime() - n * 86_400_000 - more).toISOString()
    const [bankLate, paperLate] = [days(7, 1), days(40)]
    for (const [type, at] of [
      ['bank.credited', days(7)],
      ['bank.credited', bankLate],
      ['payment.received', days(31)],
      ['payment.received', paperLate],
    ] as const)
      must(await told(type, at))
    await log.drain()
    const listed = await db.app.read(log.scope, tx => listLate(tx, { limit: 50 }))
    const shown = (type: string, at: string, days: number, withinDays: number) => ({
      ...{
        type,
        at,
        recordedAt: now.toISOString(),
        subject: `late ${type}`,
        signedBy: 'own',
        days,
        withinDays,
      },
      ...{ factId: expect.any(String), logIndex: expect.any(Number) },
    })
    expect(listed.next).toBeNull()
    expect(listed.items.toSorted((a, b) => a.days - b.days)).toEqual([
      shown('bank.credited', bankLate, 7, 7),
      shown('payment.received', paperLate, 40, 31),
    ])
    // what is late by another's clock alone fills no page
    const pages = await db.app.read(log.scope, tx => listLate(tx, { limit: 1 }))
    expect(pages.next).not.toBeNull()
  })
})
