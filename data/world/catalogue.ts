import { classOf } from './product-classes.ts'
import { type ProductFamily, productFamilies } from './product-families.ts'
import type { Product } from './products.ts'
import type { Source } from './source.ts'

export interface Partner {
  readonly nameZh: string
  readonly nameEn: string
  readonly workZh: string
  readonly workEn: string
  readonly source: Source
}

const ofThePlan = {
  workZh: '“一县一品”计划引入的龙头企业（落户县区未公布）',
  workEn: 'A leading firm brought in by the plan “one county, one product” (its county is not published)',
  source: 'S3-40' as Source,
}

/** The three firms of S3-40, partners of the plan as a whole. */
export const partners: readonly Partner[] = [
  { nameZh: '绿然灯塔农产品物流园', nameEn: 'Lüran Dengta farm produce logistics park', ...ofThePlan },
  { nameZh: '家顺康', nameEn: 'Jiashunkang', ...ofThePlan },
  { nameZh: '饭饭得', nameEn: 'Fanfande', ...ofThePlan },
]

/** 一县一品: the county brands that the articles list (S3-41). */
export const flagshipFamilies: readonly ProductFamily[] = productFamilies.filter(
  ({ source }) => source === 'S3-41',
)

export interface Season {
  readonly class: string
  readonly county: string
  readonly months: readonly number[]
  readonly source: Source
}

/** What is harvested in which county in which months: the harvests of its products. */
export const harvestSeasons: readonly Season[] = [
  ...Map.groupBy(productFamilies, ({ leaf, county }) => `${classOf(leaf).path} ${county}`).values(),
].map(families => {
  const { leaf, county, source } = families[0]!
  const months = [...new Set(families.flatMap(({ harvestMonths }) => harvestMonths))].sort((a, b) => a - b)
  return { class: classOf(leaf).path, county, months, source }
})

/** First and last month of a harvest, over the new year where its longest pause lies before; null for all the year. */
export function seasonOf(months: readonly number[]): { readonly from: number; readonly to: number } | null {
  if (months.length === 12) return null
  const sorted = months.toSorted((a, b) => a - b)
  const pauses = sorted.map((month, i) => (sorted[(i + 1) % sorted.length]! - month + 12) % 12 || 12)
  const last = pauses.indexOf(Math.max(...pauses))
  return { from: sorted[(last + 1) % sorted.length]!, to: sorted[last]! }
}

/** What an offer of a product says beside its price; lower prices for citizens and unions are ours. */
export const offerTermsOf = ({
  key,
  netGrams,
  harvestMonths,
  shelfLifeDays,
  retailFactor,
  priceFen,
}: Product) => ({
  ...{ code: key, netGrams, shelfLifeDays, season: seasonOf(harvestMonths) },
  coldChain: retailFactor === 'chilled' || retailFactor === 'freeRange',
  leadDays: shelfLifeDays <= 15 ? 1 : 0,
  prices: [
    { group: 'citizen' as const, fromPieces: 3, priceFen: part(priceFen, 97) },
    { group: 'citizen' as const, fromPieces: 10, priceFen: part(priceFen, 94) },
    { group: 'union' as const, fromPieces: 50, priceFen: part(priceFen, 92) },
  ],
})

const part = (fen: number, percent: number): number => Math.floor((fen * percent) / 100)

export interface PavilionPlan {
  readonly key: string
  readonly nameZh: string
  readonly nameEn: string
  readonly wordsZh: string
  readonly wordsEn: string
  readonly recognisedOnly: boolean
  readonly seenBy: readonly ('public' | 'unit' | 'union' | 'citizen')[]
  readonly areaPrefixes: readonly string[]
  readonly marks: readonly 'shenzhen'[]
  readonly source: Source
}

type Rest = Partial<Omit<PavilionPlan, 'key' | 'nameZh' | 'nameEn'>>
const pavilion = (key: string, nameZh: string, nameEn: string, rest: Rest): PavilionPlan => ({
  ...{ key, nameZh, nameEn, wordsZh: '', wordsEn: '', recognisedOnly: false, seenBy: ['public'] },
  ...{ areaPrefixes: [], marks: [], source: 'invented' },
  ...rest,
})

/** Storefronts on one back end (S3-55): of recognised goods, for units alone (S0-07), of the mark, one a field of assistance. */
export const pavilions: readonly PavilionPlan[] = [
  pavilion('assistance', '采购帮扶馆', 'Assistance pavilion', {
    ...{ recognisedOnly: true, source: 'S3-55' },
    wordsZh: '通过认定、计入帮扶的产品',
    wordsEn: 'Recognised products, counted as assistance',
  }),
  pavilion('units', '深圳采购帮扶馆', 'Shenzhen procurement pavilion', {
    ...{ recognisedOnly: true, seenBy: ['unit', 'union'], source: 'S0-07' },
    wordsZh: '只对预算单位和工会开放',
    wordsEn: 'Open to budget units and trade unions alone',
  }),
  pavilion('alliance', '电商联盟馆', 'E-commerce alliance pavilion', { source: 'S3-55' }),
  pavilion('mark', '圳品馆', 'Pavilion of the Shenzhen mark', {
    ...{ marks: ['shenzhen'], source: 'S3-37' },
    wordsZh: '7类10个产品纳入“圳品”',
    wordsEn: 'Ten products of seven classes bear the mark',
  }),
  pavilion('guangxi', '广西馆', 'Guangxi pavilion', { areaPrefixes: ['45'] }),
  pavilion('guangdong', '广东馆', 'Guangdong pavilion', { areaPrefixes: ['44'] }),
  pavilion('west', '西部馆', 'Western pavilion', { areaPrefixes: ['51', '53', '54', '65', '15'] }),
]

/** 地方特产馆 of a county (S4-17). */
export const countyPavilion = (county: string, nameZh: string, nameEn: string): PavilionPlan =>
  pavilion(`county-${county}`, `${nameZh}特产馆`, `${nameEn} speciality pavilion`, {
    ...{ areaPrefixes: [county], source: 'S4-17' },
    ...{ wordsZh: `${nameZh}出产的，都在这一馆。`, wordsEn: `All that comes from ${nameEn}.` },
  })
