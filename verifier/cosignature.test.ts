import { describe, expect, test } from 'vitest'
import { openCheckpoint } from './checkpoint.ts'
import { parsePolicy } from './policy.ts'
import { verifyProof } from './proof.ts'
import { testWitness } from './testing/keys.ts'
import { sampleLog } from './testing/sample-log.ts'

const { log, order } = sampleLog()
const [bank, bureau, stranger] = ['bank.example', 'bureau.example', 'stranger.example'].map(testWitness)
const text = `${log.checkpoint().toString().split('\n\n')[0]!}\n`
const noon = 1_772_700_000
const withLines = (...lines: string[]) => Buffer.from(log.checkpoint().toString() + lines.join(''))
const flip = (line: string, at: number): string => {
  const [dash, name, base64] = line.trimEnd().split(' ')
  const bytes = Buffer.from(base64!, 'base64')
  bytes[at]! ^= 1
  return `${dash} ${name} ${bytes.toString('base64')}\n`
}

const trust = (quorum: string, fresh?: { now: number; within: number }) => {
  const lines = [`log ${log.vkey}`, `witness bank ${bank!.vkey}`, `witness bureau ${bureau!.vkey}`]
  const read = parsePolicy(`${lines.join('\n')}\ngroup both all bank bureau\nquorum ${quorum}\n`)
  if (!read.ok) throw new Error(read.problem.name)
  return { trust: { policy: read.value, ...(fresh && { fresh }) } }
}
const open = async (bytes: Uint8Array, trusted = trust('both')) => {
  const head = await openCheckpoint(bytes, trusted)
  return head.ok
    ? head.value.cosignatures.map(({ witness, time }) => [witness.name, time])
    : head.problem.name
}

describe('cosignatures', () => {
  const lines = [bank!.cosign(text, noon), bureau!.cosign(text, noon + 5)] as const

  test('tell who saw the tree, and when', async () => {
    expect(await open(withLines(...lines))).toEqual([
      ['bank.example', noon],
      ['bureau.example', noon + 5],
    ])
    expect(await open(log.checkpoint(), trust('none'))).toEqual([])
  })

  test('are asked for by the policy', async () => {
    expect(await open(log.checkpoint())).toBe('policy.no-quorum')
    expect(await open(withLines(lines[0]))).toBe('policy.no-quorum')
    expect(await open(withLines(lines[0]), trust('bank'))).toEqual([['bank.example', noon]])
    expect(await open(withLines(lines[0], stranger!.cosign(text, noon)))).toBe('policy.no-quorum')
  })

  test('count once a witness, the latest', async () =>
    expect(await open(withLines(bank!.cosign(text, noon - 9), lines[0]), trust('bank'))).toEqual([
      ['bank.example', noon],
    ]))

  test('of strangers may hold anything', async () =>
    expect(await open(withLines(...lines, flip(stranger!.cosign(text, noon), 20)))).toHaveLength(2))

  test('that are bad spoil the whole note, whichever byte behind the key id it is', async () => {
    for (const at of [4, 11, 12, 40, 75]) {
      expect(await open(withLines(...lines, flip(lines[0], at)))).toBe('cosignature.bad')
      expect(await open(withLines(flip(lines[0], at)), trust('none'))).toBe('cosignature.bad')
    }
    const other = bank!.cosign(text.replace(/\n8\n/, '\n7\n'), noon)
    expect(await open(withLines(other), trust('none'))).toBe('cosignature.bad')
  })

  test('must be fresh where that is asked, all of the quorum', async () => {
    const whole = withLines(...lines)
    const at = (now: number, within: number) => open(whole, trust('both', { now, within }))
    expect(await at(noon + 60, 60)).toHaveLength(2)
    expect(await at(noon + 61, 60)).toBe('checkpoint.stale')
    expect(await at(noon - 295, 60)).toHaveLength(2)
    expect(await at(noon - 296, 60)).toBe('checkpoint.stale')
  })

  test('do not stand in for the log’s own signature', async () => {
    const unsigned = Buffer.from(`${text}\n${lines.join('')}`)
    expect(await open(unsigned)).toBe('note.unsigned')
  })
})

test('a receipt says who saw the tree that it stands in', async () => {
  const receipt = Buffer.concat([log.proof(order), Buffer.from(bank!.cosign(text, noon))])
  const result = await verifyProof({ proof: receipt, entry: log.entries[order]!, ...trust('bank') })
  expect(result.ok && result.report.witnesses).toEqual([{ name: 'bank.example', time: noon }])
  const alone = await verifyProof({ proof: log.proof(order), entry: log.entries[order]!, ...trust('bank') })
  expect(alone.ok ? [] : alone.problems.map(({ name }) => name)).toEqual(['policy.no-quorum'])
})
