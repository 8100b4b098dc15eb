import { basisPoints, type Price, priceOf, type Share, split } from '@silian/kernel/money/money.ts'
import type { OrderPurchase, ShareDividend } from './contract.ts'

/** What a link promises for harvest brought now: the higher of protect price and market plus premium (P92). */
export function purchasePrice(link: OrderPurchase, market: Price | undefined): Price {
  if (!market) return link.floor
  const withPremium = { fen: market.fen * (10_000 + link.premiumBp), per: market.per * 10_000 }
  return isHigher(withPremium, link.floor) ? withPremium : link.floor
}

/** Compares two prices exactly, whatever quantities they are stated for. */
export const isHigher = (a: Price, b: Price): boolean =>
  BigInt(a.fen) * BigInt(b.per) > BigInt(b.fen) * BigInt(a.per)

export interface Source {
  readonly linkId: string
  readonly quantity: number
  readonly price: Price
}

export interface Dividend {
  readonly linkId: string
  readonly formula: ShareDividend
}

/** All shares of a link count alike; the classes of S3-26 are kept apart because they end on different days. */
export const sharesOf = (formula: ShareDividend): number =>
  formula.basicShares + formula.careShares + formula.fundShares

export interface SaleSplit {
  readonly cooperativeFen: number
  /** Fen by link; links that get nothing are left out. */
  readonly byLink: ReadonlyMap<string, number>
}

/**
 * Splits one sale among those it owes: each source of the lot is paid its promised price for its part of the goods,
 * each dividend pool its basis points of the sale by shares, and the co-operative keeps the rest. The parts add up to
 * the sale to the fen. Where the promises exceed the sale the households' parts are cut in proportion.
 */
export function splitSale(
  sale: { amountFen: number; quantity: number; ownQuantity: number },
  sources: readonly Source[],
  dividends: readonly Dividend[],
): SaleSplit {
  const claims = new Map<string, number>()
  const add = (linkId: string, part: number) =>
    part > 0 && claims.set(linkId, (claims.get(linkId) ?? 0) + part)
  for (const [linkId, part] of purchaseClaims(sale, sources)) add(linkId, part)
  for (const [linkId, part] of dividendClaims(sale.amountFen, dividends)) add(linkId, part)
  const claimed = [...claims.values()].reduce((sum, part) => sum + part, 0)
  if (claimed <= sale.amountFen) return { cooperativeFen: sale.amountFen - claimed, byLink: claims }
  const cut = split(
    sale.amountFen,
    [...claims].map(([id, weight]): Share => ({ id, weight })),
  )
  return { cooperativeFen: 0, byLink: new Map([...cut].filter(([, part]) => part > 0)) }
}

/** So many pieces share the parts of a kilogram, or of a hen, well enough. */
const MANY = 1000
/** Fen or grams of one that is large enough to be split alone; a thousand of it might not be counted exactly. */
const MOST_OF_A_PIECE = 1_000_000_000

/**
 * Fen that one of many pieces brings to households, rounded down. A single piece is cut from nobody's goods or one
 * household's, so its own split tells too little or too much.
 */
export function householdsPart(
  piece: { priceFen: number; perPiece: number; ownQuantity: number },
  sources: readonly Source[],
  dividends: readonly Dividend[],
): number {
  const { priceFen, perPiece, ownQuantity } = piece
  const pieces = Math.max(priceFen, perPiece) < MOST_OF_A_PIECE ? MANY : 1
  const sale = { amountFen: pieces * priceFen, quantity: pieces * perPiece, ownQuantity }
  const { cooperativeFen } = splitSale(sale, sources, dividends)
  return Math.floor((sale.amountFen - cooperativeFen) / pieces)
}

/** The goods sold are taken from all who brought them, in proportion to what each brought. */
function purchaseClaims(
  sale: { quantity: number; ownQuantity: number },
  sources: readonly Source[],
): Map<string, number> {
  if (sources.length === 0) return new Map()
  const shares = [
    { id: '', weight: sale.ownQuantity },
    ...sources.map(s => ({ id: s.linkId, weight: s.quantity })),
  ]
  const sold = split(sale.quantity, shares)
  return new Map(sources.map(s => [s.linkId, priceOf(s.price, sold.get(s.linkId) ?? 0)]))
}

/** A co-op's dividend links of one rate form one pool. */
function dividendClaims(amountFen: number, dividends: readonly Dividend[]): Map<string, number> {
  const parts = new Map<string, number>()
  for (const poolBp of new Set(dividends.map(d => d.formula.poolBp))) {
    const pool = dividends.filter(d => d.formula.poolBp === poolBp && sharesOf(d.formula) > 0)
    if (pool.length === 0) continue
    const shares = pool.map(d => ({ id: d.linkId, weight: sharesOf(d.formula) }))
    for (const [linkId, part] of split(basisPoints(amountFen, poolBp), shares)) parts.set(linkId, part)
  }
  return parts
}
