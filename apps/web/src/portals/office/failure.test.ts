import { expect, it } from 'vitest'
import { failureKindOf } from './failure.tsx'

it('says what a code comes down to, of one that nobody listed that the provider refused', () => {
  expect(
    ['ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', 'NOT_ENOUGH', 'CLOSED', 'ACQ.TRADE_NOT_EXIST', 'ACQ.NEW_ONE'].map(
      failureKindOf,
    ),
  ).toEqual(['sum', 'balance', 'CLOSED', 'unknown', 'other'])
})
