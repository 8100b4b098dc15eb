import { expect, test } from 'vitest'
import { concat } from './bytes.ts'
import { parsePolicy } from './policy.ts'
import { bad, good } from './problems.ts'
import type { SidedShare } from './receipt.ts'
import { drawSample } from './sample.ts'
import { type Hit, openSample } from './sample-open.ts'
import { sha256 } from './sha256.ts'
import { contextHash, type SumContext, type SumNode, shareCommitment } from './sum-tree.ts'
import { memorySource, TestLog } from './testing/build-log.ts'
import { testKey, testWitness } from './testing/keys.ts'
import { sale, salesFigure, salesMetric, statedSide } from './testing/sample-log.ts'
import { uint64 } from './uint64.ts'

const witness = testWitness('bureau.example')
const salt = new Uint8Array(32).fill(5)

interface Leaf {
  readonly logIndex: number
  readonly fact: string
  /** Hash of the entry. */
  readonly leaf: string
}

interface Story {
  readonly total?: string
  readonly statement?: string
  /** Adds to the log behind the figure. */
  readonly after?: (log: TestLog, leaves: readonly Leaf[]) => unknown
  /** The sales are not signed by their key. */
  readonly forged?: boolean
}

const nodeOf = (context: SumContext, { logIndex, fact }: Leaf): SumNode => {
  const commitment = shareCommitment({ salt, logIndex, place: 0, fact })
  const hash = sha256(concat(Uint8Array.of(0x10), contextHash(context), uint64(500), commitment))
  return { count: 1, sum: 500n, hash }
}
const bytesOf = ({ count, sum, hash }: SumNode) => concat(uint64(count), uint64(sum), hash)
const joined = (context: SumContext, [left, right]: readonly [SumNode, SumNode]): SumNode => ({
  ...{ count: 2, sum: left.sum + right.sum },
  hash: sha256(concat(Uint8Array.of(0x11), contextHash(context), bytesOf(left), bytesOf(right))),
})

/** Writes over the signature of the entry that is added next. */
const forge = (log: TestLog, fact: Parameters<TestLog['add']>[0]) => {
  const other = new TestLog('example.com/log/other')
  return log.append(
    Buffer.from(log.bytes({ ...fact, by: { ...(fact.by ?? log.operator), secret: other.operator.secret } })),
  )
}

/** Four sales of 500 fen, two in February and two in March, and a figure of March whose tree holds any two of them. */
async function drawn(
  chosen: readonly [number, number],
  { total = '1000', statement, after = () => undefined, forged = false }: Story = {},
) {
  const log = new TestLog()
  const add = (fact: Parameters<TestLog['add']>[0]) => (forged ? forge(log, fact) : log.add(fact))
  log.add(salesMetric)
  const leaves = ['2026-02-05', '2026-02-06', '2026-03-05', '2026-03-06'].map((day): Leaf => {
    const { index, leaf } = add({ ...sale('甲村', '500'), at: `${day}T04:00:00.000Z` })
    return { logIndex: index, fact: (JSON.parse(String(log.entries[index])) as { id: string }).id, leaf }
  })
  const upTo = log.entries.length
  const context: SumContext = {
    ...{ log: log.origin, metric: 'sales', period: '2026-03', unit: 'fen', upTo, side: 'plus' },
  }
  const own = chosen.map(n => nodeOf(context, leaves[n]!)) as [SumNode, SumNode]
  const of = { log: log.origin, period: '2026-03', upTo }
  const stated = statedSide({ ...of, side: 'plus' }, total, 2, joined(context, own).hash)
  const plus = statement === undefined ? stated : { ...stated, statement }
  const minus = statedSide({ ...of, side: 'minus' }, '0', 0, sha256(new Uint8Array()))
  const sums = { unit: 'fen', plus, minus }
  const rows = [{ dims: ['甲村'], sum: '1000', count: 2 }]
  log.add({ ...salesFigure, pub: { ...salesFigure.pub, upTo, rows, total: '1000', count: 2, sums } })
  log.add(sale('甲村', '1'))
  after(log, leaves)
  const files = log.files()
  const note = log.checkpoint()
  const text = `${String(note).split('\n\n')[0]}\n`
  files.set('checkpoint', Buffer.concat([note, Buffer.from(witness.cosign(text, 1_772_700_000))]))
  const policy = parsePolicy(`log ${log.vkey}\nwitness w ${witness.vkey}\nquorum w\n`)
  if (!policy.ok) throw new Error(policy.problem.name)
  const draw = await drawSample({
    ...{ fetchBytes: memorySource(files), trust: { policy: policy.value } },
    ...{ figure: { metric: 'sales', period: '2026-03' }, side: 'plus', draws: 59 },
  })
  if (!draw.ok) throw new Error(draw.problem.name)
  const shareOf = (index: number): SidedShare => {
    const { logIndex, fact } = leaves[chosen[index]!]!
    return {
      ...{ side: 'plus', index, amount: 500n, place: 0, salt, logIndex, fact },
      path: [own[1 - index]!],
    }
  }
  return { draw: draw.value, fetchBytes: memorySource(files), leaves, shareOf }
}

