import { decimal } from '@silian/kernel/imports/cells.ts'
import { priceOf } from '@silian/kernel/money/money.ts'
import { must } from '@silian/kernel/result/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactPrices, faultOfQuotation, type Quotation } from './rules.ts'

const quotation = (low: string, mean: string, high: string, unit: Quotation['unit'] = '斤'): Quotation => ({
  item: '红山果',
  spec: '普通',
  on: '2026-03-02',
  unit,
  low: must(decimal(low)),
  mean: must(decimal(mean)),
  high: must(decimal(high)),
})

describe('a price', () => {
  it('is whole fen for so many grams', () => {
    expect(exactPrices(quotation('4', '4.05', '4.1'))).toEqual({ low: 400, mean: 405, high: 410, per: 500 })
    expect(exactPrices(quotation('8', '9.005', '10', '公斤'))).toEqual({
      low: 8000,
      mean: 9005,
      high: 10_000,
      per: 10_000,
    })
    expect(exactPrices(quotation('3200', '3300', '3400', '吨'))).toMatchObject({
      mean: 330_000,
      per: 1_000_000,
    })
  })

  it('costs what it says, to the fen, for any number of units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 1000 }), (milli, units) => {
        const yuan = `${Math.floor(milli / 1000)}.${String(milli % 1000).padStart(3, '0')}`
        const { mean, per } = exactPrices(quotation(yuan, yuan, yuan))
        expect(priceOf({ fen: mean, per }, units * 500)).toBe(Math.floor((milli * units + 5) / 10))
      }),
    )
  })
})

describe('a quotation', () => {
  it.each([
    ['4', '4', '4', undefined],
    ['4', '4.05', '4.1', undefined],
    ['0', '4', '5', { column: 'low', code: 'price.not_positive', params: {} }],
    ['4', '0.00', '5', { column: 'mean', code: 'price.not_positive', params: {} }],
    ['30.5', '17.5', '4.5', { column: 'low', code: 'price.order', params: { low: 3050, high: 450 } }],
    [
      '7',
      '6.8',
      '7.5',
      { column: 'mean', code: 'price.mean_outside', params: { low: 700, mean: 680, high: 750 } },
    ],
    [
      '7',
      '7.6',
      '7.5',
      { column: 'mean', code: 'price.mean_outside', params: { low: 700, mean: 760, high: 750 } },
    ],
  ])('of %s, %s and %s', (low, mean, high, fault) => {
    expect(faultOfQuotation(quotation(low, mean, high))).toEqual(fault)
  })
})
