import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import { canonicalJson, type Json, parseCanonical } from './canonical.ts'

describe('canonical JSON', () => {
  test('the sorting example of RFC 8785', () => {
    const value = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Dalet',
      '1': 'One',
      '\u0080': 'C',
      '\u{1f600}': 'Smile',
      ö: 'o',
    }
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7)
    expect(canonicalJson(value)).toBe(
      '{"\\r":"CR","1":"One","\u0080":"C","ö":"o","\u20ac":"Euro","\u{1f600}":"Smile","\ufb33":"Dalet"}',
    )
  })

  test('any value is read back from its own canonical bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), value => {
        const plain = JSON.parse(JSON.stringify(value)) as Json
        if (!JSON.stringify(plain).isWellFormed() || /\\ud[89a-f]/.test(JSON.stringify(plain))) return
        expect(parseCanonical(utf8(canonicalJson(plain)))).toEqual(plain)
      }),
    )
  })

  test.each([
    ['duplicate names', '{"a":1,"a":1}'],
    ['duplicate names after escaping', '{"a":1,"\\u0061":1}'],
    ['wrong order', '{"b":1,"a":1}'],
    ['blanks', '{"a": 1}'],
    ['line feed at the end', '{"a":1}\n'],
    ['a number in another form', '{"a":1.0}'],
    ['an exponent', '{"a":1e2}'],
    ['minus zero', '{"a":-0}'],
    ['a number that rounds', '{"a":9007199254740993}'],
    ['a number out of range', '{"a":1e400}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a lone surrogate in a name', '{"\\udc00":1}'],
    ['a needless escape', '{"a":"\\u0041"}'],
    ['an upper-case escape', '{"a":"\\u001F"}'],
    ['an escaped solidus', '{"a":"\\/"}'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['deep nesting', `${'['.repeat(66)}${']'.repeat(66)}`],
    ['nesting that would exhaust the stack', '['.repeat(60_000) + ']'.repeat(60_000)],
    ['no JSON', '{a:1}'],
    ['nothing', ''],
  ])('refused: %s', (_, text) => expect(parseCanonical(utf8(text))).toBeUndefined())

  test('refused: not UTF-8', () => expect(parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toBeUndefined())

  test('names of the prototype are ordinary names', () => {
    const text = '{"__proto__":{"x":1},"constructor":2}'
    expect(canonicalJson(parseCanonical(utf8(text))!)).toBe(text)
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})
