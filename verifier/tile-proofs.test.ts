import { describe, expect, test } from 'vitest'
import { memorySource, TestLog } from './testing/build-log.ts'
import { consistencyProof, inclusionProof } from './tile-proofs.ts'

const log = new TestLog()
while (log.entries.length < 700) log.append(Buffer.from(`entry ${log.entries.length}`))
const files = log.files()
const head = (size = 700) => ({ size, root: log.tree.root(size) })
const read = memorySource(files)

describe('proofs from tiles', () => {
  test('inclusion of entries at every edge', async () => {
    for (const index of [0, 1, 255, 256, 257, 511, 512, 600, 698, 699]) {
      const proof = await inclusionProof(read, index, head())
      expect(proof, `${index}`).toEqual({
        ok: true,
        value: { leaf: bytes(log.tree.leaves[index]!), proof: log.tree.inclusion(index).map(bytes) },
      })
    }
  })

  test('consistency between sizes at every edge', async () => {
    for (const size of [1, 2, 3, 128, 255, 256, 257, 300, 512, 513, 699]) {
      const proof = await consistencyProof(read, head(size), head())
      expect(proof, `${size}`).toEqual({ ok: true, value: log.tree.consistency(size).map(bytes) })
    }
  })

  test('consistency with nothing, with itself, with more', async () => {
    expect(await consistencyProof(read, head(0), head())).toEqual({ ok: true, value: [] })
    expect(await consistencyProof(read, head(), head())).toEqual({ ok: true, value: [] })
    const forked = { size: 700, root: log.tree.root(1) }
    expect(await consistencyProof(read, forked, head())).toMatchObject({
      problem: { name: 'checkpoint.inconsistent' },
    })
    expect(await consistencyProof(read, head(), head(5))).toMatchObject({
      problem: { name: 'checkpoint.rolled-back' },
    })
  })

  test('an index outside the tree is a mistake of the caller', async () => {
    await expect(inclusionProof(read, 700, head())).rejects.toThrow(RangeError)
    await expect(inclusionProof(read, -1, head())).rejects.toThrow(RangeError)
  })

  test('tiles that cannot be read, or are short', async () => {
    const short = memorySource(new Map([...files, ['tile/0/002.p/188', Buffer.alloc(3)]]))
    expect(await inclusionProof(short, 699, head())).toMatchObject({ problem: { name: 'tile.mismatch' } })
    const none = memorySource(new Map())
    expect(await inclusionProof(none, 699, head())).toMatchObject({ problem: { name: 'read.failed' } })
  })
})

// A reader that takes a tile's word for a hash accepts anything (CVE-2026-56865 in Go's): these tiles agree with each
// other and with the forged entry, only not with the signed root.
describe('tiles of a forged tree', () => {
  const forged = new TestLog()
  const forgedAt = [100, 600]
  for (const [at, entry] of log.entries.entries()) {
    if (at > 0) forged.append(forgedAt.includes(at) ? Buffer.from(`forged ${at}`) : entry)
  }
  const served = memorySource(forged.files())

  test('prove their own root', async () =>
    expect((await inclusionProof(served, 600, { size: 700, root: forged.tree.root() })).ok).toBe(true))

  test('prove nothing under the signed root', async () => {
    for (const index of [0, 100, 599, 600, 699]) {
      expect(await inclusionProof(served, index, head())).toMatchObject({
        problem: { name: 'proof.not-included' },
      })
    }
    const result = await consistencyProof(served, head(300), head())
    expect(result).toMatchObject({ problem: { name: 'checkpoint.inconsistent' } })
  })

  test('one forged tile among true ones proves nothing either', async () => {
    for (const path of ['tile/0/002.p/188', 'tile/1/000.p/2']) {
      const mixed = memorySource(new Map([...files, [path, forged.files().get(path)!]]))
      expect(await inclusionProof(mixed, 600, head()), path).toMatchObject({
        problem: { name: 'proof.not-included' },
      })
    }
  })
})

const bytes = (buffer: Buffer): Uint8Array => new Uint8Array(buffer)
