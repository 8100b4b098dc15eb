import { generateKeyPairSync } from 'node:crypto'
import { signCheckpoint } from '@silian/kernel/log/note.ts'
import { describe, expect, it } from 'vitest'
import { commitmentOf, factIn, leafOf } from './entry.ts'
import { faultOf } from './head.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
const origin = 'test.example/demo/shenzhen'
const root = leafOf(Buffer.from('one'))
const signer = { origin, keys: [raw] }
const note = signCheckpoint({ size: 7, root }, origin, [{ name: origin, publicKey: raw, privateKey }])

describe('a signed tree head', () => {
  it('speaks for the tree it was signed for', () => {
    expect(faultOf(note, signer, 7, root)).toBeUndefined()
  })
  it('speaks for no other tree', () => {
    expect(faultOf(note, signer, 8, root)).toBe('another tree')
    expect(faultOf(note, signer, 7, leafOf(Buffer.from('two')))).toBe('another tree')
    expect(faultOf(note, { ...signer, origin: 'test.example/other' }, 7, root)).toBe('another tree')
    expect(faultOf('', signer, 7, root)).toBe('another tree')
  })
  it('is not believed from another key, with a changed signature or with more after it', () => {
    const other = generateKeyPairSync('ed25519')
      .publicKey.export({ type: 'spki', format: 'der' })
      .subarray(-32)
    expect(faultOf(note, { origin, keys: [other] }, 7, root)).toBe('another key')
    const at = note.lastIndexOf('=') - 3
    const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`
    expect(faultOf(changed, signer, 7, root)).toBe('a bad signature')
    expect(faultOf(`${note}x`, signer, 7, root)).toBe('another form')
  })
  it('may carry those of several keys, each of which must be good', () => {
    const next = generateKeyPairSync('ed25519')
    const nextRaw = next.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
    const head = { size: 7, root }
    const both = signCheckpoint(head, origin, [
      { name: origin, publicKey: raw, privateKey },
      { name: origin, publicKey: nextRaw, privateKey: next.privateKey },
    ])
    for (const keys of [[raw], [nextRaw], [raw, nextRaw]])
      expect(faultOf(both, { origin, keys }, 7, root)).toBeUndefined()
    const forged = signCheckpoint(head, origin, [
      { name: origin, publicKey: raw, privateKey },
      { name: origin, publicKey: nextRaw, privateKey },
    ])
    expect(faultOf(forged, { origin, keys: [raw, nextRaw] }, 7, root)).toBe('a bad signature')
  })
  it('may carry the signatures of witnesses after its own', () => {
    expect(faultOf(`${note}\u2014 witness.example AAAA\n`, signer, 7, root)).toBeUndefined()
  })
})

describe('bytes of an entry', () => {
  it('give the fact with its leaf and its place', () => {
    const bytes = Buffer.from(
      '{"at":"2025-10-08T02:00:00.000Z","c":{},"id":"a","pub":{"order":"o"},"type":"order.paid"}',
    )
    expect(factIn(bytes, 3, false)).toMatchObject({
      index: 3,
      pending: false,
      type: 'order.paid',
      at: new Date('2025-10-08T02:00:00Z'),
      pub: { order: 'o' },
      leaf: leafOf(bytes).toString('base64'),
    })
  })
  it('that are no fact give none', () => {
    for (const text of ['', 'x', '{}', '{"at":"never","c":{},"pub":{}}', '{"at":"2025-10-08T02:00:00.000Z"}'])
      expect([text, factIn(Buffer.from(text), 0, false)]).toEqual([text, undefined])
  })
})

it('commits to a value by its salt and length', () => {
  // SHA-256 of the domain, 32 zero bytes, a length of 1 and "a", computed apart
  const commitment = commitmentOf(Buffer.alloc(32), Buffer.from('a'))
  expect(commitment).toBe('rvghrkSa5rdULMgn2V6wd8lgE3tRkfHuHFEZDndgG80=')
  expect(commitment).not.toBe(commitmentOf(Buffer.alloc(32, 1), Buffer.from('a')))
})
