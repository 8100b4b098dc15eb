import { priceOf as exactly } from '@silian/kernel/money/money.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { BuyerGroup, OfferPrice } from './contract.ts'

/** The prices of one version of an offer. */
export interface Priced {
  /** Of a piece, for everybody. */
  readonly priceFen: number
  /** What lowers it. */
  readonly prices: readonly OfferPrice[]
}

export interface LinePrice {
  readonly pieceFen: number
  readonly amountFen: number
}

/**
 * What so many pieces of an offer cost a buyer: the least of the price for everybody and of what is said for all or for
 * the buyer's group from that number on. So more pieces never cost more a piece, and nobody pays more than everybody
 * does. Prices are whole fen a piece: the amount is exact.
 */
export function priceOf(offer: Priced, group: BuyerGroup, pieces: number): LinePrice {
  const pieceFen = offer.prices
    .filter(price => (price.group === 'all' || price.group === group) && price.fromPieces <= pieces)
    .reduce((least, { priceFen }) => Math.min(least, priceFen), offer.priceFen)
  return { pieceFen, amountFen: exactly({ fen: pieceFen, per: 1 }, pieces) }
}

/** Fen a kilogram, rounded half up; null where the net weight is not said. */
export const fenPerKilogram = (priceFen: number, netGrams: number | null): number | null =>
  netGrams === null ? null : exactly({ fen: priceFen, per: netGrams }, 1000)

export type PriceRefusal = 'offer.price_twice' | 'offer.price_not_lower'

/**
 * Whether prices say something: refuses `offer.price_twice` {group, from} and, where one is not below what is paid
 * without it (the price for everybody, or that of fewer pieces of its group or of all), `offer.price_not_lower`
 * {group, from, fen}: the least it is not below.
 */
export function checkPrices({ priceFen, prices }: Priced): Result<null, PriceRefusal> {
  for (const [i, price] of prices.entries()) {
    const { group, fromPieces: from } = price
    if (prices.slice(0, i).some(other => other.group === group && other.fromPieces === from))
      return refuse('offer.price_twice', { group, from })
    const before = prices.filter(
      other =>
        (other.group === group && other.fromPieces < from) || (group !== 'all' && isForAll(other, from)),
    )
    const fen = before.reduce((least, other) => Math.min(least, other.priceFen), priceFen)
    if (price.priceFen >= fen) return refuse('offer.price_not_lower', { group, from, fen })
  }
  return ok(null)
}

const isForAll = ({ group, fromPieces }: OfferPrice, from: number): boolean =>
  group === 'all' && fromPieces <= from

export type TermsRefusal = PriceRefusal | 'offer.most_below_least'

/** Whether an offer's terms hold together: refuses as `checkPrices`, and `offer.most_below_least` {least, most}. */
export function checkTerms(
  offer: { readonly price_fen: number; readonly least_pieces: number; readonly most_pieces: number | null },
  prices: readonly OfferPrice[],
): Result<null, TermsRefusal> {
  const { price_fen: priceFen, least_pieces: least, most_pieces: most } = offer
  if (most !== null && most < least) return refuse('offer.most_below_least', { least, most })
  return checkPrices({ priceFen, prices })
}

/** Whether a season (months, the last included) holds a month; one that is not said is always. */
export const isInSeason = (
  season: { readonly from: number; readonly to: number } | null,
  month: number,
): boolean => {
  if (!season) return true
  const { from, to } = season
  return from <= to ? from <= month && month <= to : month >= from || month <= to
}

/** As whom an organisation buys, by its type. */
export const groupOfUnit = (type: string): 'unit' | 'union' => (type === 'union' ? 'union' : 'unit')

/** 450000 → 45, 451000 → 4510: what the codes of everything in an area begin with. */
export const stepOf = (code: string): string => code.replace(/^(\d{2}|\d{4})(00)+$/, '$1')
