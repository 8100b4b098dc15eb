import { describe, expect, test } from 'vitest'
import { openCheckpoint } from './checkpoint.ts'
import { parsePolicy } from './policy.ts'
import type { ProblemName } from './problems.ts'
import { formatProof, verifyProof } from './proof.ts'
import { formatReceipt } from './receipt.ts'
import { TestLog } from './testing/build-log.ts'
import { sha256, testWitness } from './testing/keys.ts'
import { packed } from './testing/packed.ts'
import { sampleLog } from './testing/sample-log.ts'

// What a receipt holds beside entry and openings, damaged byte by byte, each time another bit of it.

const noon = 1_772_700_000
const copies = function* (bytes: Buffer): Generator<Buffer> {
  for (const at of bytes.keys()) {
    const copy = Buffer.from(bytes)
    copy[at]! ^= 1 << ((at * 3) % 8)
    yield copy
  }
}
/** Names of all problems met when each byte is damaged in turn; `good` among them where one was not noticed. */
async function damaged(bytes: Buffer, judge: (copy: Buffer) => Promise<string>): Promise<string[]> {
  const found = new Set<string>()
  for (const copy of copies(bytes)) found.add(await judge(copy))
  return [...found].toSorted()
}
const verdict =
  (trusted: Parameters<typeof openCheckpoint>[1]) =>
  async (proof: Buffer): Promise<string> => {
    const result = await verifyProof({ proof, ...trusted })
    return result.ok ? 'good' : result.problems[0]!.name
  }

describe('of two witnesses', () => {
  const { log, order } = sampleLog()
  const [bank, bureau] = ['bank.example', 'bureau.example'].map(testWitness)
  const text = `${log.checkpoint().toString().split('\n\n')[0]}\n`
  const lines = [bank!.cosign(text, noon), bureau!.cosign(text, noon + 5)].join('')
  const extra = packed(formatReceipt({ entry: log.entries[order]!, openings: [] }))
  const receipt = Buffer.concat([log.proof(order, extra), Buffer.from(lines)])
  const policy = `log ${log.vkey}
witness bank ${bank!.vkey}
witness bureau ${bureau!.vkey}
group both all bank bureau
quorum both
`
  const trustIn = (given: string) => {
    const read = parsePolicy(given)
    return read.ok ? { trust: { policy: read.value } } : undefined
  }

  test('every byte of the receipt, their lines among them', async () => {
    const judge = verdict(trustIn(policy)!)
    expect(await judge(receipt)).toBe('good')
    expect(await damaged(receipt, judge)).toEqual([
      'cosignature.bad',
      'note.bad-signature',
      'note.malformed',
      'note.unsigned',
      'policy.no-quorum',
      'proof.extra-malformed',
      'proof.malformed',
      'proof.not-included',
    ] satisfies ProblemName[])
  })

  test('every byte of their checkpoint, as a log serves it', async () => {
    const served = Buffer.from(log.checkpoint().toString() + lines)
    const judge = async (bytes: Buffer) => {
      const head = await openCheckpoint(bytes, trustIn(policy)!)
      return head.ok ? 'good' : head.problem.name
    }
    expect(await judge(served)).toBe('good')
    expect(await damaged(served, judge)).not.toContain('good')
  })

  test('every bit of the policy: it is no policy any more, or one that this receipt does not keep', async () => {
    const bytes = Buffer.from(policy)
    for (const at of bytes.keys())
      for (const mask of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const copy = Buffer.from(bytes)
        copy[at]! ^= mask
        // a policy is text: what is none cannot be read as one
        const trust = trustIn(copy.toString('utf8'))
        if (trust) expect([at, mask, await verdict(trust)(receipt)]).not.toContain('good')
      }
  })
})

describe('under the name of a successor', () => {
  test('every byte, those of the way to its name among them', async () => {
    const log = new TestLog('example.com/log/a')
    const to = 'example.com/log/b'
    const pub = { from: log.origin, to, why: 'behind', checkpoint: '' }
    log.add({ type: 'log.succeeded', pub, with: { log: to } })
    const heir = new TestLog(to)
    const names = [0, 1].map(index => ({
      index,
      entry: log.entries[index]!,
      path: log.tree.inclusion(index),
    }))
    const extra = formatReceipt({ entry: log.entries[0]!, openings: [], names })
    const checkpoint = heir.checkpoint(2, log.tree.root())
    const proof = formatProof({ index: 0, hashes: log.tree.inclusion(0), extra, checkpoint })
    const judge = verdict({ vkey: heir.vkey })
    expect(await judge(Buffer.from(proof))).toBe('good')
    expect(await damaged(Buffer.from(proof), judge)).not.toContain('good')
  })
})

describe('of an amount in a figure', () => {
  const uint64 = (value: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(BigInt(value))
    return bytes
  }
  const log = new TestLog()
  const scope = { metric: 'sales', period: '2026-03', unit: 'fen', upTo: 1 }
  const contextOf = (side: string) =>
    sha256(
      `silian/figure/v1\n{"log":"${log.origin}","metric":"sales","period":"2026-03","side":"${side}","unit":"fen","upTo":1}`,
    )
  const context = contextOf('plus')
  const salt = Buffer.alloc(32, 7)
  const fact = '00000000-0000-4000-8000-000000000001'
  const id = Buffer.from(fact)
  const commitment = sha256(
    'silian/share/v1\n',
    salt,
    uint64(0),
    Buffer.alloc(4),
    Buffer.of(0, 0, 0, id.length),
    id,
  )
  const leaf = sha256(Buffer.of(0x10), context, uint64(500), commitment)
  const sibling = sha256('another leaf')
  const side = (sum: number, hash: Buffer) => [uint64(1), uint64(sum), hash]
  const root = sha256(Buffer.of(0x11), context, ...side(500, leaf), ...side(700, sibling))
  const state = (ctx: Buffer, count: number, sum: number, hash: Buffer) => ({
    ...{ count, sum: String(sum), root: hash.toString('base64') },
    statement: sha256(Buffer.of(0x12), ctx, uint64(count), uint64(sum), hash).toString('base64'),
  })
  const sums = {
    unit: 'fen',
    plus: state(context, 2, 1200, root),
    minus: state(contextOf('minus'), 0, 0, sha256()),
  }
  const { unit: _, ...figure } = scope
  const rows = [{ dims: ['x'], sum: '1200', count: 2 }]
  const { index } = log.add({
    type: 'figure.published',
    pub: { ...figure, rows, total: '1200', count: 2, sums },
  })
  const share = `"share":{"amount":"500","fact":"${fact}","index":0,"logIndex":0,"path":[[1,"700","${sibling.toString('base64')}"]],"place":0,"salt":"${salt.toString('base64')}","side":"plus"}`
  const extra = Buffer.from(`{"entry":${JSON.stringify(log.entries[index]!.toString())},"open":{},${share}}`)
  const judge = verdict({ vkey: log.vkey })

  test('every byte', async () => {
    const result = await verifyProof({ proof: log.proof(index, extra), vkey: log.vkey })
    expect(result.ok && result.report.share).toMatchObject({ amount: 500n, from: 0n, to: 500n })
    expect(await damaged(log.proof(index, extra), judge)).not.toContain('good')
  })

  test('every byte of the share itself, behind the base64 that holds it', async () => {
    const found = await damaged(extra, copy => judge(log.proof(index, copy)))
    expect(found).not.toContain('good')
    expect(found).toEqual(expect.arrayContaining(['proof.bad-share', 'proof.extra-malformed']))
  })
})
