import { expect, test } from 'vitest'
import { fromFragment, toFragment } from './link.ts'
import { formatReceipt } from './receipt.ts'
import { packed } from './testing/packed.ts'
import { sampleLog } from './testing/sample-log.ts'

const { log, order, salt, buyer } = sampleLog()
const extra = formatReceipt({ entry: log.entries[order]!, openings: [{ name: 'buyer', salt, value: buyer }] })
const receipt = log.proof(order, extra)

test.each([
  ['a receipt', receipt],
  ['a packed one', log.proof(order, packed(extra))],
  ['a bare proof', log.proof(order)],
  ['extra of another make', log.proof(order, Buffer.from('anything'))],
  ['any file', Buffer.from('x'.repeat(100_000))],
])('%s comes back as it was', async (_, file) => {
  const fragment = await toFragment(file)
  expect(fragment).toMatch(/^[\w-]+$/)
  expect(Buffer.from((await fromFragment(fragment!))!)).toEqual(file)
})

test('a receipt becomes shorter than its file', async () =>
  expect((await toFragment(receipt))!.length).toBeLessThan(receipt.length * 0.85))

test('what would not come back is not given', async () => {
  expect(await toFragment(Uint8Array.of(0xff, 0xfe))).toBeUndefined()
  expect(await toFragment(new Uint8Array(600 * 1024))).toBeUndefined()
})

test.each(['', '*', 'AAAA', 'a', '____'])('%j is no receipt', async text =>
  expect(await fromFragment(text)).toBeUndefined(),
)
