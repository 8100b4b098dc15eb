import { describe, expect, it } from 'vitest'
import { areaOf } from './areas.ts'
import { organisationOf } from './organisations.ts'
import { priceFen } from './pricing.ts'
import { productClasses } from './product-classes.ts'
import { productFamilies } from './product-families.ts'
import { productOf, products, stockOf } from './products.ts'
import { rowId } from './source.ts'

describe('products', () => {
  it('are 125 in 28 classes, 113 of them recognised', () => {
    expect(products).toHaveLength(125)
    expect(new Set(products.map(item => item.key)).size).toBe(125)
    expect(new Set(products.map(item => item.class.path)).size).toBe(28)
    expect(products.filter(item => item.recognised)).toHaveLength(113)
  })

  it('begin with those the articles name, each with its row', () => {
    const cited = products.filter(item => item.source !== 'invented')
    expect(products.slice(0, cited.length)).toEqual(cited)
    const named = (row: string) => cited.filter(item => item.source === row).length
    expect(['S3-19', 'S3-41', 'S3-84', 'S2-21'].map(named)).toEqual([7, 7, 1, 1])
    for (const item of cited) expect(item.source).toMatch(rowId)
  })

  it('come from a seller in their own county', () => {
    for (const item of products) {
      expect(organisationOf(item.coop).areaCode).toBe(item.county)
      expect(['cooperative', 'enterprise']).toContain(organisationOf(item.coop).type)
      expect(areaOf(item.county).pairing).not.toBeNull()
    }
  })

  it('have positive whole prices and weights, and sane seasons', () => {
    for (const item of products) {
      expect(item.priceFen > 0 && item.priceFen % 10 === 0).toBe(true)
      expect(Number.isInteger(item.netGrams) && item.netGrams > 0).toBe(true)
      expect(item.shelfLifeDays).toBeGreaterThan(0)
      expect(item.harvestMonths.every(month => month >= 1 && month <= 12)).toBe(true)
      expect(new Set(item.harvestMonths).size).toBe(item.harvestMonths.length)
    }
  })

  it('are counted in the unit of their stock', () => {
    expect(stockOf(productOf('mango.tianyang.a.10jin'), 3)).toBe(15_000)
    expect(stockOf(productOf('chicken.dahua.hen'), 3)).toBe(3)
    expect(() => productOf('none')).toThrow('no product none')
  })
})

describe('prices', () => {
  it('give Zhaotong cured pork the 67.50 yuan a jin of S3-84', () => {
    expect(productOf('bacon.zhaoyang.standard.500g').priceFen).toBe(6750)
  })

  it('follow basis, weight, retail factor and grade', () => {
    const mango = productOf('mango.tianyang.a.5jin')
    expect(mango.priceBasis).toEqual({
      kind: 'xinfadi',
      item: '熟象牙芒果',
      month: '2015-07',
      yuanPerJin: '4.634',
    })
    expect([mango.retailFactorBp, mango.gradeBp]).toEqual([17_000, 11_000])
    // 4.634 × 5 × 1.7 × 1.1 = 43.3279
    expect(mango.priceFen).toBe(4330)
  })

  it('round half up to a jiao', () => {
    const price = (yuanPerJin: string) => priceFen({ kind: 'invented', yuanPerJin }, 500, 'retail', 10_000)
    expect([price('1.049'), price('1.05'), price('1'), price('0.04')]).toEqual([100, 110, 100, 0])
  })

  it('say where their basis comes from', () => {
    for (const { basis } of productFamilies) {
      expect(basis.yuanPerJin).toMatch(/^\d+\.\d{1,3}$/)
      if (basis.kind === 'xinfadi') expect(basis.month).toMatch(/^201[3-6]-(0[1-9]|1[0-2])$/)
    }
  })
})

describe('product classes', () => {
  it('have three levels and a unique leaf', () => {
    for (const { path, labels } of productClasses) {
      expect(path).toBe(labels.map(label => label.slug).join('/'))
    }
    expect(new Set(productClasses.map(({ labels }) => labels[2].slug)).size).toBe(productClasses.length)
  })
})