/** Opens what it has, and for anything else whatever stands in the tree. */
async function opened(chosen: readonly [number, number], story?: Story) {
  const { draw, fetchBytes, leaves, shareOf } = await drawn(chosen, story)
  const at = ({ logIndex }: Hit) => chosen.findIndex(n => leaves[n]!.logIndex === logIndex)
  const result = await openSample(fetchBytes, draw, async hit => good(shareOf(Math.max(0, at(hit)))))
  return result.ok ? result.value.map(({ share }) => share.logIndex) : result.problem.name
}

test('what a lot falls upon is opened in the order of the log, whatever the order of the leaves', async () => {
  const { draw, fetchBytes, leaves, shareOf } = await drawn([3, 2])
  const asked: bigint[] = []
  const vouchers = await openSample(fetchBytes, draw, async hit => {
    asked.push(...hit.units)
    return good(shareOf(hit.logIndex === leaves[3]!.logIndex ? 0 : 1))
  })
  if (!vouchers.ok) throw new Error(vouchers.problem.name)
  expect(asked).toHaveLength(59)
  expect(vouchers.value.map(({ entry, from, to }) => [entry.id, from, to])).toEqual([
    [leaves[2]!.fact, 0n, 500n],
    [leaves[3]!.fact, 500n, 1000n],
  ])
  expect(await openSample(fetchBytes, draw, async () => bad('read.failed'))).toMatchObject({ ok: false })
})

test('a sale that the tree leaves out for another of the same amount is found', async () => {
  expect(await opened([2, 3])).toHaveLength(2)
  // one real sale stands there twice
  expect(await opened([2, 2])).toBe('sample.bad-opening')
  // those of another month, as large and as many
  expect(await opened([0, 1])).toBe('sample.bad-opening')
})

test('a statement that the log does not come to is refused before anything is opened', async () => {
  expect(await opened([2, 3], { total: '1500' })).toBe('figure.mismatch')
  await expect(drawn([2, 3], { statement: 'another' })).rejects.toThrow('figure.mismatch')
})

test('what was drawn, or bears it out, by no key that the log then knew is refused', async () => {
  expect(await opened([2, 3], { forged: true })).toBe('entry.bad-signature')
  const countersign = (log: TestLog, [, , drawnOne]: readonly Leaf[], kind: string) => ({
    type: 'fact.countersigned',
    pub: { fact: drawnOne!.fact, type: kind },
    refs: [drawnOne!.leaf],
    by: testKey(`${log.origin} buyer`, 'own'),
  })
  const after = (work: NonNullable<Story['after']>) => opened([2, 3], { after: work })
  const kind = sale('甲村', '1').type
  expect(await after((log, leaves) => log.add(countersign(log, leaves, kind)))).toBe('entry.unknown-key')
  const known = (work: NonNullable<Story['after']>) =>
    after((log, leaves) => {
      log.key('buyer', 'own', 'party')
      work(log, leaves)
    })
  expect(await known((log, leaves) => log.add(countersign(log, leaves, kind)))).toHaveLength(2)
  expect(await known((log, leaves) => forge(log, countersign(log, leaves, kind)))).toBe('entry.bad-signature')
  expect(await known((log, leaves) => log.add(countersign(log, leaves, 'a.b')))).toBe(
    'countersignature.malformed',
  )
  expect(
    await known((log, leaves) => {
      log.add({ type: 'key.revoked', pub: { keyId: testKey(`${log.origin} buyer`, 'own').id } })
      log.add(countersign(log, leaves, kind))
    }),
  ).toBe('entry.revoked-key')
})
