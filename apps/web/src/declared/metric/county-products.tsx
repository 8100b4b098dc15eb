import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Loaded } from '../../ui/states.tsx'

interface CountyProductsProps {
  readonly county: string
  /** Opens the orders behind the county's figure; without it the reader may not. */
  readonly openOrders: ((name: string) => void) | undefined
}

/** What a county sells, and the way to the orders of it. */
export function CountyProducts({ county, openOrders }: CountyProductsProps) {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const name = useLocalName()
  const offers = useQuery({
    queryKey: ['offers', programme, county],
    queryFn: ({ signal }) => call('offers', { params: { programme }, query: { county, limit: 24 }, signal }),
  })
  return (
    <section
      className="stack county-products"
      aria-live="polite"
      aria-label={t('map.chosen', { place: county })}
    >
      <Loaded query={offers} lines={3}>
        {({ items }) => {
          const place = items[0]?.countyName ?? county
          return (
            <>
              <h3>{t('cockpit.map.products', { place })}</h3>
              {items.length === 0 ? <p className="muted">{t('cockpit.map.products.none')}</p> : null}
              <ul>
                {items.map(offer => (
                  <li key={offer.id}>
                    <Link to="/p/$programme/shop/offers/$offer" params={{ programme, offer: offer.id }}>
                      {name({ nameZh: offer.nameZh, nameEn: offer.nameEn })}
                    </Link>{' '}
                    <span className="muted">{name({ nameZh: offer.specZh, nameEn: offer.specEn })}</span>
                  </li>
                ))}
              </ul>
              {openOrders ? (
                <p>
                  <button type="button" className="button button-small" onClick={() => openOrders(place)}>
                    {t('cockpit.map.facts')}
                  </button>
                </p>
              ) : null}
            </>
          )
        }}
      </Loaded>
    </section>
  )
}
