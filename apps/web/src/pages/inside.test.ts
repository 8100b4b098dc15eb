import { expect, it } from 'vitest'
import { inside } from './inside.ts'

it('follows a path of our own', () => {
  expect(inside('/p/shenzhen/buyer/orders?state=shipped')).toBe('/p/shenzhen/buyer/orders?state=shipped')
})

it('leads nowhere else', () => {
  for (const to of [
    undefined,
    '',
    'https://example.com',
    '//example.com',
    '/\\example.com',
    '/\t/example.com',
    'p',
  ])
    expect(inside(to)).toBe('/')
})
