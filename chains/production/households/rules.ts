import { type Fault, fault } from '@silian/kernel/declared/values.ts'
import type { Computed } from '@silian/kernel/register/define.ts'
import { addDays } from '@silian/kernel/time/shanghai.ts'

/** The twelve causes of poverty of the provincial register (G9). */
export const causes = [
  ...(['illness', 'disability', 'study', 'disaster', 'land', 'water'] as const),
  ...(['skill', 'labour', 'funds', 'transport', 'drive', 'other'] as const),
] as const
/** Lifted, the three monitored kinds of 2.6, and others. */
export const classes = ['lifted', 'unstable', 'marginal', 'sudden', 'ordinary'] as const
export const attributes = ['general', 'low_income', 'destitute', 'no_labour'] as const
export const relations = [
  ...(['head', 'spouse', 'son', 'daughter', 'son_in_law', 'daughter_in_law', 'father', 'mother'] as const),
  ...(['father_in_law', 'mother_in_law', 'grandson', 'granddaughter', 'grandfather', 'grandmother'] as const),
  ...(['brother', 'sister', 'other'] as const),
] as const
export const healths = ['healthy', 'chronic', 'serious', 'disabled'] as const
export const labours = ['ordinary', 'skilled', 'lost', 'none'] as const
export const educations = ['illiterate', 'primary', 'junior', 'senior', 'college', 'bachelor'] as const
export const schools = [
  ...(['none', 'preschool', 'primary', 'junior', 'senior', 'vocational', 'higher', 'dropped_out'] as const),
] as const
export const workplaces = ['none', 'village', 'county', 'province', 'outside'] as const
export const insurances = ['resident', 'employee', 'none'] as const
export const pensions = ['resident', 'employee', 'drawn', 'none'] as const
export const structures = ['brick', 'brick_wood', 'earth', 'bamboo', 'stone', 'other'] as const
/** Grades of a house's safety: A and B stand, C leans, D is to be left. */
export const dangers = ['a', 'b', 'c', 'd'] as const
export const fuels = ['wood', 'coal', 'gas', 'biogas', 'electric', 'other'] as const
export const toilets = ['flush', 'sanitary', 'dry', 'none'] as const
export const roads = ['earth', 'gravel', 'cement', 'asphalt'] as const
export const organisationTypes = ['cooperative', 'firm', 'association', 'other', 'none'] as const
export const levels = ['province', 'city', 'county', 'township', 'village'] as const
/** The measures of the handbook (P58). */
export const measures = [
  ...(['industry', 'relocation', 'work', 'education', 'medical', 'allowance', 'microcredit'] as const),
  ...(['shares', 'land', 'ecommerce', 'solar', 'ecology', 'tourism'] as const),
] as const

/** What a checker of the registers looks for and people must look at (G12); none of it keeps a row out. */
export const warnings = [
  ...(['no_health', 'no_insurance', 'dropout_healthy', 'danger_unmonitored', 'no_measure'] as const),
] as const
export type Warning = (typeof warnings)[number]

const male: readonly string[] = [
  'son',
  'son_in_law',
  'father',
  'father_in_law',
  'grandson',
  'grandfather',
  'brother',
]
const female: readonly string[] = [
  ...['daughter', 'daughter_in_law', 'mother', 'mother_in_law', 'granddaughter', 'grandmother', 'sister'],
]
const monitoredClasses: readonly string[] = ['unstable', 'marginal', 'sudden']

export interface Member {
  readonly name: string
  readonly idNumber: string
  readonly relation: string
  readonly sex: string
  readonly school: string | null
  readonly dropout: string | null
  readonly health: string | null
  readonly insurance: string | null
}

/** What cannot be (G12): a household without one head, who comes first; a son who is a woman. `member` counts from 1. */
export function checkHousehold(members: readonly Member[]): Fault[] {
  const heads = members.flatMap((member, i) => (member.relation === 'head' ? [i] : []))
  const faults = members.flatMap(({ relation, sex }, i) =>
    (sex === 'female' && male.includes(relation)) || (sex === 'male' && female.includes(relation))
      ? [fault(`member.${i + 1}.relation`, 'household.relation_sex')]
      : [],
  )
  if (heads.length === 0) return [fault('member', 'household.no_head'), ...faults]
  if (heads.length > 1) return [fault(`member.${heads[1]! + 1}.relation`, 'household.two_heads'), ...faults]
  return heads[0] === 0
    ? faults
    : [fault(`member.${heads[0]! + 1}.relation`, 'household.head_first'), ...faults]
}

export interface Situation {
  readonly class: string
  readonly dangerLevel: string | null
  readonly measures: readonly string[] | null
  readonly monitoredFrom: string | null
  readonly riskEndedOn: string | null
  readonly wageIncome: number | null
  readonly businessIncome: number | null
  readonly transferIncome: number | null
  readonly propertyIncome: number | null
  readonly productionCost: number | null
}

/** Head, size, birth years and income worked out; what somebody should look at. */
export function compute(values: Situation, members: readonly Member[], today: string): Computed {
  const netIncome = netIncomeOf(values)
  return {
    values: {
      headName: members.find(member => member.relation === 'head')?.name ?? null,
      memberCount: members.length,
      netIncome,
      perHeadIncome:
        netIncome === null || members.length === 0 ? null : Math.trunc(netIncome / members.length),
      warnings: warningsOf(values, members, today),
    },
    parts: { member: members.map(({ idNumber }) => ({ birthYear: birthYearIn(idNumber) })) },
  }
}

const birthYearIn = (idNumber: string | null): number | null =>
  idNumber === null ? null : Number(idNumber.slice(6, 10))

/** A19: wages, business, transfers and property, less the cost of production; null where nothing of it is known. */
function netIncomeOf(values: Situation): number | null {
  const { wageIncome, businessIncome, transferIncome, propertyIncome, productionCost } = values
  const parts = [wageIncome, businessIncome, transferIncome, propertyIncome]
  if (parts.every(part => part === null)) return null
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) - (productionCost ?? 0)
}

export function warningsOf(values: Situation, members: readonly Member[], today: string): Warning[] {
  const { class: kind, dangerLevel, monitoredFrom, riskEndedOn } = values
  const isMonitored = monitoredClasses.includes(kind) || (monitoredFrom !== null && riskEndedOn === null)
  const isBare = (values.measures ?? []).length === 0
  const waits = monitoredFrom !== null && riskEndedOn === null && addDays(monitoredFrom, 30) < today
  const found: Record<Warning, boolean> = {
    no_health: members.some(member => member.health === null),
    no_insurance: members.some(member => member.insurance === null || member.insurance === 'none'),
    dropout_healthy: members.some(member => member.dropout === 'illness' && member.health === 'healthy'),
    danger_unmonitored: (dangerLevel === 'c' || dangerLevel === 'd') && !isMonitored,
    no_measure: waits && isBare,
  }
  return warnings.filter(warning => found[warning])
}
