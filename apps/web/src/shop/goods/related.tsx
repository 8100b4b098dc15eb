import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { offersOf } from '../queries.ts'
import { GoodsList } from '../ui/card.tsx'
import { useCountyName } from '../ui/county-name.ts'
import { useProgramme } from '../ui/go.tsx'

const MOST = 6

/** Other goods of the county. */
export function Related({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const county = useCountyName(offer)
  const { data } = useQuery(offersOf(programme, { county: offer.countyCode, limit: MOST + 1 }))
  const others = data?.items.filter(one => one.id !== offer.id).slice(0, MOST) ?? []
  if (others.length === 0) return null
  return (
    <section className="section" aria-labelledby="related">
      <h2 id="related">{t('related', { county })}</h2>
      <GoodsList offers={others} />
    </section>
  )
}
