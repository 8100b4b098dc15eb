import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ok, refuse } from '../result/result.ts'
import { arrayOf } from './arrays.ts'
import { date, decimal, measure, oneOf, text, wholeNumber } from './cells.ts'

describe('a decimal', () => {
  it.each([
    ['4.05', 405, 2],
    ['4.50', 45, 1],
    ['9', 9, 0],
    ['0.00', 0, 0],
    ['10', 10, 0],
    ['1.000001', 1_000_001, 6],
    ['3.', 3, 0],
    ['1.0000000', 1, 0],
  ])('%s is exact', (cell, units, places) => {
    expect(decimal(cell)).toEqual(ok({ units, places }))
  })

  it.each(['', '-1', '1,5', '1e3', '.5', '1.2345678', '1234567890', '１', 'x'])('%j is none', cell => {
    expect(decimal(cell)).toEqual(refuse('cell.not_decimal'))
  })

  it('says what was written, however many zeros follow', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.nat(999_999), fc.nat(6), (whole, part, zeros) => {
        const after = String(part).padStart(6, '0')
        const result = decimal(`${whole}.${after}${'0'.repeat(zeros)}`)
        if (!result.ok) throw new Error(result.code)
        const { units, places } = result.value
        expect(BigInt(units) * 10n ** BigInt(6 - places)).toBe(BigInt(whole) * 1_000_000n + BigInt(part))
        expect(places === 0 || units % 10 !== 0).toBe(true)
      }),
    )
  })
})

describe('a date', () => {
  it.each(['2013-06-10', '2013/6/10', '2013.6.10', '2013年6月10日', '20130610'])('%s is one day', cell => {
    expect(date(cell)).toEqual(ok('2013-06-10'))
  })

  it.each(['2013-06-31', '2013-02-29', '2013-13-01', '13-06-10', '2013-6/10', '2013-06', '41435'])(
    '%s is none',
    cell => {
      expect(date(cell)).toEqual(refuse('cell.not_date'))
    },
  )
})

describe('other cells', () => {
  it('keep to their limits', () => {
    expect(text(3)('一二三')).toEqual(ok('一二三'))
    expect(text(3)('一二三四')).toEqual(refuse('cell.too_long', { most: 3 }))
    expect(wholeNumber(1, 9)('7')).toEqual(ok(7))
    expect(wholeNumber(1, 9)('10')).toEqual(refuse('cell.out_of_range', { least: 1, most: 9 }))
    expect(wholeNumber(1, 9)('7.0')).toEqual(refuse('cell.not_whole'))
    expect(measure(-180, 180)('-75.5')).toEqual(ok(-75.5))
    expect(measure(-180, 180)('181')).toEqual(refuse('cell.out_of_range', { least: -180, most: 180 }))
    expect(measure(-180, 180)('north')).toEqual(refuse('cell.not_number'))
  })

  it('know their words and nothing that only looks like one', () => {
    const unit = oneOf({ 斤: 500, 公斤: 1000 })
    expect(unit('公斤')).toEqual(ok(1000))
    expect(unit('箱')).toEqual(refuse('cell.unknown_word', { known: ['斤', '公斤'] }))
    expect(unit('constructor')).toMatchObject({ code: 'cell.unknown_word' })
  })
})

describe('an array for the database', () => {
  it('keeps what would end an element', () => {
    expect(arrayOf(['a', 'b"c', 'd\\e', 'f,g}', '', null])).toBe('{"a","b\\"c","d\\\\e","f,g}","",null}')
    expect(arrayOf([1, -2])).toBe('{1,-2}')
    expect(arrayOf([])).toBe('{}')
  })
})
