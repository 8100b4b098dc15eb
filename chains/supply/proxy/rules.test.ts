import { expect, it } from 'vitest'
import { pointOf } from './rules.ts'

it('a clerk of one point need not say which; of two they do, and never another', () => {
  expect(pointOf(['a'], undefined)).toEqual({ ok: true, value: 'a' })
  expect(pointOf(['a', 'b'], 'b')).toEqual({ ok: true, value: 'b' })
  expect(pointOf(['a', 'b'], undefined)).toMatchObject({ code: 'proxy.point_needed' })
  expect(pointOf(['a', 'b'], 'c')).toMatchObject({ code: 'organisation.not_found' })
  expect(pointOf([], undefined)).toMatchObject({ code: 'organisation.not_found' })
})
