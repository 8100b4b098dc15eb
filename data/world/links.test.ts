import { beforeAll, describe, expect, it } from 'vitest'
import { countyOf } from './areas.ts'
import { generateHouseholds, type Household } from './households.ts'
import { type BenefitLink, generateLinks, linkTemplates, sellerLinks, shareDividend } from './links.ts'
import { organisationOf, organisationsOfType } from './organisations.ts'
import { productClasses } from './product-classes.ts'
import { rowId } from './source.ts'

const sellers = organisationsOfType('cooperative', 'enterprise')

describe('templates', () => {
  it('are one order purchase for each class that is grown, and the three share classes of S3-26', () => {
    expect(linkTemplates).toHaveLength(productClasses.length)
    expect(shareDividend.classes.map(({ zh }) => zh)).toEqual([
      '基础股',
      '基础股+管护股',
      '基础股+管护股+贫困户自筹资金股',
    ])
    for (const template of linkTemplates) expect(template.source).toMatch(rowId)
  })

  it('never promise more in dividends than a fifth of the sales', () => {
    expect(shareDividend.classes.reduce((sum, { salesBp }) => sum + salesBp, 0)).toBe(1200)
  })

  it('have a positive whole protect price and premium', () => {
    const mango = linkTemplates.find(({ key }) => key === 'order.mango')
    // 4.634 yuan is 463 fen, four fifths of it 370
    expect(mango).toMatchObject({ protect: { fen: 370, grams: 500 }, premiumBp: 800, source: 'P92' })
    for (const template of linkTemplates) {
      if (template.kind === 'order_purchase') expect(template.protect.fen).toBeGreaterThan(0)
    }
  })

  it('give every seller at least one, and only known ones', () => {
    const known = new Set(linkTemplates.map(({ key }) => key))
    expect(sellerLinks).toHaveLength(sellers.length)
    for (const { templates } of sellerLinks) {
      expect(templates.length).toBeGreaterThanOrEqual(1)
      for (const key of templates) expect(known.has(key)).toBe(true)
    }
  })
})

describe('links', () => {
  let households: Household[]
  let links: BenefitLink[]
  beforeAll(() => {
    households = generateHouseholds(2000, 1)
    links = generateLinks(households, sellers, 1)
  })

  it('reach exactly 96 percent of the households', () => {
    expect(new Set(links.map(({ household }) => household)).size).toBe(1920)
    expect(links.length).toBeGreaterThan(1920 * 1.15)
    expect(links.length).toBeLessThan(1920 * 1.35)
    expect(new Set(links.map(({ key }) => key)).size).toBe(links.length)
  })

  it('stay inside the county', () => {
    const villages = new Map(households.map(({ code, villageCode }) => [code, villageCode]))
    for (const { household, seller } of links) {
      expect(organisationOf(seller).areaCode).toBe(countyOf(villages.get(household) as string))
    }
  })

  it('carry a share class and shares exactly when they are shares', () => {
    for (const { template, shareClass, shares } of links) {
      expect(shareClass !== null).toBe(template === shareDividend.key)
      expect(shares > 0).toBe(template === shareDividend.key)
    }
  })

  it('are the same for one seed and refuse a county without sellers', () => {
    expect(generateLinks(households, sellers, 1)).toEqual(links)
    expect(() => generateLinks(households, [], 1)).toThrow('no seller in the county')
  })
})
