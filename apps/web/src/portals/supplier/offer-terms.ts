import type { OfferPrice, OwnOffer } from '@silian/chains/supply/catalogue/contract.ts'
import { fromUnits, toUnits } from '../../desk/amounts.ts'

/** What an offer says beside its price, as it is typed. */
export interface TermsDraft {
  readonly code: string
  readonly net: string
  readonly leadDays: string
  readonly seasonFrom: string
  readonly seasonTo: string
  readonly shelfLife: string
  readonly coldChain: boolean
  readonly least: string
  readonly most: string
  readonly tiers: readonly TierDraft[]
}

export interface TierDraft {
  readonly group: OfferPrice['group']
  readonly from: string
  readonly price: string
}

export const noTerms: TermsDraft = {
  ...{ code: '', net: '', leadDays: '', seasonFrom: '', seasonTo: '', shelfLife: '' },
  ...{ coldChain: false, least: '', most: '', tiers: [] },
}

const digits = (value: number | null): string => (value === null ? '' : String(value))

export const termsOf = (offer: OwnOffer): TermsDraft => ({
  code: offer.code ?? '',
  net: offer.netGrams === null ? '' : fromUnits(offer.netGrams, 3),
  leadDays: offer.leadDays === 0 ? '' : String(offer.leadDays),
  seasonFrom: digits(offer.season?.from ?? null),
  seasonTo: digits(offer.season?.to ?? null),
  shelfLife: digits(offer.shelfLifeDays),
  coldChain: offer.coldChain,
  least: offer.leastPieces === 1 ? '' : String(offer.leastPieces),
  most: digits(offer.mostPieces),
  tiers: offer.prices.map(({ group, fromPieces, priceFen }) => ({
    ...{ group, from: String(fromPieces), price: fromUnits(priceFen, 2) },
  })),
})

const whole = (text: string): number | null => (text === '' ? null : (toUnits(text, 0) ?? null))

/** As the API takes them; what is empty is none. */
export const termsBody = (draft: TermsDraft) => {
  const [from, to] = [whole(draft.seasonFrom), whole(draft.seasonTo)]
  return {
    code: draft.code.trim() || null,
    netGrams: draft.net === '' ? null : (toUnits(draft.net, 3) ?? null),
    leadDays: whole(draft.leadDays) ?? 0,
    season: from !== null && to !== null ? { from, to } : null,
    shelfLifeDays: whole(draft.shelfLife),
    coldChain: draft.coldChain,
    leastPieces: whole(draft.least) ?? 1,
    mostPieces: whole(draft.most),
    prices: draft.tiers
      .filter(({ price }) => price !== '')
      .map(({ group, from: pieces, price }) => ({
        ...{ group, fromPieces: whole(pieces) ?? 1, priceFen: toUnits(price, 2) ?? 0 },
      })),
  }
}
