import { hash } from 'node:crypto'
import { readReceipt } from '@silian/verifier/receipt.ts'
import { describe, expect, it } from 'vitest'
import { packed } from './extra.ts'

const entry = JSON.stringify({ log: 'example.com/log/demo', refs: Array.from({ length: 40 }, () => 'ref') })
const json = Buffer.from(`{"entry":${entry}}`)
/** JSON that is just so long. */
const long = (length: number) => Buffer.from(`{"entry":"${'x'.repeat(length - 12)}"}`)
const read = async (extra: Buffer) => {
  const receipt = await readReceipt(extra)
  return receipt.ok && Buffer.from(receipt.value.entry!).toString()
}

describe('extra of a receipt', () => {
  it('is packed where that is shorter', async () => {
    const extra = packed(json)
    expect(extra[0]).toBe(1)
    expect(extra.length).toBeLessThan(json.length / 2)
    expect(await read(extra)).toBe(entry)
  })

  it('saves a fifth of an entry of the usual size', () => {
    const [id, lot, order] = ['id', 'lot', 'order'].map(name => hash('sha256', name).slice(0, 36))
    const usual = {
      ...{ v: 1, type: 'delivery.accepted', id, log: 'example.com/log/demo', at: '2026-03-05T04:00:00.000Z' },
      ...{
        actor: id!.slice(0, 16),
        by: 'held',
        pub: { lot, order, fen: '80000', grams: '25000', pieces: 5 },
      },
      ...{ c: {}, refs: [], sig: hash('sha512', 'sig', 'base64') },
    }
    const whole = Buffer.from(JSON.stringify({ entry: usual }))
    expect(packed(whole).length).toBeLessThan(whole.length * 0.8)
  })

  it('stays JSON where packing saves nothing', async () => {
    const short = Buffer.from('{"entry":{"v":1}}')
    expect(packed(short)).toEqual(short)
    expect(await read(short)).toBe('{"v":1}')
  })

  it('stays JSON where a verifier would not unpack it', async () => {
    expect(packed(long(512 * 1024))[0]).toBe(1)
    expect(await read(packed(long(512 * 1024)))).toHaveLength(512 * 1024 - 12)
    const over = long(512 * 1024 + 1)
    expect(packed(over)).toEqual(over)
    expect(await read(over)).toHaveLength(512 * 1024 - 11)
  })
})
