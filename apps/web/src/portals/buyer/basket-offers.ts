import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useQueries } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import type { BasketLine } from '../../basket/basket.ts'
import { useProgrammeId } from '../../session/programme.ts'

export interface BasketGoods extends BasketLine {
  /** As it is on sale now; missing while read, or with an error when it cannot be. */
  readonly offer: OfferDetail | undefined
  readonly error: unknown
}

/** What a line of a basket cannot be ordered for, if anything. */
export type Hindrance = 'withdrawn' | 'short'

export function hindranceOf({ offer, pieces }: BasketGoods): Hindrance | undefined {
  if (!offer) return undefined
  if (offer.state !== 'listed') return 'withdrawn'
  return offer.available < pieces ? 'short' : undefined
}

export const isReady = (goods: readonly BasketGoods[]): boolean =>
  goods.length > 0 && goods.every(line => line.offer && !hindranceOf(line))

export const sumOf = (goods: readonly BasketGoods[]): number =>
  goods.reduce((sum, { offer, pieces }) => sum + (offer ? offer.priceFen * pieces : 0), 0)

export function useBasketOffers(lines: readonly BasketLine[]): BasketGoods[] {
  const programme = useProgrammeId()
  const found = useQueries({
    queries: lines.map(({ offerId }) => ({
      queryKey: ['offer', programme, offerId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call('offer', { params: { programme, offer: offerId }, signal }),
    })),
  })
  return lines.map((line, at) => ({ ...line, offer: found[at]?.data, error: found[at]?.error ?? null }))
}
