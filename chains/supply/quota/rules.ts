import { levelOf, segmentOf } from '@silian/kernel/access/area.ts'
import { basisPoints } from '@silian/kernel/money/money.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { NewDeclaration, Rule } from './contract.ts'

/** The rule for a unit: of its year and base, the one of the nearest area above it. */
export function ruleFor(rules: readonly Rule[], year: number, areaPath: string): Rule | undefined {
  const areas = areaPath.split('/')
  const depth = (rule: Rule) => areas.indexOf(segmentOf(rule.areaCode, levelOf(rule.areaCode) ?? 'county'))
  return rules
    .filter(rule => rule.year === year && rule.base === 'canteen_food' && depth(rule) >= 0)
    .sort((a, b) => depth(b) - depth(a))[0]
}

/** What a declaration must reserve at the least, in fen. */
export const leastReserved = (rule: Pick<Rule, 'ratioBp'>, baseFen: number): number =>
  basisPoints(baseFen, rule.ratioBp)

export type DeclarationRefusal =
  | 'declaration.no_rule'
  | 'declaration.not_zero'
  | 'declaration.canteen_required'
  | 'declaration.not_shared'
  | 'declaration.below_last_year'
  | 'declaration.not_representative'
  | 'declaration.below_ratio'
  | 'declaration.above_base'

/** The four cases of P8 and P10: own or outsourced canteens declare, shared ones by one unit, none declares zero. */
export function checkDeclaration(
  declared: NewDeclaration,
  rule: Rule | undefined,
  canteen: { readonly representative: boolean } | undefined,
  lastYearFen = 0,
): Result<null, DeclarationRefusal> {
  if (!rule) return refuse('declaration.no_rule', { year: declared.year })
  const zero = declared.kind === 'none' || declared.kind === 'shared'
  if (zero && (declared.baseFen !== 0 || declared.reservedFen !== 0)) return refuse('declaration.not_zero')
  if (declared.kind === 'shared' && declared.canteenId && canteen?.representative !== false)
    return refuse('declaration.not_shared')
  if (zero) return ok(null)
  if (!canteen) return refuse('declaration.canteen_required')
  if (!canteen.representative) return refuse('declaration.not_representative')
  const least = leastReserved(rule, declared.baseFen)
  if (declared.reservedFen < least)
    return refuse('declaration.below_ratio', { leastFen: least, ratioBp: rule.ratioBp })
  if (declared.reservedFen > declared.baseFen)
    return refuse('declaration.above_base', { baseFen: declared.baseFen })
  if (rule.notBelowLastYear && declared.reservedFen < lastYearFen)
    return refuse('declaration.below_last_year', { leastFen: lastYearFen })
  return ok(null)
}

/** How much of a year is over on a day, that day included. */
export function yearGone(on: string): { year: number; gone: number; days: number } {
  const year = Number(on.slice(0, 4))
  const daysTo = (date: string) =>
    Math.round((Date.parse(date) - Date.parse(`${year}-01-01`)) / 86_400_000) + 1
  return { year, gone: daysTo(on), days: daysTo(`${year}-12-31`) }
}

export interface CountedLine {
  readonly amountFen: number
  readonly countyCode: string
  readonly recognised: boolean
}

/** The part of an order that counts towards a quota under its rule: recognised goods from the rule's areas. */
export const countedFen = (
  rule: Pick<Rule, 'recognisedOnly' | 'productAreas'>,
  lines: readonly CountedLine[],
): number =>
  lines
    .filter(line => !rule.recognisedOnly || line.recognised)
    .filter(
      line =>
        rule.productAreas.length === 0 || rule.productAreas.some(area => line.countyCode.startsWith(area)),
    )
    .reduce((sum, line) => sum + line.amountFen, 0)
