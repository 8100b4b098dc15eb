import type { Cited } from './source.ts'

/** What a price starts from: a wholesale month of the Beijing Xinfadi market, a figure of the articles, or nothing. */
export type PriceBasis =
  | { readonly kind: 'xinfadi'; readonly item: string; readonly month: string; readonly yuanPerJin: string }
  | { readonly kind: 'cited'; readonly row: Cited; readonly yuanPerJin: string }
  | { readonly kind: 'invented'; readonly yuanPerJin: string }

/**
 * From the basis to the price at the table, in basis points. Wholesale prices are of 2013–2016, so sorting,
 * packing, cold chain and delivery come on top; free-range birds and hill cattle take longer than the
 * market's; a retail basis stays as it is. The factors are ours, only the bases are sourced.
 */
export const retailFactors = {
  retail: 10_000,
  fresh: 17_000,
  chilled: 20_000,
  freeRange: 45_000,
  dried: 42_000,
} as const

export type RetailFactor = keyof typeof retailFactors

const milliyuan = (yuan: string): bigint => {
  const [whole = '0', fraction = ''] = yuan.split('.')
  return BigInt(whole + fraction.padEnd(3, '0').slice(0, 3))
}

/** Price of a piece of `grams`, in fen, rounded half up to whole jiao as shops do. */
export function priceFen(basis: PriceBasis, grams: number, factor: RetailFactor, gradeBp: number): number {
  const numerator =
    milliyuan(basis.yuanPerJin) * BigInt(grams) * BigInt(retailFactors[factor]) * BigInt(gradeBp)
  // yuan/1000 per 500 g, two factors of 10,000, and 100 of them make one jiao
  const denominator = 500n * 10_000n * 10_000n * 100n
  return Number((numerator * 2n + denominator) / (denominator * 2n)) * 10
}
