import type { Pavilion } from '@silian/chains/supply/catalogue/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useOwnName, useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { LoadedPage, Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Filters } from './filters.tsx'
import { OfferCard } from './offer-card.tsx'
import type { ShopSearch } from './search.ts'
import './shop.css'

export function ShopPage() {
  const { t } = useTranslation('shop')
  const programme = useProgrammeId()
  const search: ShopSearch = useSearch({ strict: false })
  const pavilions = useQuery({
    queryKey: ['pavilions', programme],
    queryFn: ({ signal }) => call('pavilions', { params: { programme }, signal }),
    staleTime: 60_000,
  })
  const name = useOwnName()
  return (
    <LoadedPage query={pavilions} title={t('title')}>
      {list => {
        const chosen = list.find(({ key }) => key === search.pavilion) ?? list[0]
        if (!chosen)
          return (
            <Page title={t('title')}>
              <Empty title={t('noPavilion')} />
            </Page>
          )
        return (
          <div className="shop">
            <Page title={name(chosen)} lead={t(chosen.recognisedOnly ? 'lead.recognised' : 'lead.all')}>
              <Pavilions list={list} chosen={chosen} />
              <p>
                <a href={`/s/${programme}`}>{t('citizens')}</a>
              </p>
              <Offers pavilion={chosen.key} search={search} />
            </Page>
          </div>
        )
      }}
    </LoadedPage>
  )
}

function Pavilions({ list, chosen }: { list: Pavilion[]; chosen: Pavilion }) {
  const { t } = useTranslation('shop')
  const name = useOwnName()
  const programme = useProgrammeId()
  if (list.length < 2) return null
  return (
    <nav aria-label={t('pavilions')} className="pavilions">
      <ul>
        {list.map(pavilion => (
          <li key={pavilion.key}>
            <Link
              to="/p/$programme/shop"
              params={{ programme }}
              search={{ pavilion: pavilion.key }}
              aria-current={pavilion.key === chosen.key ? 'page' : undefined}
            >
              {name(pavilion)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Offers({ pavilion, search: { county, class: kind } }: { pavilion: string; search: ShopSearch }) {
  const { t } = useTranslation('shop')
  const programme = useProgrammeId()
  const query = { pavilion, county, class: kind, limit: 24 }
  const pages = usePages(['offers', programme, query], (after, signal) =>
    call('offers', { params: { programme }, query: { ...query, ...after }, signal }),
  )
  return (
    <>
      <Filters
        offers={pages.data?.pages.flatMap(page => page.items) ?? []}
        pavilion={pavilion}
        county={county}
        kind={kind}
      />
      <Paged pages={pages} empty={<Empty title={t('noOffers')}>{t('noOffers.hint')}</Empty>}>
        {offers => (
          <ul className="offers">
            {offers.map(offer => (
              <OfferCard key={offer.id} offer={offer} />
            ))}
          </ul>
        )}
      </Paged>
    </>
  )
}
