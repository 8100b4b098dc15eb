import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOrganisation } from '../access/organisations.ts'
import type { Principal } from '../access/principal.ts'
import type { Writer } from '../database/database.ts'
import { factsAt } from '../fact/read.ts'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { must, ok, type Result } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { bodyToSign, type Countersignable, countersign, signedWords } from './countersign.ts'
import { gradesOf } from './grades.ts'
import { addOwnKey, endOwnKey, listOwnKeys, proofBytes } from './own-keys.ts'

let db: TestDatabase
let log: TestLog
const [buyer, bank, other] = [newId(), newId(), newId()] as const
const reach = {
  ...{ programme: 'shenzhen', everything: false, areaPaths: [], personIds: [] },
  organisationIds: [buyer, bank],
}
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
  await db.owner(`insert into area (code, name_zh, name_en, level, parent_code, path, valid_from)
    values ('440000', '广东省', 'Guangdong', 'province', null, '440000', '2000-01-01') on conflict do nothing`)
  for (const [id, type] of [
    [buyer, 'enterprise'],
    [bank, 'bank'],
    [other, 'enterprise'],
  ] as const) {
    const names = { key: `it.${id}`, nameZh: '某单位', nameEn: 'Somebody', areaCode: '440000' }
    must(await write(tx => createOrganisation(tx, { id, type, ...names })))
  }
})
afterAll(() => db.close())

const write = <T>(work: (tx: Writer) => Promise<Result<T>>) => db.app.write(log.scope, work)

/** A key that its holder has, and how it signs. */
function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const signed = (bytes: Buffer) => sign(null, bytes, privateKey).toString('base64')
  return {
    keyId: createHash('sha256').update(raw).digest('hex').slice(0, 16),
    publicKey: raw.toString('base64'),
    signed,
  }
}
type Key = ReturnType<typeof keyPair>

const asked = (key: Key, holder: string, said: object = {}) => {
  const words = { holder, key: key.publicKey, kind: 'client', log: log.origin, ...said }
  const base = { holder, kind: 'client', label: 'it', publicKey: key.publicKey } as const
  return { ...base, proof: key.signed(proofBytes(words)) }
}
const add = (key: Key, holder: string, said?: object) =>
  write(tx => addOwnKey(tx, log.keyring, reach, asked(key, holder, said)))
const keys = () => db.owner<{ n: number }>(`select count(*)::int as n from signing_key where custody = 'own'`)

describe('an own key', () => {
  it('speaks as what its organisation is', async () => {
    const [mine, banks] = [keyPair(), keyPair()]
    must(await add(mine, buyer))
    must(await add(banks, bank))
    const rows = await db.owner<{ key_id: string; speaks_as: string }>(
      'select key_id, speaks_as from signing_key where key_id = any($1)',
      [[mine.keyId, banks.keyId]],
    )
    expect(new Map(rows.map(row => [row.key_id, row.speaks_as]))).toEqual(
      new Map([
        [mine.keyId, 'party'],
        [banks.keyId, 'bank'],
      ]),
    )
  })

  it('is refused to who does not stand for its holder or does not have it, and leaves nothing', async () => {
    const before = await keys()
    const key = keyPair()
    expect(await add(key, other)).toMatchObject({ code: 'organisation.not_found' })
    expect(await add(key, newId())).toMatchObject({ code: 'organisation.not_found' })
    for (const said of [{ holder: bank }, { log: 'another.example/log' }, { kind: 'browser' }, { key: '' }])
      expect(await add(key, buyer, said)).toMatchObject({ code: 'key.unproven' })
    const small = { ...asked(key, buyer), publicKey: Buffer.alloc(32).toString('base64') }
    expect(await write(tx => addOwnKey(tx, log.keyring, reach, small))).toMatchObject({
      code: 'key.malformed',
    })
    expect(await keys()).toEqual(before)
    must(await add(key, buyer))
    expect(await add(key, buyer)).toMatchObject({ code: 'key.exists' })
  })

  it('is ended once, by whom it is within reach', async () => {
    const key = keyPair()
    must(await add(key, buyer))
    const end = (organisationIds: string[]) =>
      write(tx => endOwnKey(tx, log.keyring, { ...reach, organisationIds }, key.keyId, 'lost'))
    expect(await end([bank])).toMatchObject({ code: 'key.not_found' })
    expect(await end([buyer])).toEqual(ok({ keyId: key.keyId }))
    expect(await end([buyer])).toMatchObject({ code: 'key.revoked' })
    const listed = await db.app.read(log.scope, tx => listOwnKeys(tx, log.keyring, reach, { limit: 50 }))
    expect(listed.items.find(({ keyId }) => keyId === key.keyId)?.revokedAt).not.toBeNull()
  })
})

