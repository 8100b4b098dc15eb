import { countyOf } from './areas.ts'
import type { Household } from './households.ts'
import { type Organisation, organisationsOfType } from './organisations.ts'
import { classOf } from './product-classes.ts'
import { type ProductFamily, productFamilies } from './product-families.ts'
import { between, mulberry32, pick, type Random, shuffled } from './random.ts'
import type { Source } from './source.ts'

/** A price is rational: so many fen for so many grams. */
export interface Rate {
  readonly fen: number
  readonly grams: number
}

/** Pays max(protect price, market × (1 + premium)) × accepted weight. */
export interface OrderPurchase {
  readonly kind: 'order_purchase'
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly leaf: string
  readonly protect: Rate
  readonly premiumBp: number
  readonly source: Source
}

export type ShareClass = 'base' | 'base_care' | 'base_care_own'

export interface ShareTerms {
  readonly code: ShareClass
  readonly zh: string
  readonly en: string
  /** Part of the co-operative's sales that the holders of this class divide among them. */
  readonly salesBp: number
}

export interface ShareDividend {
  readonly kind: 'share_dividend'
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly classes: readonly ShareTerms[]
  readonly source: Source
}

export type LinkTemplate = OrderPurchase | ShareDividend

export const shareDividend: ShareDividend = {
  kind: 'share_dividend',
  key: 'shares.three-classes',
  name: '入股分红（三类股份）',
  nameEn: 'Share dividend, three classes',
  classes: [
    { code: 'base', zh: '基础股', en: 'Base share', salesBp: 300 },
    { code: 'base_care', zh: '基础股+管护股', en: 'Base and tending shares', salesBp: 500 },
    {
      code: 'base_care_own',
      zh: '基础股+管护股+贫困户自筹资金股',
      en: 'Base, tending and own-money shares',
      salesBp: 400,
    },
  ],
  source: 'S3-26',
}

/** The protect price stands at four fifths of the wholesale basis; where there is a retail basis, at half. */
function protectOf({ basis, factor }: ProductFamily): Rate {
  const fenPerJin = Math.round(Number(basis.yuanPerJin) * 100)
  return { fen: Math.floor((fenPerJin * (factor === 'retail' ? 50 : 80)) / 100), grams: 500 }
}

/** The formula is of a public contract sample (P92); its prices and premiums are ours. */
const orderPurchase = (family: ProductFamily): OrderPurchase => ({
  kind: 'order_purchase',
  key: `order.${family.leaf}`,
  name: `${classOf(family.leaf).labels[2].zh}订单收购`,
  nameEn: `Order purchase: ${classOf(family.leaf).labels[2].en}`,
  leaf: family.leaf,
  protect: protectOf(family),
  premiumBp: family.factor === 'retail' ? 500 : 800,
  source: 'P92',
})

const firstOfLeaf = productFamilies.filter(
  (family, index) => productFamilies.findIndex(({ leaf }) => leaf === family.leaf) === index,
)

/** Water is bottled, not grown: its plant buys nothing from households and pays shares only. */
const grown = (family: ProductFamily) => family.leaf !== 'spring-water'

export const linkTemplates: readonly LinkTemplate[] = [
  ...firstOfLeaf.filter(grown).map(orderPurchase),
  shareDividend,
]

export interface SellerLinks {
  readonly seller: string
  readonly templates: readonly string[]
}

/** Recognition asks for at least one active link of the seller (S3-23), so every seller has some. */
export const sellerLinks: readonly SellerLinks[] = organisationsOfType('cooperative', 'enterprise').map(
  ({ key }) => ({
    seller: key,
    templates: [
      ...new Set(
        productFamilies
          .filter(family => family.coop === key && grown(family))
          .map(({ leaf }) => `order.${leaf}`),
      ),
      shareDividend.key,
    ],
  }),
)

const templatesOf = new Map(sellerLinks.map(({ seller, templates }) => [seller, templates]))

export interface BenefitLink {
  readonly key: string
  readonly household: string
  readonly seller: string
  readonly template: string
  readonly shareClass: ShareClass | null
  readonly shares: number
  readonly source: 'invented'
}

/** In hundredths: almost all of the goal of S3-27, every household with an industry behind it. */
const coveragePercent = 96
const secondLinkPercent = 25

function linkOf(random: Random, household: Household, seller: Organisation, template: string): BenefitLink {
  const isShare = template === shareDividend.key
  return {
    key: `${household.code}:${seller.key}:${template}`,
    household: household.code,
    seller: seller.key,
    template,
    shareClass: isShare ? pick(random, shareDividend.classes).code : null,
    shares: isShare ? between(random, 1, 5) * 100 : 0,
    source: 'invented',
  }
}

function linksOf(random: Random, household: Household, sellers: readonly Organisation[]): BenefitLink[] {
  const choices = shuffled(
    random,
    sellers.flatMap(seller => (templatesOf.get(seller.key) ?? []).map(template => ({ seller, template }))),
  )
  const wanted = random() * 100 < secondLinkPercent ? 2 : 1
  return choices.slice(0, wanted).map(({ seller, template }) => linkOf(random, household, seller, template))
}

/** Links households with sellers of their own county; exactly `coveragePercent` of them, rounded down. */
export function generateLinks(
  households: readonly Household[],
  sellers: readonly Organisation[],
  seed: number,
): BenefitLink[] {
  const random = mulberry32(seed)
  const byCounty = Map.groupBy(sellers, ({ areaCode }) => areaCode)
  const covered = Math.floor((households.length * coveragePercent) / 100)
  return shuffled(random, households)
    .slice(0, covered)
    .flatMap(household => {
      const near = byCounty.get(countyOf(household.villageCode))
      if (!near) throw new RangeError(`no seller in the county of ${household.code}`)
      return linksOf(random, household, near)
    })
}
