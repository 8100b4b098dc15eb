import type { Offer } from '@silian/chains/supply/catalogue/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProgrammeId } from '../../session/programme.ts'

const kinds = ['fruit', 'vegetable', 'nut', 'meat', 'grain', 'tea', 'specialty'] as const

interface FiltersProps {
  /** Offers on the page: their counties can be chosen at once. */
  readonly offers: readonly Offer[]
  readonly pavilion: string
  readonly county: string | undefined
  readonly kind: string | undefined
}

export function Filters(props: FiltersProps) {
  return (
    <div className="filters">
      <Kinds {...props} />
      <Counties {...props} />
    </div>
  )
}

function Kinds({ pavilion, county, kind }: FiltersProps) {
  const { t } = useTranslation(['shop', 'declared/codes'])
  const programme = useProgrammeId()
  return (
    <nav aria-label={t('filter.kind')}>
      <ul className="chips">
        {[undefined, ...kinds].map(one => (
          <li key={one ?? 'all'}>
            <Link
              to="/p/$programme/shop"
              params={{ programme }}
              search={{ pavilion, ...(county && { county }), ...(one && { class: one }) }}
              className="chip"
              aria-current={one === kind ? 'true' : undefined}
              resetScroll={false}
            >
              {one ? t(`value.class.${one}`, { ns: 'declared/codes' }) : t('filter.all')}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Counties({ offers, pavilion, county, kind }: FiltersProps) {
  const { t } = useTranslation('shop')
  const id = useId()
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const [wanted, setWanted] = useState(county !== undefined)
  const counties = useCounties(offers, pavilion, wanted)
  const choose = (chosen: string) =>
    void navigate({
      to: '/p/$programme/shop',
      params: { programme },
      search: { pavilion, ...(kind && { class: kind }), ...(chosen && { county: chosen }) },
      resetScroll: false,
    })
  const known = county !== undefined && !counties.some(([code]) => code === county)
  return (
    <div className="filter-county">
      <label htmlFor={id}>{t('filter.county')}</label>
      <select
        id={id}
        value={county ?? ''}
        onPointerEnter={() => setWanted(true)}
        onFocus={() => setWanted(true)}
        onChange={event => choose(event.target.value)}
      >
        <option value="">{t('filter.allCounties')}</option>
        {known ? <option value={county}>{county}</option> : null}
        {counties.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Counties on the page, and once somebody reaches for the choice those of the pavilion's first 200 offers. */
function useCounties(shown: readonly Offer[], pavilion: string, enabled: boolean): [string, string][] {
  const programme = useProgrammeId()
  const { data } = useQuery({
    queryKey: ['counties', programme, pavilion],
    queryFn: ({ signal }) =>
      call('offers', { params: { programme }, query: { pavilion, limit: 200 }, signal }),
    enabled,
    staleTime: 600_000,
  })
  const all = [...shown, ...(data?.items ?? [])]
  const names = new Map(all.map(({ countyCode, countyName }) => [countyCode, countyName]))
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1))
}
