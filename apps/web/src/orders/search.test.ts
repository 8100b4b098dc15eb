import { expect, it } from 'vitest'
import { orderSearch } from './search.ts'

it('keeps what the server knows and drops the rest', () => {
  expect(
    orderSearch({ state: 'approved', from: '2026-01-01', to: '2026-01-31', text: ' 食堂 ', late: 'true' }),
  ).toEqual({ state: 'approved', from: '2026-01-01', to: '2026-01-31', text: '食堂', late: 'true' })
  expect(orderSearch({ state: 'lost', from: 'yesterday', to: 1, text: ' ', late: 'yes', more: 'x' })).toEqual(
    {},
  )
})
