import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

const taken = (turns: Turns, times: number, address: string, now: number): number =>
  Array.from({ length: times }, () => turns.take(address, now)).filter(seconds => seconds === 0).length

it('are a minute’s at once, then as many as come back', () => {
  const turns = new Turns(60)
  expect(taken(turns, 100, '192.0.2.7', 0)).toBe(60)
  expect(turns.take('192.0.2.7', 500)).toBe(1)
  expect(taken(turns, 10, '192.0.2.7', 3000)).toBe(3)
  // more than a minute's are not saved up
  expect(taken(turns, 100, '192.0.2.7', 600_000)).toBe(60)
})

it('tell how long there is none, in whole seconds', () => {
  const turns = new Turns(4)
  expect(taken(turns, 4, '192.0.2.7', 0)).toBe(4)
  expect([0, 1000, 14_999, 15_000].map(now => turns.take('192.0.2.7', now))).toEqual([15, 14, 1, 0])
})

it('are each address’s own, and one of all that whoever has it can take', () => {
  const turns = new Turns(1)
  const addresses = ['192.0.2.7', '192.0.2.8', '::ffff:192.0.2.8', '2001:db8::1', '2001:db8::2']
  expect(addresses.map(address => turns.take(address, 0))).toEqual([0, 0, 60, 0, 60])
})

it('are without end where there is no limit', () => {
  expect(taken(new Turns(0), 10_000, '192.0.2.7', 0)).toBe(10_000)
})

it('forget the address that was not seen for longest rather than grow', () => {
  const turns = new Turns(1)
  for (let n = 0; n <= 10_000; n++) turns.take(`10.0.${n >> 8}.${n & 255}`, 0)
  expect(turns.take('10.0.0.1', 0)).toBe(60)
  expect(turns.take('10.0.0.0', 0)).toBe(0)
})
