import { expect, test } from 'vitest'
import { toBase64 } from './base64.ts'
import { Chains } from './chain.ts'
import type { Entry } from './entry.ts'

const leaf = (number: number) => new Uint8Array(32).fill(number)
const fact = (seq: number, after = seq - 1) =>
  ({ actor: 'a', seq, prev: after === 0 ? '' : toBase64(leaf(after)) }) as Entry

function gaps(...facts: Entry[]) {
  const chains = new Chains()
  for (const one of facts) chains.add(one, leaf(one.seq ?? 0))
  return chains.finish().map(({ seq, kind }) => `${kind} ${seq}`)
}

test('numbers that join leave no gap, in any order of arrival', () => {
  expect(gaps(fact(1), fact(2), fact(3))).toEqual([])
  expect(gaps(fact(3), fact(1), fact(2))).toEqual([])
  expect(gaps({ actor: 'a' } as Entry)).toEqual([])
})

test('a withheld fact leaves one', () => expect(gaps(fact(1), fact(3), fact(4))).toEqual(['missing 2']))

test('a number used twice, or one that continues another history', () => {
  expect(gaps(fact(1), fact(1), fact(2))).toEqual(['repeated 1'])
  expect(gaps(fact(1), fact(3), fact(3), fact(2))).toEqual(['repeated 3'])
  expect(gaps(fact(1), fact(2, 7))).toEqual(['broken 2'])
})
