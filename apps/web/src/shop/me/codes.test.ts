import { expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { noCodes, refusedCode, secondsLeft, sentCode } from './codes.ts'

const told = { againInSeconds: 60, goodForSeconds: 600 }

it('waits for the next code of the phone that has one, and of no other', () => {
  const codes = sentCode(noCodes, '13900000001', told, 1000)
  expect(codes.sent).toEqual({ phone: '13900000001', minutes: 10 })
  expect(secondsLeft(codes.again['13900000001'], 1000)).toBe(60)
  expect(secondsLeft(codes.again['13900000001'], 61_000)).toBe(0)
  expect(secondsLeft(codes.again['13900000002'], 1000)).toBe(0)
})

it('learns from a refusal how long to wait, and forgets nothing of what was sent', () => {
  const codes = sentCode(noCodes, '13900000001', told, 0)
  const again = refusedCode(codes, '13900000001', new Problem('code.too_soon', 409, { seconds: 42 }), 5000)
  expect(again.sent).toEqual(codes.sent)
  expect(secondsLeft(again.again['13900000001'], 5000)).toBe(42)
  expect(refusedCode(codes, '13900000001', new Problem('code.too_many', 409), 0)).toBe(codes)
})
