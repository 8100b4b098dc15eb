import { expect, it } from 'vitest'
import { stateAt } from './state-at.ts'

it('a row is told as each of its versions left it, the first one too', () => {
  const history = [
    { version: 3, after: { code: null } },
    { version: 2, after: { income: 20 } },
    { version: 1, after: { code: 'A', income: 10, name: '*' } },
  ]
  expect([1, 2, 3].map(version => stateAt(history, version))).toEqual([
    { code: 'A', income: 10, name: '*' },
    { code: 'A', income: 20, name: '*' },
    { code: null, income: 20, name: '*' },
  ])
})
