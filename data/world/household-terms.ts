import type { Source } from './source.ts'

interface Term<Code extends string> {
  readonly code: Code
  readonly zh: string
  readonly en: string
  readonly source: Source
}

/** A term with its share of all households, in tenths of a percent. */
interface Shared<Code extends string> extends Term<Code> {
  readonly permille: number
}

export type CauseCode =
  | 'illness'
  | 'disability'
  | 'schooling'
  | 'disaster'
  | 'land'
  | 'water'
  | 'skills'
  | 'labour'
  | 'funds'
  | 'transport'
  | 'motivation'
  | 'other'

/** Codes and the first five shares are of Guangdong's register, 2016; how the other 11.2 % divides is ours. */
export const causes: readonly Shared<CauseCode>[] = [
  { code: 'illness', zh: '因病', en: 'Illness', permille: 362, source: 'G9' },
  { code: 'labour', zh: '缺劳力', en: 'Lack of labour', permille: 233, source: 'G9' },
  { code: 'disability', zh: '因残', en: 'Disability', permille: 199, source: 'G9' },
  { code: 'schooling', zh: '因学', en: 'Schooling costs', permille: 49, source: 'G9' },
  { code: 'funds', zh: '缺资金', en: 'Lack of funds', permille: 45, source: 'G9' },
  { code: 'skills', zh: '缺技术', en: 'Lack of skills', permille: 32, source: 'invented' },
  { code: 'land', zh: '缺土地', en: 'Lack of land', permille: 16, source: 'invented' },
  { code: 'motivation', zh: '自身发展动力不足', en: 'Lack of own drive', permille: 16, source: 'invented' },
  { code: 'other', zh: '其他', en: 'Other', permille: 16, source: 'invented' },
  { code: 'disaster', zh: '因灾', en: 'Disaster', permille: 12, source: 'invented' },
  { code: 'transport', zh: '交通条件落后', en: 'Poor roads', permille: 12, source: 'invented' },
  { code: 'water', zh: '缺水', en: 'Lack of water', permille: 8, source: 'invented' },
]

export type HouseholdClass = 'tuopin' | 'unstable' | 'marginal' | 'sudden_hardship'

/** Lifted households and the three classes under relapse monitoring; the terms are cited, the shares ours. */
export const householdClasses: readonly Shared<HouseholdClass>[] = [
  { code: 'tuopin', zh: '脱贫户', en: 'Lifted household', permille: 920, source: 'P59' },
  { code: 'unstable', zh: '脱贫不稳定户', en: 'Unstably lifted household', permille: 35, source: 'P59' },
  { code: 'marginal', zh: '边缘易致贫户', en: 'Marginal household', permille: 30, source: 'P59' },
  {
    code: 'sudden_hardship',
    zh: '突发严重困难户',
    en: 'Household in sudden hardship',
    permille: 15,
    source: 'P59',
  },
]

export type LabourAbility = 'skilled' | 'ordinary' | 'lost' | 'none'

export const labourAbilities: readonly Term<LabourAbility>[] = [
  { code: 'skilled', zh: '技能劳动力', en: 'Skilled labour', source: 'P58' },
  { code: 'ordinary', zh: '普通劳动力', en: 'Ordinary labour', source: 'P58' },
  { code: 'lost', zh: '丧失劳动力', en: 'Lost the ability to work', source: 'P58' },
  { code: 'none', zh: '无劳动力', en: 'Unable to work', source: 'P58' },
]

export type Health = 'healthy' | 'chronic' | 'serious' | 'disabled'

export const healthStates: readonly Term<Health>[] = [
  { code: 'healthy', zh: '健康', en: 'Healthy', source: 'P58' },
  { code: 'chronic', zh: '长期慢性病', en: 'Chronic illness', source: 'P58' },
  { code: 'serious', zh: '患有大病', en: 'Serious illness', source: 'P58' },
  { code: 'disabled', zh: '残疾', en: 'Disabled', source: 'P58' },
]

export type Relation = 'head' | 'spouse' | 'son' | 'daughter' | 'father' | 'mother'

export const relations: readonly Term<Relation>[] = [
  { code: 'head', zh: '户主', en: 'Head', source: 'P57' },
  { code: 'spouse', zh: '配偶', en: 'Spouse', source: 'P57' },
  { code: 'son', zh: '之子', en: 'Son', source: 'P57' },
  { code: 'daughter', zh: '之女', en: 'Daughter', source: 'P57' },
  { code: 'father', zh: '之父', en: 'Father', source: 'P57' },
  { code: 'mother', zh: '之母', en: 'Mother', source: 'P57' },
]

/**
 * How many households of each size in ten thousand, from one person to six: the mean is 3.0244, the persons
 * per household of the Shenzhen catalogue (131,790 ÷ 43,576, S3-46). The shape of the curve is ours.
 */
export const sizesPerTenThousand = [1503, 2450, 2497, 1950, 1050, 550] as const
