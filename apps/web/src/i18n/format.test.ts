import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCount, formatDay, formatFen, formatInstant, formatRatio, monthOf, weightOf } from './format.ts'

describe('formatFen', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [123_450, '¥1,234.50'],
    [100_000_000, '¥1,000,000.00'],
    [-80_001, '−¥800.01'],
    [Number.MAX_SAFE_INTEGER, '¥90,071,992,547,409.91'],
  ])('%d fen is %s', (fen, text) => expect(formatFen(fen)).toBe(text))

  it('loses no fen', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fen => {
        const digits = formatFen(fen).replace(/[¥,.]/g, '').replace('−', '-')
        expect(Number(digits)).toBe(fen === 0 ? 0 : fen)
      }),
    )
  })
})

describe('formatRatio', () => {
  it('cuts and never rounds up to the whole', () => {
    expect(formatRatio(9999, 10_000)).toBe('99.9\u00a0%')
    expect(formatRatio(10_686, 10_000)).toBe('106.8\u00a0%')
    expect(formatRatio(1, 3)).toBe('33.3\u00a0%')
  })

  it('has no answer for parts of nothing', () => expect(formatRatio(5, 0)).toBe('—'))
})

it('groups counts', () =>
  expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']))

it('gives weights in the unit a shopper uses', () => {
  expect([500, 999, 1000, 1250, 2500, 1_000_005].map(weightOf)).toEqual([
    { value: '500', unit: 'g' },
    { value: '999', unit: 'g' },
    { value: '1', unit: 'kg' },
    { value: '1.25', unit: 'kg' },
    { value: '2.5', unit: 'kg' },
    { value: '1,000.005', unit: 'kg' },
  ])
})

describe('time', () => {
  it('is of Shanghai wherever the reader is', () => {
    expect(formatDay('2025-12-31T16:00:00.000Z')).toBe('2026-01-01')
    expect(formatInstant('2025-12-31T15:59:00.000Z')).toBe('2025-12-31 23:59')
    expect(formatInstant('2025-12-31T16:00:00.000Z')).toBe('2026-01-01 00:00')
    expect(monthOf(new Date('2026-01-31T16:00:00Z'))).toBe('2026-02')
  })

  it('leaves a date as it is', () => expect(formatDay('2025-10-01')).toBe('2025-10-01'))
})
