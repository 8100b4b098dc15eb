import type { Rule } from '@silian/chains/supply/quota/contract.ts'

/** The rule that is likely to apply, to help while typing; the server decides. The nearest area above wins. */
export function ruleOf(rules: readonly Rule[], year: number, areaCode: string): Rule | undefined {
  return rules
    .filter(rule => rule.year === year && rule.base === 'canteen_food')
    .filter(rule => areaCode.startsWith(rule.areaCode.replace(/(00)+$/, '')))
    .sort((a, b) => reach(b) - reach(a))[0]
}

const reach = ({ areaCode }: Rule): number => areaCode.replace(/(00)+$/, '').length

/** The least to reserve of a base, rounded up to the fen as the server counts it. */
export const leastOf = (baseFen: number, ratioBp: number): number =>
  Number((BigInt(baseFen) * BigInt(ratioBp) + 5000n) / 10_000n)
