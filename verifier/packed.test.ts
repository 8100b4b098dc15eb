import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { formatReceipt, readReceipt } from './receipt.ts'
import { packed } from './testing/packed.ts'
import { sampleLog } from './testing/sample-log.ts'

const { log, order, salt, buyer } = sampleLog()
const receipt = { entry: log.entries[order]!, openings: [{ name: 'buyer', salt, value: buyer }] }
const json = formatReceipt(receipt)
const stream = deflateRawSync(json)
const malformed = { problem: { name: 'proof.extra-malformed' } }
const most = 512 * 1024
/** JSON that is just so long. */
const long = (length: number) => `{"entry":"${'x'.repeat(length - '{"entry":""}'.length)}"}`

describe('what a receipt carries, packed', () => {
  test.each([
    ['as zlib does it', stream],
    ['at its best', deflateRawSync(json, { level: 9 })],
    ['not compressed at all', deflateRawSync(json, { level: 0 })],
    ['with fixed codes', deflateRawSync(json, { strategy: constants.Z_FIXED })],
  ])('reads as its JSON does: %s', async (_, made) =>
    expect(await readReceipt(packed(json, made))).toEqual(await readReceipt(json)),
  )

  test('may be half a mebibyte, and no more', async () => {
    expect(await readReceipt(packed(long(most)))).toMatchObject({ ok: true })
    expect(await readReceipt(packed(long(most + 1)))).toMatchObject(malformed)
    expect(await readReceipt(packed(Buffer.alloc(64 * most)))).toMatchObject(malformed)
  })

  test('has no bit that may change unseen, not even those of which no text is made', async () => {
    const extra = packed(json)
    for (const at of extra.keys())
      for (const mask of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const copy = Buffer.from(extra)
        copy[at]! ^= mask
        expect([at, mask, await readReceipt(copy)]).toMatchObject([at, mask, malformed])
      }
  })
})

describe('refused though its hash is right', () => {
  test('a stream cut short anywhere', async () => {
    for (const length of stream.keys())
      expect(await readReceipt(packed('', stream.subarray(0, length)))).toMatchObject(malformed)
  })

  test.each([
    ['a stream with a byte behind it', Buffer.concat([stream, Buffer.of(0)])],
    ['two streams', Buffer.concat([stream, stream])],
    ['no stream', Buffer.from('no stream')],
    ['text that is not canonical', deflateRawSync(`${Buffer.from(json)}\n`)],
    ['what is packed twice', deflateRawSync(packed(json))],
    ['what is no UTF-8', deflateRawSync(Buffer.of(0xff))],
    ['nothing', deflateRawSync('')],
  ])('%s', async (_, made) => expect(await readReceipt(packed('', made))).toMatchObject(malformed))

  test('fewer bytes than the hash has', async () => {
    for (const length of [1, 4, 5])
      expect(await readReceipt(packed(json).subarray(0, length))).toMatchObject(malformed)
  })
})

describe('as receipts of before have it', () => {
  const text = receipt.entry.toString()
  const opened = '"open":{"buyer":{"salt":"CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=","value":""}}'
  test.each([
    ['the entry as JSON, and no openings', `{"entry":${text},"open":{}}`, 0],
    ['the entry as a text', `{"entry":${JSON.stringify(text)},${opened}}`, 1],
  ])('%s', async (_, extra, openings) => {
    const read = await readReceipt(utf8(extra))
    expect(read.ok && [Buffer.from(read.value.entry!), read.value.openings.length]).toEqual([
      receipt.entry,
      openings,
    ])
  })
})
