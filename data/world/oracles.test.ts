import { describe, expect, it } from 'vitest'
import { figureOf, figures } from './cited.ts'
import { fraction, middle, over, toDecimal } from './decimal.ts'
import { computeOracle, oracles } from './oracles.ts'
import { rowId } from './source.ts'

describe('cited figures', () => {
  it('are at least 45, each with a unique key, a row and an exact decimal', () => {
    expect(figures).toHaveLength(76)
    expect(new Set(figures.map(({ key }) => key)).size).toBe(figures.length)
    for (const { row, value } of figures) {
      expect(row).toMatch(rowId)
      expect(value).toMatch(/^\d+(\.\d+)?$/)
    }
  })

  it('quote the text of the articles, and nothing where only a paraphrase was seen', () => {
    for (const { row, quoteZh } of figures) {
      if (row.startsWith('S')) expect(quoteZh).toMatch(/\d/)
      else expect(quoteZh).toBeNull()
    }
  })

  it('print their value, or it in tens of thousands, in the quotation', () => {
    const odd = figures.filter(({ quoteZh, value }) => {
      const inWan = toDecimal(fraction(value), 0) === value ? String(Number(value) / 10_000) : value
      return quoteZh !== null && !quoteZh.includes(value) && !quoteZh.includes(inWan)
    })
    expect(odd.map(({ key }) => key)).toEqual(['bacon.share'])
    expect(figureOf('bacon.share').quoteZh).toBe('总销量的1/5')
  })

  it('are found by key', () => {
    expect(figureOf('catalogue.persons')).toMatchObject({ row: 'S3-46', value: '131790', unit: '人' })
    expect(() => figureOf('none')).toThrow('no figure none')
  })
})

describe('oracles', () => {
  it('are the fifteen rows of the reference, tea with two results', () => {
    expect(oracles).toHaveLength(16)
  })

  it.each(oracles.map(oracle => [oracle.key, oracle] as const))('%s comes out as printed', (_, oracle) => {
    expect(computeOracle(oracle)).toBe(oracle.expected)
  })

  it('differ from what the source prints only for Guangxi, which prints 35.83', () => {
    const guangxi = oracles.find(({ key }) => key === 'guangxi.completion')
    expect(guangxi && computeOracle(guangxi)).toBe('35.87')
  })
})

describe('fractions', () => {
  it('divide and round half up without a float', () => {
    expect(toDecimal(over(fraction('1'), fraction('3')), 4)).toBe('0.3333')
    expect(toDecimal(over(fraction('0.5'), fraction('100')), 2)).toBe('0.01')
    expect(toDecimal(fraction('2.5'), 0)).toBe('3')
    expect(toDecimal(middle(fraction('5000'), fraction('6000')), 0)).toBe('5500')
  })

  it('refuse what is no decimal', () => {
    expect(() => fraction('1/5')).toThrow('not a decimal')
  })
})
