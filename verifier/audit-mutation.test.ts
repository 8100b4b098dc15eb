import { describe, expect, test, vi } from 'vitest'
import { audit } from './audit.ts'
import { byteKey } from './bytes.ts'
import type { SignatureJob } from './ed25519.ts'
import type { ProblemName } from './problems.ts'
import { verifyProof } from './proof.ts'
import { formatReceipt } from './receipt.ts'
import { memorySource, TestLog } from './testing/build-log.ts'
import { sampleLog } from './testing/sample-log.ts'

// a signature that was checked before over the same bytes is as good or bad as it was: most of each log is never damaged
vi.mock('./ed25519.ts', async original => {
  const real = await original<typeof import('./ed25519.ts')>()
  const known = new Map<string, Promise<boolean>>()
  const verifyEd25519 = (job: SignatureJob): Promise<boolean> => {
    const name = [job.key, job.message, job.signature].map(byteKey).join('\u0100')
    const answer = known.get(name) ?? real.verifyEd25519(job)
    known.set(name, answer)
    return answer
  }
  const verifyEd25519All = (jobs: readonly SignatureJob[]) => Promise.all(jobs.map(verifyEd25519))
  return { ...real, verifyEd25519, verifyEd25519All }
})

// The verifier is only worth what it refuses. Every byte that a server hands out is damaged in turn.

/** The problem that an audit stops at when `path` is served with one byte changed; `good` if it passes. */
async function damaged(log: TestLog, files: Map<string, Buffer>, path: string, at: number, mask: number) {
  const copy = Buffer.from(files.get(path)!)
  copy[at]! ^= mask
  const fetchBytes = memorySource(new Map([...files, [path, copy]]))
  const result = await audit({ fetchBytes, vkey: log.vkey, maxProblems: 1 })
  return result.ok ? 'good' : result.problems[0]!.name
}

/** Names of all problems met when each of the places is damaged. */
async function allDamaged(log: TestLog, path: string, masks: number[], places?: number[]): Promise<string[]> {
  const files = log.files()
  const found = new Set<string>()
  for (const at of places ?? Array.from(files.get(path)!.keys())) {
    for (const mask of masks) found.add(await damaged(log, files, path, at, mask))
  }
  return [...found].toSorted()
}

const everyBit = [1, 2, 4, 8, 16, 32, 64, 128]

describe('a small log', () => {
  const { log } = sampleLog()

  test('every bit of the checkpoint', async () => {
    expect(await allDamaged(log, 'checkpoint', everyBit)).toEqual([
      'note.bad-signature',
      'note.malformed',
      'note.unsigned',
    ] satisfies ProblemName[])
  })

  test('every byte of the hash tile', async () => {
    expect(await allDamaged(log, 'tile/0/000.p/8', [1, 128])).toEqual(['tile.mismatch'])
  })

  test('every byte of the entries', async () => {
    const found = await allDamaged(log, 'tile/entries/000.p/8', [1])
    expect(found).not.toContain('good')
    expect(found).toEqual(
      expect.arrayContaining(['bundle.malformed', 'entry.not-canonical', 'entry.shape', 'entry.wrong-log']),
    )
  })
})

describe('a log of several tiles', () => {
  const log = new TestLog()
  while (log.entries.length < 260) log.add({ type: 'a.b' })
  const perHash = (hashes: number) => Array.from({ length: hashes }, (_, at) => at * 32 + ((at * 7) % 32))

  test('every hash of every tile', async () => {
    expect(await allDamaged(log, 'tile/0/000', [1], perHash(256))).toEqual(['tile.mismatch'])
    expect(await allDamaged(log, 'tile/0/001.p/4', [1])).toEqual(['tile.mismatch'])
    expect(await allDamaged(log, 'tile/1/000.p/1', [1])).toEqual(['tile.mismatch'])
  })

  test('a byte here and there in every bundle', async () => {
    const { length } = log.files().get('tile/entries/000')!
    const places = Array.from({ length: 100 }, (_, at) => (at * 7919) % length)
    expect(await allDamaged(log, 'tile/entries/000', [1], places)).not.toContain('good')
    expect(await allDamaged(log, 'tile/entries/001.p/4', [1], perHash(12))).not.toContain('good')
  })
})

describe('a receipt', () => {
  const { log, order, salt, buyer } = sampleLog()
  const extra = formatReceipt({
    entry: log.entries[order]!,
    openings: [{ name: 'buyer', salt, value: buyer }],
  })
  const proof = log.proof(order, extra)

  test('every bit', async () => {
    expect((await verifyProof({ proof, vkey: log.vkey })).ok).toBe(true)
    const found = new Set<string>()
    for (const at of proof.keys()) {
      for (const mask of everyBit) {
        const copy = Buffer.from(proof)
        copy[at]! ^= mask
        const result = await verifyProof({ proof: copy, vkey: log.vkey })
        found.add(result.ok ? `good ${at} ${mask}` : result.problems[0]!.name)
      }
    }
    expect([...found].toSorted()).toEqual([
      'note.bad-signature',
      'note.malformed',
      'note.unsigned',
      'proof.bad-opening',
      'proof.extra-malformed',
      'proof.malformed',
      'proof.not-included',
    ] satisfies ProblemName[])
  })
})
