import { expect, test } from 'vitest'
import { type ProofReport, verifyProof } from './proof.ts'
import { formatReceipt } from './receipt.ts'
import { verifySigner } from './signer.ts'
import { TestLog } from './testing/build-log.ts'
import { sampleLog } from './testing/sample-log.ts'

const { log, order } = sampleLog()
const receipt = (index: number, of = log) =>
  of.proof(index, formatReceipt({ entry: of.entries[index]!, openings: [] }))
async function reportOf(index: number, of = log): Promise<ProofReport> {
  const result = await verifyProof({ proof: receipt(index, of), vkey: of.vkey })
  if (!result.ok) throw new Error(result.problems[0]!.name)
  return result.report
}
const judge = async (report: ProofReport, beginning: Buffer, registration?: Buffer, vkey = log.vkey) => {
  const given = { report, beginning, ...(registration && { registration }) }
  const result = await verifySigner({ ...given, vkey })
  return result.ok ? [result.value.holder, result.value.custody] : result.problem.name
}

test('the operator’s word tells whose key signed', async () => {
  // entries 1 and 2 register the co-op's key and the office's
  expect(await judge(await reportOf(order), receipt(0), receipt(1))).toEqual(['coop', 'own'])
  expect(await judge(await reportOf(order + 1), receipt(0), receipt(2))).toEqual(['office', 'held'])
  expect(await judge(await reportOf(3), receipt(0))).toEqual(['', 'held'])
})

test('no other word does', async () => {
  const report = await reportOf(order)
  expect(await judge(report, receipt(0))).toBe('entry.unknown-key')
  expect(await judge(report, receipt(0), receipt(2))).toBe('entry.unknown-key')
  expect(await judge(report, receipt(1), receipt(1))).toBe('entry.unknown-key')
  expect(await judge(report, receipt(3), receipt(1))).toBe('entry.unknown-key')
  expect(await judge(await reportOf(0), receipt(0), receipt(1))).toBe('entry.unknown-key')
})

test('an entry that its key did not sign is nobody’s, and one of another custody neither', async () => {
  const forged = new TestLog()
  const coop = forged.key('coop', 'own')
  const { index } = forged.append(
    Buffer.from(forged.bytes({ type: 'a.b', by: coop }).replace('"type":"a.b"', '"type":"a.c"')),
  )
  const lied = forged.add({ type: 'a.b', by: coop, with: { by: 'held' } })
  expect(await judge(await reportOf(index, forged), receipt(0, forged), receipt(1, forged))).toBe(
    'entry.bad-signature',
  )
  expect(await judge(await reportOf(lied.index, forged), receipt(0, forged), receipt(1, forged))).toBe(
    'entry.wrong-custody',
  )
})

test('a registration that the operator did not sign is none', async () => {
  const other = new TestLog()
  const coop = other.key('coop', 'own')
  const pub = {
    keyId: coop.id,
    key: coop.raw.toString('base64'),
    alg: 'ed25519',
    custody: 'own',
    holder: 'x',
  }
  const own = other.add({ type: 'key.registered', by: coop, pub })
  const { index } = other.add({ type: 'a.b', by: coop })
  expect(await judge(await reportOf(index, other), receipt(0, other), receipt(own.index, other))).toBe(
    'entry.unknown-key',
  )
})

test('receipts of another log tell nothing of this one', async () => {
  const other = sampleLog('example.com/log/other').log
  expect(await judge(await reportOf(order), receipt(0, other), undefined, other.vkey)).toBe(
    'checkpoint.wrong-origin',
  )
})
