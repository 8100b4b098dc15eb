import { afterEach, describe, expect, test, vi } from 'vitest'
import { toBase64 } from './base64.ts'
import { toHex, utf8 } from './bytes.ts'
import { commit, openCommitment } from './commitment.ts'
import { isUsableKey, verifyEd25519, verifyEd25519All, verifyInJavaScript } from './ed25519.ts'
import { maxEntryBytes, parseEntry, verifyEntry } from './entry.ts'
import { canonical, TestLog } from './testing/build-log.ts'

const log = new TestLog()
const coop = log.key('coop', 'own')
const hash = toBase64(new Uint8Array(32))
const fact = { type: 'order.completed', by: coop }
const entryWith = (fields: Parameters<TestLog['bytes']>[0]['with']) =>
  parseEntry(utf8(log.bytes({ ...fact, ...(fields && { with: fields }) })))
const field = (result: ReturnType<typeof parseEntry>) =>
  result.ok ? undefined : (result.problem.detail?.field ?? result.problem.name)

describe('entries', () => {
  test('are read, and their signature is checked over exactly what was signed', async () => {
    const entry = entryWith({
      refs: [hash],
      c: { name: hash },
      seq: 2,
      prev: hash,
      pub: { 数量: 3, deep: [{ a: null }] },
    })
    if (!entry.ok) throw new Error(entry.problem.name)
    expect(entry.value.entry).toMatchObject({ type: 'order.completed', actor: coop.id, by: 'own', seq: 2 })
    expect(await verifyEntry(entry.value, coop.raw)).toBe(true)
    expect(await verifyEntry(entry.value, log.operator.raw)).toBe(false)
  })

  test.each([
    ['v', { v: 2 }],
    ['v', { v: '1' }],
    ['type', { type: 'order' }],
    ['type', { type: 'Order.completed' }],
    ['id', { id: '0192F0AA-0000-7000-8000-000000000000' }],
    ['id', { id: 'x' }],
    ['log', { log: '' }],
    ['at', { at: '2026-03-05T04:00:00Z' }],
    ['at', { at: '2026-02-30T04:00:00.000Z' }],
    ['at', { at: '2026-02-03T24:00:00.000Z' }],
    ['at', { at: '2026-02-03T12:00:00.000+08:00' }],
    ['actor', { actor: 'ABCDEF0123456789' }],
    ['by', { by: 'someone' }],
    ['pub', { pub: [] }],
    ['pub', { pub: { fen: 1.5 } }],
    ['pub', { pub: { rows: [{ fen: 2 ** 53 }] } }],
    ['c', { c: { name: 'short' } }],
    ['c', { c: [] }],
    ['refs', { refs: {} }],
    ['refs', { refs: [`${hash.slice(0, -2)}B=`] }],
    ['seq', { seq: 0, prev: '' }],
    ['seq', { prev: '' }],
    ['prev', { seq: 1 }],
    ['prev', { seq: 1, prev: hash }],
    ['prev', { seq: 2, prev: '' }],
    ['note', { note: 'unknown' }],
  ])('refused: wrong %s %j', (name, fields) => expect(field(entryWith(fields))).toBe(name))

  test('refused: a field left out', () => {
    const whole = JSON.parse(log.bytes(fact)) as Record<string, string>
    for (const name of Object.keys(whole)) {
      const { [name]: _, ...rest } = whole
      expect(field(parseEntry(utf8(canonical(rest))))).toBe(name)
    }
  })

  test('refused: a running number under a key held for its owner', () =>
    expect(field(parseEntry(utf8(log.bytes({ type: 'a.b', with: { seq: 1, prev: '' } }))))).toBe('seq'))

  test('refused: no object, not canonical, too long', () => {
    expect(field(parseEntry(utf8('[]')))).toBe('')
    expect(field(parseEntry(utf8(` ${log.bytes(fact)}`)))).toBe('entry.not-canonical')
    expect(field(entryWith({ pub: { x: 'x'.repeat(maxEntryBytes) } }))).toBe('entry.not-canonical')
  })
})

describe('commitments', () => {
  const salt = new Uint8Array(32).fill(7)
  const commitment = toBase64(commit(salt, utf8('张三')))

  test('open with the same salt and value only', () => {
    expect(openCommitment(salt, utf8('张三'), commitment)).toBe(true)
    expect(openCommitment(salt, utf8('李四'), commitment)).toBe(false)
    expect(openCommitment(new Uint8Array(32), utf8('张三'), commitment)).toBe(false)
    expect(openCommitment(new Uint8Array(31), utf8('张三'), commitment)).toBe(false)
    expect(openCommitment(salt, utf8('张三'), 'short')).toBe(false)
  })

  test('a salt of another length cannot be committed with', () =>
    expect(() => commit(new Uint8Array(16), utf8('x'))).toThrow(RangeError))
})

describe('Ed25519', () => {
  const parsed = parseEntry(utf8(log.bytes(fact)))
  if (!parsed.ok) throw new Error(parsed.problem.name)
  const job = { key: coop.raw, message: parsed.value.signed, signature: parsed.value.signature }

  test('native and JavaScript give the same answers', async () => {
    const wrong = [
      { ...job, message: utf8('other') },
      { ...job, key: new Uint8Array(32) },
      { ...job, key: new Uint8Array(31) },
      { ...job, signature: new Uint8Array(64) },
      { ...job, signature: new Uint8Array(63) },
    ]
    expect(await verifyEd25519All([job, ...wrong])).toEqual([true, false, false, false, false, false])
    expect([job, ...wrong].map(verifyInJavaScript)).toEqual([true, false, false, false, false, false])
  })

  afterEach(() => vi.unstubAllGlobals())

  test.each([
    ['does not know Ed25519', { subtle: { importKey: () => Promise.reject(new Error('unknown')) } }],
    ['is missing on a page over plain http', {}],
  ])('falls back to JavaScript where WebCrypto %s', async (_, crypto) => {
    vi.stubGlobal('crypto', crypto)
    vi.resetModules()
    const fresh = await import('./ed25519.ts')
    expect(await fresh.verifyEd25519All([job, { ...job, message: utf8('other') }])).toEqual([true, false])
  })

  test('a signature with a scalar beyond the group order is refused', async () => {
    const signature = Uint8Array.from(job.signature)
    const order = (1n << 252n) + 27742317777372353535851937790883648493n
    let scalar =
      [...signature.subarray(32)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order
    for (let at = 32; at < 64; at++, scalar >>= 8n) signature[at] = Number(scalar & 255n)
    expect(await verifyEd25519({ ...job, signature })).toBe(false)
    expect(verifyInJavaScript({ ...job, signature })).toBe(false)
  })

  test('keys that accept anyone’s signature cannot be used', () => {
    expect(isUsableKey(coop.raw)).toBe(true)
    const identity = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0))
    expect(isUsableKey(identity)).toBe(false)
    expect(isUsableKey(new Uint8Array(32))).toBe(false)
    expect(isUsableKey(new Uint8Array(32).fill(255)), toHex(coop.raw)).toBe(false)
  })
})
