import { describe, expect, test } from 'vitest'
import { toBase64 } from './base64.ts'
import type { Entry } from './entry.ts'
import { actorKeyId, KeyRegistry } from './keys.ts'
import { type TestFact, TestLog } from './testing/build-log.ts'
import { type TestKey, testKey } from './testing/keys.ts'

const log = new TestLog()
const guest = testKey('guest', 'own')
const as = (fact: TestFact) => JSON.parse(log.bytes(fact)) as Entry
const created = JSON.parse(log.entries[0]!.toString()) as Entry
const registration = (key: TestKey, more: object = {}) => ({
  type: 'key.registered',
  pub: {
    keyId: key.id,
    key: key.raw.toString('base64'),
    alg: 'ed25519',
    custody: key.custody,
    holder: 'x',
    ...more,
  },
})

/** Names of the problems that the facts meet, one a fact, in a log just created. */
function judge(...facts: TestFact[]): (string | undefined)[] {
  const registry = new KeyRegistry()
  registry.admit(0, created)
  return facts.map((fact, at) => {
    const key = registry.admit(at + 1, as(fact))
    return key.ok ? undefined : key.problem.name
  })
}

describe('key registry', () => {
  test('a registered key speaks until it is revoked', () => {
    const speak = { type: 'a.b', by: guest }
    const revoke = { type: 'key.revoked', pub: { keyId: guest.id } }
    expect(judge(speak, registration(guest), speak, revoke, speak, revoke)).toEqual([
      'entry.unknown-key',
      undefined,
      undefined,
      undefined,
      'entry.revoked-key',
      undefined,
    ])
  })

  test('a fact says who holds its key as it was registered', () => {
    const asHeld = { type: 'a.b', by: { ...guest, custody: 'held' as const } }
    expect(judge(registration(guest), asHeld)).toEqual([undefined, 'entry.wrong-custody'])
    expect(judge({ type: 'a.b', by: { ...log.operator, custody: 'own' } })).toEqual(['entry.wrong-custody'])
  })

  test('a log may have a key of SM2 beside its own, that signs no entry', () => {
    const point = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)])
    const keyId = actorKeyId(point)
    const sm2 = (more: object = {}) =>
      registration(guest, {
        ...{ keyId, key: point.toString('base64'), alg: 'sm2', custody: 'held', holder: 'log:2' },
        ...more,
      })
    const speak = { type: 'a.b', by: { ...guest, id: keyId, custody: 'held' as const } }
    const revoke = { type: 'key.revoked', pub: { keyId } }
    expect(judge(sm2(), sm2(), speak, revoke, revoke)).toEqual([
      undefined,
      'key.registered-twice',
      'entry.unknown-key',
      undefined,
      undefined,
    ])
    for (const wrong of [
      { holder: 'x' },
      { holder: 'log:' },
      { custody: 'own' },
      { keyId: guest.id },
      { key: guest.raw.toString('base64') },
      { key: Buffer.concat([Buffer.of(2), Buffer.alloc(64, 7)]).toString('base64') },
    ])
      expect(judge(sm2(wrong))).toEqual(['key.malformed'])
  })

  test('only the operator changes keys', () => {
    const other = registration(testKey('other', 'own'))
    const revoke = { type: 'key.revoked', by: guest, pub: { keyId: log.operator.id } }
    expect(judge(registration(guest), { ...other, by: guest }, revoke)).toEqual([
      undefined,
      'key.not-by-operator',
      'key.not-by-operator',
    ])
  })

  test('no key comes twice, so a revocation is final', () => {
    const revoke = { type: 'key.revoked', pub: { keyId: guest.id } }
    expect(judge(registration(guest), revoke, registration(guest)).at(-1)).toBe('key.registered-twice')
    expect(judge(registration(log.operator))).toEqual(['key.registered-twice'])
  })

  test('the operator can give up its own key', () => {
    const revoke = { type: 'key.revoked', pub: { keyId: log.operator.id } }
    expect(judge(revoke, registration(guest))).toEqual([undefined, 'entry.revoked-key'])
  })

  const weak = Buffer.alloc(32)
  weak[0] = 1
  test.each([
    ['another id', { keyId: '0123456789abcdef' }],
    ['another algorithm', { alg: 'ecdsa' }],
    ['unknown custody', { custody: 'shared' }],
    ['no holder', { holder: 1 }],
    ['no key', { key: '' }],
    ['a key of small order', { key: toBase64(weak), keyId: actorKeyId(weak) }],
  ])('refused: %s', (_, more) => expect(judge(registration(guest, more))).toEqual(['key.malformed']))

  test('revoking what was never registered', () => {
    expect(judge({ type: 'key.revoked', pub: { keyId: guest.id } })).toEqual(['key.unknown'])
    expect(judge({ type: 'key.revoked' })).toEqual(['key.unknown'])
  })

  test('the first entry creates the log, and only the first', () => {
    const first = (entry: Entry) => new KeyRegistry().admit(0, entry)
    expect(first(as({ type: 'a.b' }))).toMatchObject({ problem: { name: 'log.first-entry' } })
    expect(first({ ...created, pub: {} })).toMatchObject({ problem: { name: 'key.malformed' } })
    expect(first({ ...created, actor: guest.id })).toMatchObject({ problem: { name: 'entry.unknown-key' } })
    expect(judge({ type: 'log.created', pub: { programme: 'x' } })).toEqual(['log.created-again'])
  })

  test('knows its keys', () => {
    const registry = new KeyRegistry()
    registry.admit(0, created)
    registry.admit(1, as(registration(guest)))
    expect(registry.size).toBe(2)
    expect(registry.get(guest.id)).toMatchObject({ custody: 'own', holder: 'x' })
  })
})
