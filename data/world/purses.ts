import { organisationOf } from './organisations.ts'
import { declarations2025, enterpriseBudgets2025 } from './quota.ts'

export type Fund = 'canteen' | 'union' | 'enterprise'

/** The money of one unit for one purpose: what it may spend, and what the plan lets it spend. */
export interface Purse {
  readonly unit: string
  readonly fund: Fund
  /** Who orders: the unit itself, or the contractor of its canteen. */
  readonly orderedBy: string
  readonly ceilingFen: number
  readonly plannedFen: number
}

/**
 * Canteens aim a little above or below their reserve, so that the ranking has winners and laggards; one
 * stays behind on purpose. The quota is a floor: 106 % is success.
 */
const canteenPercent: Record<string, number> = {
  'unit.first': 112,
  'unit.second': 106,
  'unit.police': 118,
  'unit.hospital': 103,
  'unit.school': 98,
  'unit.baoan': 109,
  'unit.pingshan': 71,
  'unit.longhua': 104,
}
const unionPercent = 60
const enterprisePercent = 50

const part = (fen: number, percent: number): number => Math.floor((fen * percent) / 100)

/** Only the units of the Shenzhen programme: one programme's plan spends no other's money. */
const ours = declarations2025.filter(({ unit }) => organisationOf(unit).areaCode.startsWith('4403'))

const canteens: readonly Purse[] = ours
  .filter(({ reservedFen }) => reservedFen > 0)
  .map(({ unit, contractor, canteenFoodFen, reservedFen }) => ({
    unit,
    fund: 'canteen',
    orderedBy: contractor ?? unit,
    ceilingFen: canteenFoodFen,
    plannedFen: part(reservedFen, canteenPercent[unit] ?? 100),
  }))

const unions: readonly Purse[] = ours.map(({ unit, unionFen }) => ({
  unit,
  fund: 'union',
  orderedBy: unit,
  ceilingFen: unionFen,
  plannedFen: part(unionFen, unionPercent),
}))

const enterprises: readonly Purse[] = enterpriseBudgets2025.map(({ unit, yearFen }) => ({
  unit,
  fund: 'enterprise',
  orderedBy: unit,
  ceilingFen: yearFen,
  plannedFen: part(yearFen, enterprisePercent),
}))

export const purses: readonly Purse[] = [...canteens, ...unions, ...enterprises]
