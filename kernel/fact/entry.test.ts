import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commit as verifierCommit } from '../../verifier/commitment.ts'
import { parseEntry as verifierParse, verifyEntry } from '../../verifier/entry.ts'
import { leafHash } from '../../verifier/rfc6962.ts'
import { newId } from '../ids/ids.ts'
import { commit } from './commitment.ts'
import { generateRaw, keyIdOf, privateKeyOf, publicKeyOf } from './ed25519.ts'
import { isSignedBy, leafHashOf, parseEntry, signHeld } from './entry.ts'
import { BadFact, type JsonObject } from './public-part.ts'

const raw = generateRaw()
const body = (pub: JsonObject = { orderId: 'o1', fen: '1250' }) => ({
  type: 'order.completed',
  id: newId(),
  log: 'log.example/demo/x',
  at: '2026-03-05T04:00:00.000Z',
  actor: keyIdOf(raw.publicKey),
  pub,
  c: { name: commit(Buffer.alloc(32), Buffer.from('张三')).toString('base64') },
  refs: [hash('sha256', 'x', 'base64')],
})
const signed = (pub?: JsonObject): Buffer => signHeld(body(pub), privateKeyOf(raw.seed))
const changed = (change: object): Buffer =>
  Buffer.from(canonicalize({ ...(JSON.parse(signed().toString()) as object), ...change })!)

describe('an entry', () => {
  it('is canonical, has the shape of the format and its signature holds, by our reader and the verifier', async () => {
    const bytes = signed()
    const ours = parseEntry(bytes)!
    expect(canonicalize(ours)).toBe(bytes.toString())
    expect(isSignedBy(ours, publicKeyOf(raw.publicKey))).toBe(true)
    const theirs = verifierParse(bytes)
    if (!theirs.ok) throw new Error(theirs.problem.name)
    expect(await verifyEntry(theirs.value, raw.publicKey)).toBe(true)
    expect(Object.keys(ours).sort()).toEqual([
      'actor',
      'at',
      'by',
      'c',
      'id',
      'log',
      'pub',
      'refs',
      'sig',
      'type',
      'v',
    ])
  })

  it('is the same for any public part that JSON can hold', async () => {
    const value = fc
      .jsonValue({ noUnicodeString: false, maxDepth: 4 } as object)
      .map(json => JSON.parse(JSON.stringify(json, safe)))
    await fc.assert(
      fc.asyncProperty(value, async json => {
        const bytes = signed({ json })
        const theirs = verifierParse(bytes)
        expect(theirs.ok && (await verifyEntry(theirs.value, raw.publicKey))).toBe(true)
        expect(parseEntry(bytes)).toEqual(JSON.parse(bytes.toString()))
      }),
      { numRuns: 100 },
    )
  })

  it('hashes to the RFC 6962 leaf', () => {
    const bytes = signed()
    expect(new Uint8Array(leafHashOf(bytes))).toEqual(leafHash(bytes))
  })

  it('is not made for a kind or id that the format does not know', () => {
    const key = privateKeyOf(raw.seed)
    for (const type of ['completed', 'Order.completed', 'order.', 'order completed', 'o"r.x'])
      expect(() => signHeld({ ...body(), type }, key)).toThrow(BadFact)
    expect(() => signHeld({ ...body(), id: 'X' }, key)).toThrow(BadFact)
  })
})

const safe = (_: string, value: unknown) => (typeof value === 'number' ? Math.trunc(value % 1e9) || 0 : value)

describe('bytes from outside', () => {
  it('are refused unless they are their own canonical form', () => {
    const text = signed().toString()
    for (const other of [
      ` ${text}`,
      `${text}\n`,
      `\ufeff${text}`,
      text.replace(':', ': '),
      text.replace('{"actor"', '{"actor":"0000000000000000","actor"'),
      text.replace('"v":1}', '"v":1.0}'),
      text.replace('"o1"', '"\\u006f1"'),
      text.replace('"o1"', '"\\ud800"'),
      '[]',
      'null',
      '',
    ])
      expect(parseEntry(Buffer.from(other))).toBeUndefined()
    expect(parseEntry(Buffer.concat([signed(), Buffer.of(0xff)]))).toBeUndefined()
    expect(parseEntry(Buffer.alloc(65_536, 0x20))).toBeUndefined()
  })

  it.each<[string, object]>([
    ['v', { v: 2 }],
    ['unknown key', { more: 1 }],
    ['type', { type: 'order' }],
    ['upper-case id', { id: newId().toUpperCase() }],
    ['empty log', { log: '' }],
    ['30 February', { at: '2026-02-30T00:00:00.000Z' }],
    ['no milliseconds', { at: '2026-02-03T00:00:00Z' }],
    ['actor', { actor: 'ABCDEF0123456789' }],
    ['by', { by: 'lent' }],
    ['pub', { pub: [] }],
    ['fraction', { pub: { n: 0.5 } }],
    ['commitment', { c: { name: 'AAAA' } }],
    ['sloppy base64', { refs: [`${hash('sha256', 'x', 'base64').slice(0, -2)}B=`] }],
    ['signature', { sig: 'AAAA' }],
    ['seq of a held key', { seq: 1, prev: '' }],
    ['seq without prev', { by: 'own', seq: 1 }],
    ['first with a prev', { by: 'own', seq: 1, prev: hash('sha256', 'x', 'base64') }],
    ['later without one', { by: 'own', seq: 2, prev: '' }],
    ['seq 0', { by: 'own', seq: 0, prev: '' }],
  ])('are refused for their shape, as by the verifier: %s', (_, change) => {
    const bytes = changed(change)
    expect(parseEntry(bytes)).toBeUndefined()
    expect(verifierParse(bytes).ok).toBe(false)
  })

  it('are taken with a running number', () => {
    expect(parseEntry(changed({ by: 'own', seq: 1, prev: '' }))?.seq).toBe(1)
    expect(parseEntry(changed({ by: 'own', seq: 2, prev: hash('sha256', 'x', 'base64') }))?.seq).toBe(2)
  })

  it('do not verify once anything is changed', () => {
    const entry = parseEntry(changed({ type: 'order.cancelled' }))!
    expect(isSignedBy(entry, publicKeyOf(raw.publicKey))).toBe(false)
  })
})

describe('a commitment', () => {
  it('is the one the verifier opens, and says nothing without its salt', () => {
    const [salt, value] = [Buffer.alloc(32, 9), Buffer.from('44030519900101123X')]
    expect(new Uint8Array(commit(salt, value))).toEqual(verifierCommit(salt, value))
    expect(commit(Buffer.alloc(32, 8), value)).not.toEqual(commit(salt, value))
    expect(() => commit(Buffer.alloc(31), value)).toThrow(RangeError)
  })
})
