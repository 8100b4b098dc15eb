import { expect, it } from 'vitest'
import { stepOf } from './keys.ts'

it('goes down and up through the field and what was found, round and round', () => {
  expect([0, 1, 2].map(at => stepOf('ArrowDown', at, 3))).toEqual([1, 2, 0])
  expect([0, 1, 2].map(at => stepOf('ArrowUp', at, 3))).toEqual([2, 0, 1])
})

it('goes from the field to the first with Enter, and leaves all other keys alone', () => {
  expect([stepOf('Enter', 0, 3), stepOf('Enter', 1, 3), stepOf('a', 0, 3)]).toEqual([1, undefined, undefined])
  expect([stepOf('ArrowDown', 0, 1), stepOf('ArrowDown', -1, 3)]).toEqual([undefined, undefined])
})
