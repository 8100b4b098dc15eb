import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, fromBase64Of, toBase64 } from './base64.ts'
import { byteKey, concat, equalBytes, fromHex, fromUtf8, toHex, uint32, utf8 } from './bytes.ts'

describe('base64', () => {
  test('writes what Node writes and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      }),
    )
  })

  test('every accepted text is the only one for its bytes', () => {
    const characters = fc.constantFrom(...'ABwxyz019+/=-_ \n')
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 8 }), list => {
        const bytes = fromBase64(list.join(''))
        if (bytes) expect(toBase64(bytes)).toBe(list.join(''))
      }),
      { numRuns: 5000 },
    )
  })

  test.each([
    'A',
    'AA',
    'AAA',
    'A===',
    '====',
    'AB==',
    'AAB=',
    'AA=A',
    'AA==AAAA',
    'AA-_',
    'AA A',
    'AAA\n',
    'ÀAAA',
  ])('refuses %j', text => expect(fromBase64(text)).toBeUndefined())

  test('refuses another length', () => {
    expect(fromBase64Of(3, 'AAAA')).toEqual(new Uint8Array(3))
    expect(fromBase64Of(4, 'AAAA')).toBeUndefined()
  })
})

describe('bytes', () => {
  test('hexadecimal is lower-case and even', () => {
    expect(toHex(Uint8Array.of(0, 171, 255))).toBe('00abff')
    expect(fromHex('00abff')).toEqual(Uint8Array.of(0, 171, 255))
    for (const text of ['0', 'AB', 'zz', '0x']) expect(fromHex(text)).toBeUndefined()
  })

  test('UTF-8 that is not UTF-8 has no text, and a byte order mark stays', () => {
    expect(fromUtf8(utf8('四链'))).toBe('四链')
    expect(fromUtf8(utf8('\ufeffa'))).toBe('\ufeffa')
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
      expect(fromUtf8(Uint8Array.from(bytes))).toBeUndefined()
  })

  test('joining, comparing, counting', () => {
    expect(concat(Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3))
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false)
    expect(uint32(0x01020304)).toEqual(Uint8Array.of(1, 2, 3, 4))
    expect(byteKey(Uint8Array.of(0, 255))).toHaveLength(2)
  })
})
