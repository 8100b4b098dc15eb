import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unstorable } from './storable.ts'

it('finds a text that no column holds, and says where', () => {
  expect(unstorable('a\u0000b', 'body')).toBe('body')
  expect(unstorable({ members: [{ name: '王' }, { name: '\ud800' }] }, 'body')).toBe('body/members/1/name')
  expect(unstorable({ after: '\u0000' }, 'querystring')).toBe('querystring/after')
})

it('has nothing against any other value', () => {
  for (const value of ['', '王小明', '👩‍👩‍👧', 'e\u0301', 1, null, undefined, true, [], {}])
    expect(unstorable(value, 'body')).toBeUndefined()
})

it('finds exactly what is not well-formed or holds NUL, at any depth', () => {
  const bad = fc.constantFrom('\u0000', 'x\udfff', '\ud83d')
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), bad, (value, text) => {
      const whole = JSON.stringify(value).includes('\\u0000')
      expect(unstorable(value, 'body') === undefined).toBe(!whole)
      expect(unstorable([value, text], 'body')).toBeDefined()
    }),
  )
})
