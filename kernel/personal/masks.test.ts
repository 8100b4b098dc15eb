import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacter, identityProblem } from './identity-number.ts'
import { maskAddress, maskBank, maskId, maskName, maskPhone } from './masks.ts'

describe('masks', () => {
  it.each([
    [maskName, '王小明', '王**'],
    [maskName, '王明', '王*'],
    [maskName, '王', '*'],
    [maskName, '', '*'],
    [maskName, '欧阳修文', '欧阳**'],
    [maskName, '欧阳', '欧*'],
    [maskName, '买买提·艾力', '买**'],
    [maskName, '𠮷田一', '𠮷**'],
    [maskPhone, '13812341234', '138****1234'],
    [maskPhone, '0755-88888812', '****12'],
    [maskPhone, '12345', '****'],
    [maskId, '11010519491231002X', '110*************2X'],
    [maskId, '123456', '******************'],
    [maskBank, '6222021001116245702', '**** 5702'],
    [maskBank, '12345678', '****'],
    [maskAddress, '广西壮族自治区百色市田阳区那坡镇尚兴村3号', '广西壮族自治区百色市田阳区***'],
    [maskAddress, '广东省深圳市南山区花园小区3栋', '广东省深圳市南山区***'],
    [maskAddress, '深圳市花园小区3栋', '深圳市***'],
    [maskAddress, '花园小区3栋', '***'],
    [maskAddress, '乐业县同乐镇', '***'],
    [maskAddress, '百色市乐业县同乐镇', '百色市乐业县***'],
    [maskAddress, '', '***'],
  ])('%o shows of %s only %s', (mask, clear, masked) => {
    expect(mask(clear)).toBe(masked)
  })

  const digits = (min: number, max: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max })
  const shown = (masked: string) => [...masked].filter(c => c !== '*' && c !== ' ').length

  it('never show more places of a number than allowed', () => {
    fc.assert(fc.property(digits(0, 25), text => shown(maskPhone(text)) <= (/^1\d{10}$/.test(text) ? 7 : 2)))
    fc.assert(fc.property(digits(0, 25), text => shown(maskId(text)) <= 5))
    fc.assert(fc.property(digits(0, 25), text => shown(maskBank(text)) <= 4))
  })

  it('hide at least half of a short phone number, the birthday of an identity and the last character of a name', () => {
    fc.assert(fc.property(digits(0, 25), text => shown(maskPhone(text)) * 3 <= Math.max(text.length * 2, 2)))
    fc.assert(fc.property(digits(18, 18), text => maskId(text).slice(3, 16) === '*'.repeat(13)))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 8 }), name => {
        const masked = maskName(name)
        expect(masked.endsWith('*')).toBe(true)
        expect(shown(masked)).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('never show a digit of an address, and nothing behind the county', () => {
    const piece = fc.constantFrom(
      ...'省市县区旗州盟镇乡村路号栋楼小社园广西百色南山花 0123456789',
      '自治区',
      '自治县',
      '自治州',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
        const masked = maskAddress(pieces.join(''))
        expect(masked).toMatch(/^\p{Script=Han}*\*\*\*$/u)
        expect(masked.length).toBeLessThanOrEqual(11 + 11 + 11 + 3)
      }),
    )
  })
})

describe('an identity number', () => {
  it.each([
    ['11010519491231002X', undefined],
    ['440524188001010014', undefined],
    ['110105194912310021', 'check'],
    ['11010519491331002X', 'date'],
    ['11010519490229002X', 'date'],
    ['110105194912310', 'length'],
    ['11010519491231002x', 'length'],
    ['01010519491231002X', 'length'],
    ['1101051949123100XX', 'length'],
  ])('%s: %s', (text, problem) => {
    expect(identityProblem(text)).toBe(problem)
  })

  it('catches every single wrong digit and every swap of neighbours', () => {
    const body = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(body, fc.nat(16), fc.integer({ min: 1, max: 9 }), (places, at, by) => {
        const wrong = places.with(at, (places[at]! + by) % 10)
        expect(checkCharacter(wrong.join(''))).not.toBe(checkCharacter(places.join('')))
      }),
    )
    fc.assert(
      fc.property(body, fc.nat(15), (places, at) => {
        fc.pre(places[at] !== places[at + 1])
        const swapped = places.with(at, places[at + 1]!).with(at + 1, places[at]!)
        expect(checkCharacter(swapped.join(''))).not.toBe(checkCharacter(places.join('')))
      }),
    )
  })
})
