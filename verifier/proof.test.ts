import { describe, expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { formatProof, type ProofOptions, parseProof, verifyProof } from './proof.ts'
import { formatReceipt, readReceipt } from './receipt.ts'
import { TestLog } from './testing/build-log.ts'
import { sampleLog } from './testing/sample-log.ts'

const { log, coop, office, order, salt, buyer } = sampleLog()
const entry = log.entries[order]!
const opening = { name: 'buyer', salt, value: buyer }
const verify = (more: Partial<ProofOptions>) =>
  verifyProof({ proof: log.proof(order), vkey: log.vkey, ...more })

async function problem(more: Partial<ProofOptions>): Promise<string> {
  const result = await verify(more)
  return result.ok ? 'good' : result.problems.map(({ name }) => name).join()
}

describe('a proof', () => {
  test('shows that the log holds an entry given beside it', async () => {
    const result = await verify({ entry })
    expect(result).toMatchObject({
      ok: true,
      report: { origin: log.origin, size: 8, index: order, openings: [] },
    })
    expect(result.ok && result.report.entry.type).toBe('order.completed')
  })

  test('as a receipt carries the entry and opens hidden fields', async () => {
    const proof = log.proof(order, formatReceipt({ entry, openings: [opening] }))
    const result = await verify({ proof })
    expect(result.ok && result.report.openings.map(({ value }) => Buffer.from(value).toString())).toEqual([
      '采购单位',
    ])
  })

  test('of every entry, and of the only one', async () => {
    for (const [index, bytes] of log.entries.entries()) {
      expect(await problem({ proof: log.proof(index), entry: bytes })).toBe('good')
    }
    const lone = new TestLog()
    expect(await problem({ proof: lone.proof(0), entry: lone.entries[0]!, vkey: lone.vkey })).toBe('good')
  })

  test('also checks the actor’s signature where the key is known', async () => {
    expect(await problem({ entry, actorKey: coop.raw })).toBe('good')
    expect(await problem({ entry, actorKey: office.raw })).toBe('entry.bad-signature')
  })

  test('is written as it is read', () => {
    const file = log.proof(order, utf8('anything'))
    const proof = parseProof(file)
    expect(proof.ok && Buffer.from(formatProof(proof.value))).toEqual(file)
    const bare = parseProof(log.proof(order))
    expect(bare.ok && Buffer.from(formatProof(bare.value))).toEqual(log.proof(order))
  })
})

describe('refused', () => {
  test('another entry, another log, no entry', async () => {
    expect(await problem({ entry: log.entries[0]! })).toBe('proof.not-included')
    expect(await problem({ entry, vkey: new TestLog('example.com/log/other').vkey })).toBe('note.unsigned')
    expect(await problem({})).toBe('proof.no-entry')
  })

  test('an entry made for another log, or that is no entry', async () => {
    const mixed = new TestLog()
    mixed.append(new TestLog('example.com/log/other').entries[0]!)
    mixed.append(Buffer.from('x'))
    expect(await problem({ proof: mixed.proof(1), entry: mixed.entries[1]! })).toBe('entry.wrong-log')
    expect(await problem({ proof: mixed.proof(2), entry: mixed.entries[2]! })).toBe('entry.not-canonical')
  })

  test.each([
    ['another value', { ...opening, value: utf8('别人') }],
    ['another salt', { ...opening, salt: new Uint8Array(32) }],
    ['a field that is not there', { ...opening, name: 'seller' }],
    ['a name of the prototype', { ...opening, name: 'constructor' }],
  ])('an opening with %s', async (_, wrong) => {
    const proof = log.proof(order, formatReceipt({ entry, openings: [wrong] }))
    expect(await problem({ proof })).toBe('proof.bad-opening')
  })

  const text = log.proof(order).toString()
  test.each([
    ['another version', text.replace('@v1', '@v2')],
    ['no index', text.replace(/index \d+\n/, '')],
    ['a leading zero', text.replace('index ', 'index 0')],
    ['an index that is not exact', text.replace(/index \d+/, 'index 9007199254740993')],
    ['a short hash', text.replace(/(index \d+\n)[^\n]+/, '$1AAAA')],
    [
      'too many hashes',
      text.replace(/(index \d+\n)/, `$1${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`),
    ],
    ['extra after the index', text.replace(/(index \d+\n)/, '$1extra AAAA\n')],
    ['loose extra', text.replace('index', 'extra AB==\nindex')],
    ['no checkpoint', text.slice(0, text.indexOf('\n\n'))],
  ])('a file with %s', async (_, file) =>
    expect(await problem({ proof: utf8(file), entry })).toBe('proof.malformed'),
  )

  test('a file that is not UTF-8', async () =>
    expect(await problem({ proof: Uint8Array.of(0xff), entry })).toBe('proof.malformed'))

  test.each([
    ['no JSON', 'x'],
    ['openings that are none', '{"open":[]}'],
    ['something else', '{"open":{},"x":1}'],
    ['an entry that is no text', '{"entry":1,"open":{}}'],
    ['an opening that is none', '{"open":{"buyer":1}}'],
    ['a short salt', '{"open":{"buyer":{"salt":"AAAA","value":""}}}'],
    ['blanks', '{ "open":{}}'],
  ])('extra with %s', async (_, extra) =>
    expect(await readReceipt(utf8(extra))).toMatchObject({ problem: { name: 'proof.extra-malformed' } }),
  )
})
