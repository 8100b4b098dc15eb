import { expect, it } from 'vitest'
import { differencesOf, type StatedLine } from './statement-rules.ts'

const paid = (reference: string, fen: number): StatedLine => ({ kind: 'payment', reference, fen })
const back = (reference: string, fen: number): StatedLine => ({ kind: 'refund', reference, fen })

it('finds what is missing here, missing there, and of another sum, each once', () => {
  const ours = [paid('1', 100), paid('2', 200), paid('3', 300), back('a', 10), back('b', 20), back('c', 30)]
  const theirs = [back('c', 31), back('d', 40), back('a', 10), paid('1', 100), paid('3', 301), paid('4', 400)]
  expect(differencesOf(ours, theirs)).toEqual([
    { kind: 'payment_missing_there', reference: '2', oursFen: 200, theirsFen: null },
    { kind: 'payment_amount', reference: '3', oursFen: 300, theirsFen: 301 },
    { kind: 'payment_missing_here', reference: '4', oursFen: null, theirsFen: 400 },
    { kind: 'refund_missing_there', reference: 'b', oursFen: 20, theirsFen: null },
    { kind: 'refund_amount', reference: 'c', oursFen: 30, theirsFen: 31 },
    { kind: 'refund_missing_here', reference: 'd', oursFen: null, theirsFen: 40 },
  ])
})

it('finds nothing where both say the same', () => {
  expect(differencesOf([paid('1', 1)], [paid('1', 1)])).toEqual([])
  expect(differencesOf([], [])).toEqual([])
})

it('a number that stands twice has the sum of both', () => {
  expect(differencesOf([paid('1', 3)], [paid('1', 1), paid('1', 2)])).toEqual([])
})
