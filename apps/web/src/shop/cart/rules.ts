import type { Offer } from '@silian/chains/supply/catalogue/contract.ts'

/** What the cart remembers of goods, so that it can be read without a line. */
export type Seen = Pick<
  Offer,
  | 'nameZh'
  | 'nameEn'
  | 'specZh'
  | 'specEn'
  | 'sellerId'
  | 'sellerName'
  | 'class'
  | 'priceFen'
  | 'version'
  | 'cover'
  | 'available'
  | 'leastPieces'
  | 'mostPieces'
  | 'prices'
> & { readonly state: Offer['state'] }

export interface CartLine {
  readonly programme: string
  readonly offerId: string
  readonly pieces: number
  /** Goes along to the checkout. */
  readonly chosen: boolean
  readonly addedAt: number
  /** As the customer agreed to it: its version is what is ordered. */
  readonly seen: Seen
}

export const seenOf = (offer: Offer): Seen => ({
  nameZh: offer.nameZh,
  nameEn: offer.nameEn,
  specZh: offer.specZh,
  specEn: offer.specEn,
  sellerId: offer.sellerId,
  sellerName: offer.sellerName,
  class: offer.class,
  priceFen: offer.priceFen,
  version: offer.version,
  cover: offer.cover ?? null,
  available: offer.available,
  leastPieces: offer.leastPieces ?? 1,
  mostPieces: offer.mostPieces ?? null,
  prices: offer.prices ?? [],
  state: offer.state,
})

/** What a piece costs a citizen who takes that many: the lowest of the prices that hold for them. */
export function pieceFen({ priceFen, prices }: Pick<Seen, 'priceFen' | 'prices'>, pieces: number): number {
  const held = prices.filter(
    ({ group, fromPieces }) => (group === 'all' || group === 'citizen') && fromPieces <= pieces,
  )
  return Math.min(priceFen, ...held.map(price => price.priceFen))
}

export const lineFen = ({ seen, pieces }: Pick<CartLine, 'seen' | 'pieces'>): number =>
  pieceFen(seen, pieces) * pieces

/** `changed`: sold otherwise than when it was put in; `gone`: not sold any more; `short`: fewer are left. */
export type Standing = 'good' | 'unknown' | 'changed' | 'gone' | 'short'

/** How a line stands against what is sold now; without an answer it stays as it was seen. */
export function standingOf(line: CartLine, now: Seen | undefined): Standing {
  if (!now) return 'unknown'
  if (now.state === 'withdrawn' || now.available === 0) return 'gone'
  if (now.version !== line.seen.version) return 'changed'
  return now.available < line.pieces ? 'short' : 'good'
}

export const leastOf = ({ leastPieces }: Seen): number => leastPieces
export const mostOf = ({ available, mostPieces }: Seen): number =>
  Math.min(available, mostPieces ?? available)

/** What the most is: all that is left, or all that is sold at once. */
export const capOf = (seen: Seen): 'left' | 'most' => (mostOf(seen) < seen.available ? 'most' : 'left')

/** As many as may be ordered, as near to the wish as that allows. */
export const piecesWithin = (seen: Seen, wanted: number): number =>
  Math.max(leastOf(seen), Math.min(mostOf(seen), wanted))

export interface Basketful {
  readonly sellerId: string
  readonly sellerName: string
  readonly lines: readonly CartLine[]
}

/** By seller, in the order in which each first came in. */
export function bySeller(lines: readonly CartLine[]): Basketful[] {
  const groups = Map.groupBy(
    lines.toSorted((a, b) => a.addedAt - b.addedAt),
    ({ seen }) => seen.sellerId,
  )
  return [...groups].map(([sellerId, own]) => ({ sellerId, sellerName: own[0]!.seen.sellerName, lines: own }))
}

export const totalFen = (lines: readonly CartLine[]): number =>
  lines.reduce((sum, line) => sum + lineFen(line), 0)
