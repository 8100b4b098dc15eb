import { type FigureUnit, figureOf } from './cited.ts'
import { type Fraction, fraction, middle, over, times, toDecimal } from './decimal.ts'

/** One figure, or the middle of the two ends the text prints. */
type Term = string | readonly [low: string, high: string]

export interface Oracle {
  readonly key: string
  readonly labelZh: string
  readonly labelEn: string
  readonly numerator: Term
  /** What to divide by, or with `product` what to multiply with. */
  readonly denominator: Term
  readonly operation: 'ratio' | 'product'
  readonly percent: boolean
  readonly digits: number
  readonly unit: string
  /** The digits the reference prints. */
  readonly expected: string
}

type Row = readonly [
  key: string,
  labelZh: string,
  labelEn: string,
  numerator: Term,
  denominator: Term,
  expected: string,
  unit: string,
  operation?: 'product',
]

// biome-ignore format: a table reads better with one check a line
const rows: readonly Row[] = [
  ['exit-rate', '脱贫率', 'Exit rate', 'poor.lifted', 'poor.persons', '95.27', '%'],
  ['persons-per-household', '户均人口', 'Persons per driven household', 'catalogue.persons', 'catalogue.households', '3.024', '人/户'],
  ['products-per-county', '县均产品数', 'Products per county', 'catalogue.products', 'catalogue.counties', '20.83', '个/县'],
  ['leverage.districts', '各区消费券撬动倍数', 'Coupon leverage, districts', 'coupons.districts.sales', 'coupons.districts', '2.61', '倍'],
  ['leverage.union', '工会消费券撬动倍数', 'Coupon leverage, union', 'coupons.union.sales', 'coupons.union', '15', '倍'],
  ['welfare-per-member', '会员人均福利', 'Welfare per member', 'welfare.sum', 'welfare.members', '375', '元'],
  ['bacon.price', '昭通腊肉单价', 'Price of Zhaotong cured pork', 'bacon.value', 'bacon.sold', '67.5', '元/斤'],
  ['bacon.origin-total', '昭通腊肉总销量', 'What Zhaotong sells of it', 'bacon.sold', 'bacon.share', '20000', '斤'],
  ['greenhouse.loss', '大棚预计损失', 'Expected greenhouse loss', 'greenhouses', 'greenhouse.loss', '2100000', '元', 'product'],
  ['live.conversion', '直播转化率', 'Live conversion', 'live.deals', 'live.viewers', '0.6', '%'],
  ['tea.volume', '溯源茶叶销量倍数', 'Traced tea, volume', 'tea.sold.2019', ['tea.sold.2018.low', 'tea.sold.2018.high'], '3.6', '倍'],
  ['tea.price', '溯源茶叶价格倍数', 'Traced tea, price', ['tea.price.2019.low', 'tea.price.2019.high'], ['tea.price.2018.low', 'tea.price.2018.high'], '1.57', '倍'],
  ['guangxi.completion', '广西完成率', 'Guangxi completion', 'guangxi.completed', 'guangxi.quota', '35.87', '%'],
  ['shandong.activation', '山东激活率', 'Shandong activation', 'shandong.active', 'shandong.units', '29.4', '%'],
  ['shandong.execution', '山东执行率', 'Shandong execution', 'shandong.traded', 'shandong.reserved', '5.5', '%'],
  ['recognised-share', '三专销售中认定产品占比', 'Recognised share of cabinet sales', 'cabinets.recognised', 'cabinets.sold', '61.6', '%'],
]

export const oracles: readonly Oracle[] = rows.map(
  ([key, labelZh, labelEn, numerator, denominator, expected, unit, operation]) => ({
    ...{ key, labelZh, labelEn, numerator, denominator, expected, unit },
    operation: operation ?? 'ratio',
    percent: unit === '%',
    digits: expected.split('.')[1]?.length ?? 0,
  }),
)

/** What one unit of the text is in yuan, persons, pieces and so on. */
const factors: Partial<Record<FigureUnit, bigint>> = {
  万元: 10_000n,
  亿元: 100_000_000n,
  万人: 10_000n,
  万户: 10_000n,
}

function inBaseUnit(key: string): Fraction {
  const { value, unit } = figureOf(key)
  return fraction(value, factors[unit] ?? 1n)
}

const termOf = (term: Term): Fraction =>
  typeof term === 'string' ? inBaseUnit(term) : middle(inBaseUnit(term[0]), inBaseUnit(term[1]))

/** The oracle computed from the cited figures alone, to the digits the reference prints. */
export function computeOracle(oracle: Oracle): string {
  const combine = oracle.operation === 'ratio' ? over : times
  const exact = combine(termOf(oracle.numerator), termOf(oracle.denominator))
  return toDecimal(oracle.percent ? times(exact, { top: 100n, bottom: 1n }) : exact, oracle.digits)
}
