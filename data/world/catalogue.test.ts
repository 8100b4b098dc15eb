import { expect, it } from 'vitest'
import { areaOf } from './areas.ts'
import { flagshipFamilies, harvestSeasons, offerTermsOf, partners, seasonOf } from './catalogue.ts'
import { marksOf } from './marks.ts'
import { classOf } from './product-classes.ts'
import { productFamilies } from './product-families.ts'
import { products } from './products.ts'

it('bears the mark on ten products of seven classes (S3-37)', () => {
  const marked = productFamilies.filter(({ key }) => marksOf(key).includes('shenzhen'))
  expect(marked).toHaveLength(10)
  expect(new Set(marked.map(({ leaf }) => leaf)).size).toBe(7)
})

it('has the seven county brands of S3-41, and the three firms of S3-40', () => {
  expect(flagshipFamilies.map(({ county }) => areaOf(county).name)).toHaveLength(7)
  expect(partners.map(({ source }) => source)).toEqual(['S3-40', 'S3-40', 'S3-40'])
})

it('says seasons by their first and last month, over the new year too', () => {
  expect(seasonOf([6, 7, 8, 9])).toEqual({ from: 6, to: 9 })
  expect(seasonOf([1, 2, 11, 12])).toEqual({ from: 11, to: 2 })
  expect(seasonOf([5, 6, 10, 11, 12])).toEqual({ from: 5, to: 12 })
  expect(seasonOf([3])).toEqual({ from: 3, to: 3 })
  expect(seasonOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])).toBeNull()
  expect(harvestSeasons).toContainEqual({
    ...{ class: classOf('mango').path, county: '451003', months: [6, 7, 8, 9], source: 'S3-19' },
  })
})

it('asks no more of anyone for more pieces', () => {
  for (const product of products) {
    const fen = offerTermsOf(product).prices.map(({ priceFen }) => priceFen)
    expect([product.priceFen > fen[0]!, fen[0]! > fen[1]!, product.priceFen > fen[2]!]).toEqual([
      true,
      true,
      true,
    ])
  }
})