describe('a countersignature', () => {
  const kind: Countersignable = {
    type: 'thing.done',
    roles: ['canteen_acceptor'],
    parties: async () => ({ organisationIds: [buyer] }),
  }
  const principal = (organisationId: string): Principal => ({
    ...{ kind: 'person', id: 'somebody', programme: 'shenzhen' },
    roles: [{ role: 'canteen_acceptor', organisationId, areaPath: null }],
  })
  const record = (type: string) =>
    write(async tx => ok(await log.recorder.record(tx, { type, subject: 's', holder: 'h', pub: {} })))
  const words = (fact: string, key: Key, by = buyer) =>
    db.app.read(log.scope, tx => bodyToSign(tx, log.keyring, [kind], principal(by), { fact, key: key.keyId }))
  const send = (fact: string, bytes: Buffer, by = buyer) =>
    write(tx => countersign(tx, log.keyring, [kind], principal(by), { fact, bytes }))
  const entryOf = (key: Key, body: object) => {
    const text = canonicalize(body)!
    return signedWords(text, key.signed(Buffer.from(`silian/fact/v1\n${text}`)))
  }

  it('says the fact is so, by a key of its party; anything else is refused and leaves nothing', async () => {
    const key = keyPair()
    must(await add(key, buyer))
    const [done, told] = [must(await record('thing.done')), must(await record('thing.told'))]
    expect(await words(told.id, key)).toMatchObject({ code: 'fact.not_signable' })
    expect(await words(newId(), key)).toMatchObject({ code: 'fact.not_found' })
    expect(await words(done.id, key, other)).toMatchObject({ code: 'fact.not_found' })
    expect(await words(done.id, keyPair())).toMatchObject({ code: 'key.not_found' })
    const { body } = must(await words(done.id, key))
    const said = JSON.parse(Buffer.from(body, 'base64').toString()) as Record<string, unknown>
    for (const [field, value] of [
      ['pub', { fact: told.id, type: 'thing.done' }],
      ['pub', { fact: done.id, type: 'thing.told' }],
      ['refs', []],
      ['id', newId()],
      ['at', '2020-01-01T00:00:00.000Z'],
    ] as const)
      expect(await send(done.id, entryOf(key, { ...said, [field]: value }))).toMatchObject({
        ...{ code: 'countersignature.malformed', params: { field } },
      })
    expect(await send(done.id, Buffer.from('{}'))).toMatchObject({ code: 'countersignature.malformed' })
    expect(await send(done.id, entryOf(key, { ...said, actor: '0123456789abcdef' }))).toMatchObject({
      code: 'key.not_found',
    })
    const grade = () => db.app.read(log.scope, tx => gradesOf(tx, [done.id]))
    expect((await grade()).get(done.id)).toBe('declared')
    expect(must(await send(done.id, entryOf(key, said)))).toMatchObject({ repeated: false })
    expect(must(await send(done.id, entryOf(key, said)))).toMatchObject({ repeated: true })
    expect((await grade()).get(done.id)).toBe('countersigned')
    expect(await words(done.id, key)).toMatchObject({ code: 'fact.countersigned' })
    await log.drain()
    expect(await db.app.read(log.scope, tx => factsAt(tx, [0]))).toHaveLength(1)
  })
})
