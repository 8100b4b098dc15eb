import { describe, expect, it } from 'vitest'
import { BadFact, isPersonal, type PublicPart, personalPath, publicJson } from './public-part.ts'

const bad = (pub: object): string => {
  try {
    publicJson(pub as PublicPart)
  } catch (error) {
    if (error instanceof BadFact) return error.message
    throw error
  }
  return 'fine'
}

describe('the public part', () => {
  it('writes amounts as decimal strings and keeps all else', () => {
    const pub = {
      fen: 13_812_345_678n,
      loss: -5n,
      n: 3,
      ok: true,
      none: null,
      list: [{ g: 1n }],
      text: '苹果',
    }
    expect(publicJson(pub)).toEqual({
      fen: '13812345678',
      loss: '-5',
      n: 3,
      ok: true,
      none: null,
      list: [{ g: '1' }],
      text: '苹果',
    })
  })

  it('refuses what canonical JSON would drop, round or spell in two ways', () => {
    expect(bad({ a: undefined })).toBe('pub.a cannot stand in a fact')
    expect(bad({ a: [undefined] })).toBe('pub.a[0] cannot stand in a fact')
    expect(bad({ a: 0.5 })).toBe('pub.a is not a safe integer')
    expect(bad({ a: 2 ** 53 })).toBe('pub.a is not a safe integer')
    expect(bad({ a: Number.NaN })).toBe('pub.a is not a safe integer')
    expect(bad({ a: new Date(0) })).toBe('pub.a cannot stand in a fact')
    expect(bad({ a: () => 1 })).toBe('pub.a cannot stand in a fact')
    expect(bad({ a: { b: '\ud800' } })).toBe('pub.a.b is not NFC text')
    expect(bad({ a: 'e\u0301' })).toBe('pub.a is not NFC text')
    expect(bad({ 'e\u0301': 1 })).toBe('pub has a name that is not NFC text')
  })

  it('refuses nesting that readers would not follow', () => {
    let deep: object = {}
    for (let n = 0; n < 40; n++) deep = { a: deep }
    expect(bad(deep)).toContain('nested too deeply')
  })

  it('refuses telephone and identity numbers without repeating them', () => {
    expect(bad({ buyer: { phone: '13812345678' } })).toBe('pub.buyer.phone is personal and must be hidden')
    expect(bad({ who: ['44030519900101123X'] })).toBe('pub.who[0] is personal and must be hidden')
  })
})

describe('personal values', () => {
  it('are known as whole texts only', () => {
    expect(isPersonal('13812345678')).toBe(true)
    expect(isPersonal('110101199003071234')).toBe(true)
    expect(isPersonal('11010119900307123x')).toBe(true)
    expect(isPersonal('order 13812345678')).toBe(false)
    expect(isPersonal('12812345678')).toBe(false)
    expect(isPersonal('138123456789')).toBe(false)
    expect(isPersonal('110101199013071234')).toBe(false)
    expect(isPersonal('440300000000')).toBe(false)
  })

  it('are found in what comes from outside, amounts set aside', () => {
    expect(personalPath({ a: 1, b: [{ c: '13812345678' }] })).toBe('pub.b.0.c')
    expect(personalPath({ totalFen: '13812345678', rows: [{ sum: '13812345678' }] })).toBeUndefined()
    expect(personalPath({ a: 'x', b: null })).toBeUndefined()
  })
})
