import { type PriceBasis, priceFen, type RetailFactor, retailFactors } from './pricing.ts'
import { classOf, type ProductClass } from './product-classes.ts'
import { type PackSet, type ProductFamily, productFamilies, type StockUnit } from './product-families.ts'
import type { Source } from './source.ts'

export interface Product {
  readonly key: string
  readonly family: string
  readonly name: string
  readonly nameEn: string
  readonly class: ProductClass
  /** 一级, 二级, 精选, 特级, or none. */
  readonly grade: string
  readonly county: string
  readonly coop: string
  readonly unit: StockUnit
  readonly netGrams: number
  readonly priceFen: number
  readonly priceBasis: PriceBasis
  readonly retailFactor: RetailFactor
  readonly retailFactorBp: number
  readonly gradeBp: number
  readonly harvestMonths: readonly number[]
  readonly shelfLifeDays: number
  readonly story: { readonly zh: string; readonly en: string }
  readonly recognised: boolean
  /** The row that names the product; its grade, pack and price are invented in any case. */
  readonly source: Source
}

/** `gradeBp` moves the price by grade, and by cut or quality where the goods have no grade. */
interface Pack {
  readonly slug: string
  readonly zh: string
  readonly en: string
  readonly grams: number
  readonly gradeBp: number
}

const pack = (slug: string, zh: string, en: string, grams: number, gradeBp: number): Pack => ({
  ...{ slug, zh, en, grams, gradeBp },
})

const boxes = (light: number, heavy: number): readonly Pack[] => [
  pack(`a.${light}jin`, `一级 ${light}斤装`, `grade 1, ${light / 2} kg`, light * 500, 11_000),
  pack(`b.${light}jin`, `二级 ${light}斤装`, `grade 2, ${light / 2} kg`, light * 500, 9000),
  pack(`a.${heavy}jin`, `一级 ${heavy}斤装`, `grade 1, ${heavy / 2} kg`, heavy * 500, 10_500),
  pack(`b.${heavy}jin`, `二级 ${heavy}斤装`, `grade 2, ${heavy / 2} kg`, heavy * 500, 8500),
]

const packSets: Record<PackSet, readonly Pack[]> = {
  fruit: boxes(5, 10),
  vegetable: boxes(4, 20),
  greens: boxes(2, 10),
  bird: [
    pack('hen', '母鸡 1.25千克', 'hen, 1.25 kg', 1250, 10_000),
    pack('cock', '公鸡 1.75千克', 'cock, 1.75 kg', 1750, 9500),
    pack('half', '半只装 0.75千克', 'half bird, 0.75 kg', 750, 10_500),
  ],
  cut: [
    pack('standard.500g', '标准 500克', 'standard, 500 g', 500, 10_000),
    pack('standard.1kg', '标准 1千克', 'standard, 1 kg', 1000, 9800),
    pack('select.500g', '精选 500克', 'select, 500 g', 500, 11_500),
    pack('family.2500g', '家庭装 2.5千克', 'family pack, 2.5 kg', 2500, 9500),
  ],
  bag: [
    pack('a.500g', '一级 500克', 'grade 1, 500 g', 500, 11_000),
    pack('b.500g', '二级 500克', 'grade 2, 500 g', 500, 9000),
    pack('a.1kg', '一级 1千克', 'grade 1, 1 kg', 1000, 10_600),
    pack('b.2500g', '二级 2.5千克', 'grade 2, 2.5 kg', 2500, 8500),
  ],
  rice: [
    pack('2500g', '5斤装', '2.5 kg', 2500, 10_000),
    pack('5kg', '10斤装', '5 kg', 5000, 9600),
    pack('25kg', '50斤装', '25 kg', 25_000, 9000),
  ],
  oil: [
    pack('500ml', '500毫升', '500 ml', 460, 10_000),
    pack('1l', '1升', '1 l', 920, 9700),
    pack('5l', '5升', '5 l', 4600, 9200),
  ],
  tin: [
    pack('100g', '罐装 100克', 'tin, 100 g', 100, 10_500),
    pack('250g', '罐装 250克', 'tin, 250 g', 250, 10_000),
    pack('select.250g', '特级礼盒 250克', 'gift box, 250 g', 250, 13_000),
    pack('500g', '袋装 500克', 'bag, 500 g', 500, 9000),
  ],
  water: [pack('12x500ml', '500毫升×12瓶', '12 bottles of 500 ml', 6000, 10_000)],
}

/** As its pack says it. */
const gradeOf = (pack: string): string => /^(一级|二级|精选)|特级/.exec(pack)?.[0] ?? ''

function product(family: ProductFamily, item: Pack, ordinal: number): Product {
  const { basis, factor } = family
  return {
    key: `${family.key}.${item.slug}`,
    family: family.key,
    name: `${family.name} ${item.zh}`,
    nameEn: `${family.nameEn}, ${item.en}`,
    class: classOf(family.leaf),
    grade: gradeOf(item.zh),
    ...{ county: family.county, coop: family.coop, unit: family.unit, netGrams: item.grams },
    priceFen: priceFen(basis, item.grams, factor, item.gradeBp),
    ...{
      priceBasis: basis,
      retailFactor: factor,
      retailFactorBp: retailFactors[factor],
      gradeBp: item.gradeBp,
    },
    ...{ harvestMonths: family.harvestMonths, shelfLifeDays: family.shelfLifeDays, story: family.story },
    recognised: family.recognised,
    source: ordinal === 0 ? family.source : 'invented',
  }
}

/** The products the articles name come first, then the grades and packs made up around them. */
export const products: readonly Product[] = productFamilies
  .flatMap(family => packSets[family.packs].map((item, ordinal) => product(family, item, ordinal)))
  .toSorted((a, b) => Number(a.source === 'invented') - Number(b.source === 'invented'))

const byKey = new Map(products.map(item => [item.key, item]))

export function productOf(key: string): Product {
  const found = byKey.get(key)
  if (!found) throw new RangeError(`no product ${key}`)
  return found
}

/** Stock taken by so many pieces, in the ledger unit of the product. */
export const stockOf = ({ unit, netGrams }: Product, pieces: number): number =>
  unit === 'g' ? netGrams * pieces : pieces
