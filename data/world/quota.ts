import type { Cited } from './source.ts'

/** A floor on buying from assisted counties. The strictest rule that covers a unit's area and year applies. */
export interface QuotaRule {
  readonly key: string
  /** Null is the whole country. */
  readonly areaCode: string | null
  readonly areaName: string
  readonly fromYear: number
  readonly toYear: number | null
  readonly minimumBp: number
  readonly encouragedBp: number | null
  readonly bases: readonly ('canteen_food' | 'union_purchase' | 'procurement_budget')[]
  readonly declareBy: string | null
  readonly notBelowLastYear: boolean
  readonly source: Cited
  readonly note: string
}

type Row = Omit<QuotaRule, 'encouragedBp' | 'notBelowLastYear'> &
  Partial<Pick<QuotaRule, 'encouragedBp' | 'notBelowLastYear'>>

/**
 * The reference gives P10 to P13 for the three 2025 rules together; which page carries which city is told
 * from what each is cited for elsewhere.
 */
const rows: readonly Row[] = [
  {
    ...{ key: 'shenzhen-2020', areaCode: '440300', areaName: '深圳市', fromYear: 2020, toYear: 2020 },
    ...{ minimumBp: 3000, bases: ['procurement_budget'], declareBy: null, source: 'S3-65' },
    note: '用好用足政府采购政策和不低于30%的预留预算额度',
  },
  {
    ...{ key: 'tongzhou-2020', areaCode: '110112', areaName: '通州区', fromYear: 2020, toYear: 2020 },
    ...{ minimumBp: 3000, bases: ['canteen_food', 'union_purchase'], declareBy: null, source: 'S2-24' },
    note: '政府预算单位食堂和工会按照不低于30%的比例采购',
  },
  {
    ...{ key: 'national-2021', areaCode: null, areaName: '全国', fromYear: 2021, toYear: null },
    ...{ minimumBp: 1000, bases: ['canteen_food'], declareBy: null, source: 'P7' },
    note: '预留年度食堂食材采购份额的10%以上，通过832平台采购脱贫县产品',
  },
  {
    ...{ key: 'local-2021', areaCode: null, areaName: '全国地方预算单位', fromYear: 2021, toYear: 2021 },
    ...{ minimumBp: 1000, bases: ['canteen_food'], declareBy: '2021-06-30', source: 'P9' },
    note: '未支付的订单和平台以外的采购不计入',
  },
  {
    ...{ key: 'central-2023', areaCode: null, areaName: '中央预算单位', fromYear: 2023, toYear: 2023 },
    ...{ minimumBp: 1000, bases: ['canteen_food'], declareBy: '2023-03-24', source: 'P8' },
    note: '总额或比例有误的，退回重新填报',
  },
  {
    ...{ key: 'lvliang-2025', areaCode: '141100', areaName: '吕梁市', fromYear: 2025, toYear: 2025 },
    ...{ minimumBp: 1500, bases: ['canteen_food'], declareBy: '2025-03-26', source: 'P10' },
    note: '共用食堂、无食堂、外包食堂分别填报',
  },
  {
    ...{ key: 'tongling-2025', areaCode: '340700', areaName: '铜陵市', fromYear: 2025, toYear: 2025 },
    ...{ minimumBp: 1500, encouragedBp: 2000, bases: ['canteen_food'], declareBy: null, source: 'P11' },
    note: '鼓励按20%预留',
  },
  {
    ...{ key: 'jinzhai-2025', areaCode: '341524', areaName: '金寨县', fromYear: 2025, toYear: 2025 },
    ...{ minimumBp: 1500, notBelowLastYear: true, bases: ['canteen_food'], declareBy: null, source: 'P12' },
    note: '预留金额不低于上年',
  },
]

export const quotaRules: readonly QuotaRule[] = rows.map(row => ({
  encouragedBp: null,
  notBelowLastYear: false,
  ...row,
}))

/** GB/T 2260 is a prefix code: a city's rule covers its districts. */
const covers = (rule: QuotaRule, areaCode: string): boolean =>
  rule.areaCode === null || areaCode.startsWith(rule.areaCode.replace(/(00)+$/, ''))

/** The least share a unit must reserve, in basis points; null before there was a rule. */
export function minimumBpFor(year: number, areaCode: string): number | null {
  const applicable = quotaRules.filter(
    rule => covers(rule, areaCode) && year >= rule.fromYear && year <= (rule.toYear ?? year),
  )
  return applicable.length === 0 ? null : Math.max(...applicable.map(({ minimumBp }) => minimumBp))
}

/** How a unit eats; each case declares in its own way (P8, P10). */
export type CanteenKind = 'own' | 'shared_lead' | 'shared_member' | 'none' | 'outsourced'

export interface Declaration {
  readonly unit: string
  readonly year: number
  readonly canteen: CanteenKind
  readonly canteenFoodFen: number
  readonly reservedBp: number
  readonly reservedFen: number
  readonly unionFen: number
  /** In a shared canteen the unit that declares for this one. */
  readonly declaredBy: string | null
  /** An outsourced canteen declares as usual and lets its contractor order. */
  readonly contractor: string | null
  readonly note: string
  readonly source: 'invented'
}

type Budget = readonly [
  unit: string,
  canteen: CanteenKind,
  canteenYuan: number,
  bp: number,
  unionYuan: number,
]

const budgets2025: readonly Budget[] = [
  ['unit.first', 'own', 8_600_000, 1200, 420_000],
  ['unit.second', 'shared_lead', 12_400_000, 1000, 380_000],
  ['unit.third', 'shared_member', 0, 0, 260_000],
  ['unit.police', 'own', 6_800_000, 1500, 310_000],
  ['unit.hospital', 'own', 15_200_000, 1000, 900_000],
  ['unit.school', 'outsourced', 7_500_000, 1000, 240_000],
  ['unit.library', 'none', 0, 0, 150_000],
  ['unit.baoan', 'own', 3_900_000, 1100, 180_000],
  ['unit.pingshan', 'own', 2_800_000, 1000, 120_000],
  ['unit.longhua', 'own', 9_600_000, 1000, 450_000],
  ['tongzhou.unit', 'own', 5_200_000, 1000, 200_000],
]

const notes: Record<CanteenKind, string> = {
  own: '',
  shared_lead: '与深圳市示范第三机关共用食堂，由本单位统一填报',
  shared_member: '与深圳市示范第二机关共用食堂，由其统一填报',
  none: '无食堂',
  outsourced: '食堂外包，已为承包单位开通交易权限',
}

export const declarations2025: readonly Declaration[] = budgets2025.map(
  ([unit, canteen, canteenYuan, reservedBp, unionYuan]) => ({
    ...{ unit, year: 2025, canteen, reservedBp },
    canteenFoodFen: canteenYuan * 100,
    // yuan × 100 fen × basis points ÷ 10,000
    reservedFen: (canteenYuan * reservedBp) / 100,
    unionFen: unionYuan * 100,
    declaredBy: canteen === 'shared_member' ? 'unit.second' : null,
    contractor: canteen === 'outsourced' ? 'contractor.canteen' : null,
    note: notes[canteen],
    source: 'invented',
  }),
)

/** Companies owe no quota; this is what they mean to spend in the year. */
export const enterpriseBudgets2025: readonly { readonly unit: string; readonly yearFen: number }[] = [
  { unit: 'buyer.insurance', yearFen: 600_000_000 },
  { unit: 'buyer.logistics', yearFen: 120_000_000 },
  { unit: 'buyer.electronics', yearFen: 180_000_000 },
]
