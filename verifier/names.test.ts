import { describe, expect, test } from 'vitest'
import { audit } from './audit.ts'
import type { Included } from './names.ts'
import { formatProof, verifyProof } from './proof.ts'
import { formatReceipt } from './receipt.ts'
import { memorySource, TestLog } from './testing/build-log.ts'

const first = 'example.com/log/demo'
const second = 'example.com/log/demo-2'

/** A log that goes on under a second name, whose checkpoint is signed by that name. */
function succeeded(pub: Record<string, string> = {}, by: 'operator' | 'office' = 'operator') {
  const log = new TestLog(first)
  const office = log.key('office', 'held')
  const lost = log.checkpoint().toString()
  log.add({
    type: 'log.succeeded',
    pub: { from: first, to: second, why: 'behind', checkpoint: lost, ...pub },
    ...(by === 'office' ? { by: office } : {}),
    with: { log: second },
  })
  log.add({ type: 'a.b', by: office, with: { log: second } })
  log.add({ type: 'a.b', by: office, with: { log: first } })
  return { log, heir: new TestLog(second) }
}
const judge = async ({ log, heir }: ReturnType<typeof succeeded>) => {
  const files = log.files()
  files.set('checkpoint', heir.checkpoint(log.entries.length, log.tree.root()))
  const result = await audit({ fetchBytes: memorySource(files), vkey: heir.vkey })
  return result.ok ? result.report.succeeded : result.problems.map(({ name, index }) => [name, index])
}

test('a log goes on under another name, and takes facts that were made for the old one', async () =>
  expect(await judge(succeeded())).toEqual([first]))

test('only as the operator says, from the name that it has', async () => {
  expect(await judge(succeeded({}, 'office'))).toEqual([['key.not-by-operator', 2]])
  expect(await judge(succeeded({ from: second }))).toContainEqual(['log.bad-succession', 2])
  expect(await judge(succeeded({ to: first }))).toContainEqual(['log.bad-succession', 2])
})

test('entries of one log under the name of another are no log', async () => {
  const log = new TestLog(first)
  const files = log.files()
  const heir = new TestLog(second)
  files.set('checkpoint', heir.checkpoint(1, log.tree.root()))
  const result = await audit({ fetchBytes: memorySource(files), vkey: heir.vkey })
  expect(result).toMatchObject({ problems: [{ name: 'checkpoint.wrong-origin', path: 'checkpoint' }] })
})

describe('a receipt of an entry that was made for a former name', () => {
  const { log, heir } = succeeded()
  const head = heir.checkpoint(log.entries.length, log.tree.root())
  const included = (index: number) => ({
    ...{ index, entry: log.entries[index]! },
    path: log.tree.inclusion(index),
  })
  const way = [included(0), included(2)]
  const receipt = (index: number, names?: readonly Included[]) => {
    const extra = formatReceipt({ entry: log.entries[index]!, openings: [], ...(names && { names }) })
    const hashes = log.tree.inclusion(index)
    return formatProof({ index, hashes, extra, checkpoint: head })
  }
  const judged = async (proof: Uint8Array) => {
    const result = await verifyProof({ proof, vkey: heir.vkey })
    return result.ok ? result.report.former : result.problems[0]!.name
  }

  test('is good under the new one with the way there, made before the change or after it', async () => {
    expect(await judged(receipt(1, way))).toEqual([first])
    expect(await judged(receipt(4, way))).toEqual([first])
  })

  test('is not without it, and takes none where none is needed', async () => {
    expect(await judged(receipt(1))).toBe('entry.wrong-log')
    expect(await judged(receipt(3))).toBeUndefined()
    expect(await judged(receipt(3, way))).toBe('proof.extra-malformed')
  })

  test.each([
    ['no beginning', [included(2), included(3)], 'log.bad-succession'],
    ['a beginning alone', [included(0)], 'proof.extra-malformed'],
    ['the wrong order', [included(0), included(2), included(2)], 'log.bad-succession'],
    ['another entry', [included(0), included(3)], 'log.bad-succession'],
    ['another place', [included(0), { ...included(2), index: 3 }], 'proof.not-included'],
    ['another way up', [included(0), { ...included(2), path: included(3).path }], 'proof.not-included'],
    ['other bytes', [included(0), { ...included(2), entry: log.entries[3]! }], 'proof.not-included'],
    ['too many', Array.from({ length: 17 }, () => included(0)), 'proof.extra-malformed'],
  ])('is refused with %s', async (_, names, problem) => expect(await judged(receipt(1, names))).toBe(problem))

  test.each([
    ['somebody else’s word', succeeded({}, 'office'), 'entry.unknown-key'],
    ['a name that it never had', succeeded({ from: 'example.com/log/other' }), 'log.bad-succession'],
    ['the name of another', succeeded({ to: 'example.com/log/other' }), 'log.bad-succession'],
  ])('is refused on %s', async (_, { log, heir }, problem) => {
    const names = [0, 2].map(index => ({
      index,
      entry: log.entries[index]!,
      path: log.tree.inclusion(index),
    }))
    const extra = formatReceipt({ entry: log.entries[1]!, openings: [], names })
    const checkpoint = heir.checkpoint(log.entries.length, log.tree.root())
    const proof = formatProof({ index: 1, hashes: log.tree.inclusion(1), extra, checkpoint })
    const result = await verifyProof({ proof, vkey: heir.vkey })
    expect(result.ok ? 'good' : result.problems[0]!.name).toBe(problem)
  })

  test('an entry of another log altogether is not the log’s, whatever names it had', async () => {
    const mixed = succeeded().log
    const { index } = mixed.append(new TestLog('example.com/log/other').entries[0]!)
    const names = [0, 2].map(at => ({ index: at, entry: mixed.entries[at]!, path: mixed.tree.inclusion(at) }))
    const extra = formatReceipt({ entry: mixed.entries[index]!, openings: [], names })
    const checkpoint = heir.checkpoint(mixed.entries.length, mixed.tree.root())
    const hashes = mixed.tree.inclusion(index)
    expect(await judged(formatProof({ index, hashes, extra, checkpoint }))).toBe('entry.wrong-log')
  })
})
