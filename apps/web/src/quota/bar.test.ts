import { expect, it } from 'vitest'
import { barOf } from './bar.ts'

it('measures everything against the share until that is exceeded', () => {
  expect(barOf({ reservedFen: 1000, inApprovalFen: 100, orderedFen: 500, completedFen: 300 })).toEqual({
    asked: 60,
    ordered: 50,
    completed: 30,
    mark: null,
  })
})

it('goes on beyond the share, with a mark where it ends: 106 % is success', () => {
  const bar = barOf({ reservedFen: 1000, inApprovalFen: 0, orderedFen: 1250, completedFen: 1060 })
  expect(bar).toEqual({ asked: 100, ordered: 100, completed: 84.8, mark: 80 })
})

it('stays empty over nothing', () => {
  expect(barOf({ reservedFen: 0, inApprovalFen: 0, orderedFen: 0, completedFen: 0 })).toEqual({
    asked: 0,
    ordered: 0,
    completed: 0,
    mark: 0,
  })
})
