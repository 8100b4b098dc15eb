import { describe, expect, test } from 'vitest'
import { parsePolicy } from './policy.ts'
import { formatReceipt } from './receipt.ts'
import { compareProofs, type SplitOptions } from './split.ts'
import { memorySource, TestLog } from './testing/build-log.ts'
import { testWitness } from './testing/keys.ts'

/** A log that tells one thing at one place; the same but for that where two tell otherwise. */
function log(told: string, size = 12, place = 5): TestLog {
  const made = new TestLog()
  while (made.entries.length < size)
    made.add({ type: 'a.b', pub: { told: made.entries.length === place ? told : 'the same' } })
  return made
}
const receipt = (of: TestLog, index: number): Buffer =>
  of.proof(index, formatReceipt({ entry: of.entries[index]!, openings: [] }))
const compare = async (a: Buffer, b: Buffer, more: Partial<SplitOptions> = {}) => {
  const result = await compareProofs({ proofs: [a, b], vkey: log('x').vkey, ...more } as SplitOptions)
  if (!result.ok) return [result.which, ...result.problems.map(({ name }) => name)]
  const { kind, where, problem } = result.split
  return [kind, ...(where ? [where.start, where.end] : []), ...(problem ? [problem.name] : [])]
}

describe('two receipts', () => {
  test('of one tree say so, also of the same entry', async () => {
    expect(await compare(receipt(log('yes'), 2), receipt(log('yes'), 5))).toEqual(['same'])
    expect(await compare(receipt(log('yes'), 2), receipt(log('yes'), 2))).toEqual(['same'])
  })

  test('of two trees of one size catch the log that showed them, whatever they are of', async () => {
    expect(await compare(receipt(log('yes'), 5), receipt(log('no'), 5))).toEqual(['fork', 5, 6])
    expect(await compare(receipt(log('yes'), 4), receipt(log('no'), 5))).toEqual(['fork', 5, 6])
    expect(await compare(receipt(log('yes'), 0), receipt(log('no'), 11))).toEqual(['fork', 0, 8])
    // beyond what both bring hashes of, the roots tell
    expect(await compare(receipt(log('yes', 7, 6), 0), receipt(log('no', 7, 6), 0))).toEqual(['fork'])
  })

  test('of two sizes catch it by the subtrees that both bring', async () => {
    expect(await compare(receipt(log('yes', 12), 1), receipt(log('no', 9), 2))).toEqual(['fork', 4, 8])
  })

  test('of two sizes are connected by the log, or caught by it', async () => {
    const [small, large] = [log('yes', 7, 6), log('yes', 12, 6)]
    const fetchBytes = memorySource(large.files())
    expect(await compare(receipt(small, 0), receipt(large, 11))).toEqual(['unconnected'])
    expect(await compare(receipt(small, 0), receipt(large, 11), { fetchBytes })).toEqual(['extends'])
    expect(await compare(receipt(large, 11), receipt(small, 0), { fetchBytes })).toEqual(['extends'])
    const other = log('no', 7, 6)
    expect(await compare(receipt(other, 0), receipt(large, 11))).toEqual(['unconnected'])
    expect(await compare(receipt(other, 0), receipt(large, 11), { fetchBytes })).toEqual(['fork'])
    // a whole subtree, of which the larger receipt happens to tell nothing
    const whole = log('yes', 12, 2)
    const four = receipt(log('no', 4, 2), 0)
    expect(await compare(four, receipt(whole, 11))).toEqual(['unconnected'])
    expect(await compare(four, receipt(whole, 11), { fetchBytes: memorySource(whole.files()) })).toEqual([
      'fork',
    ])
  })

  test('are not told apart by tiles that are not the larger tree’s: those prove nothing', async () => {
    const large = log('yes', 12, 6)
    const files = large.files()
    const tile = files.get('tile/0/000.p/12')!
    for (const at of [0, 200, 383]) {
      const damaged = Buffer.from(tile)
      damaged[at]! ^= 1
      const fetchBytes = memorySource(new Map([...files, ['tile/0/000.p/12', damaged]]))
      expect(await compare(receipt(log('yes', 7, 6), 0), receipt(large, 11), { fetchBytes })).toEqual([
        ...['unconnected', 'tile.mismatch'],
      ])
    }
    const fetchBytes = memorySource(new Map())
    expect(await compare(receipt(log('yes', 7, 6), 0), receipt(large, 11), { fetchBytes })).toEqual([
      ...['unconnected', 'read.failed'],
    ])
  })

  test('that are bad in themselves say nothing of the log', async () => {
    const good = receipt(log('yes'), 5)
    const bad = Buffer.from(
      receipt(log('no'), 5)
        .toString()
        .replace(/index 5/, 'index 6'),
    )
    expect(await compare(bad, good)).toEqual([0, 'proof.not-included'])
    expect(await compare(good, bad)).toEqual([1, 'proof.not-included'])
    expect(await compare(good, receipt(log('yes'), 5), { vkey: 'x' } as never)).toEqual([0, 'vkey.malformed'])
  })

  test('need no witness: who shows two trees does not ask them about both', async () => {
    const lines = [`log ${log('x').vkey}`, `witness w ${testWitness('w.example').vkey}`, 'quorum w']
    const policy = parsePolicy(`${lines.join('\n')}\n`)
    if (!policy.ok) throw new Error(policy.problem.name)
    const trust = { policy: policy.value, fresh: { now: 1, within: 1 } }
    expect(
      await compare(receipt(log('yes'), 5), receipt(log('no'), 5), { vkey: undefined, trust } as never),
    ).toEqual(['fork', 5, 6])
  })

  test('of two logs are not compared', async () => {
    const other = new TestLog('example.com/log/other')
    const policy = parsePolicy(`log ${log('x').vkey}\nlog ${other.vkey}\nquorum none\n`)
    if (!policy.ok) throw new Error(policy.problem.name)
    const trust = { policy: policy.value }
    expect(
      await compare(receipt(log('yes'), 5), receipt(other, 0), { vkey: undefined, trust } as never),
    ).toEqual([...['apart']])
  })
})
