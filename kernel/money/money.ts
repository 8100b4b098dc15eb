declare const unit: unique symbol

/** Money in fen, a safe integer. */
export type Fen = number & { readonly [unit]: 'fen' }
/** Weight in grams, a safe integer. */
export type Grams = number & { readonly [unit]: 'g' }

export const fen = (n: number): Fen => whole(n) as Fen
export const grams = (n: number): Grams => whole(n) as Grams

/** A price of `fen` for every `per` units (grams or pieces): prices per jin stay exact this way. */
export interface Price {
  readonly fen: number
  readonly per: number
}

/** Price × quantity, rounded half up to the fen. Quantity and price must not be negative. */
export function priceOf(price: Price, quantity: number): Fen {
  if (price.fen < 0 || quantity < 0 || price.per <= 0)
    throw new RangeError('price and quantity must not be negative')
  return fen(
    Number(roundHalfUp(BigInt(whole(price.fen)) * BigInt(whole(quantity)), BigInt(whole(price.per)))),
  )
}

/** `part` basis points of an amount, rounded half up. */
export const basisPoints = (amount: number, part: number): Fen => priceOf({ fen: amount, per: 10_000 }, part)

export interface Share {
  readonly id: string
  /** Relative weight, a whole number ≥ 0. */
  readonly weight: number
}

/**
 * Splits an amount over shares so that the parts add to it exactly: the largest remainders get the odd units, ties
 * go to the smaller id. With no weight at all nobody gets anything and the amount must be 0.
 */
export function split(amount: number, shares: readonly Share[]): Map<string, number> {
  const total = shares.reduce((sum, share) => sum + BigInt(whole(share.weight)), 0n)
  if (whole(amount) < 0 || shares.some(share => share.weight < 0))
    throw new RangeError('a split is of whole positive parts')
  if (total === 0n && amount !== 0) throw new RangeError('nothing to split over')
  const exact = shares.map(({ id, weight }) => {
    const scaled = BigInt(amount) * BigInt(weight)
    return total === 0n ? { id, part: 0n, rest: 0n } : { id, part: scaled / total, rest: scaled % total }
  })
  let odd = BigInt(amount) - exact.reduce((sum, e) => sum + e.part, 0n)
  const parts = new Map(exact.map(e => [e.id, Number(e.part)]))
  for (const { id } of exact.sort((a, b) => compare(b.rest, a.rest) || (a.id < b.id ? -1 : 1))) {
    if (odd === 0n) break
    parts.set(id, parts.get(id)! + 1)
    odd -= 1n
  }
  return parts
}

/** Fails on fractions and on numbers that JSON cannot carry exactly. */
export function whole(n: number): number {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a safe whole number: ${n}`)
  return n
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
const roundHalfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor)
