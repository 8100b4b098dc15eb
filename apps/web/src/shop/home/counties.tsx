import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Drawn } from '../drawn/picture.tsx'
import { flagshipsOf } from '../queries.ts'
import { useCountyName } from '../ui/county-name.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { Pin } from '../ui/icons.tsx'
import { useNames } from '../ui/names.ts'
import { OriginMap } from './origin-map.tsx'

/** The map, and a tile for every paired county, by what it is known for (S3-40). */
export function Counties() {
  const { t } = useTranslation('front')
  const programme = useProgramme()
  const { nameOf } = useNames()
  const { data } = useQuery(flagshipsOf(programme))
  if (!data || data.length === 0) return null
  return (
    <section className="section" aria-labelledby="counties">
      <h2 id="counties">{t('counties.title')}</h2>
      <p className="soft">{t('counties.lead')}</p>
      <OriginMap counties={[...new Set(data.map(({ countyCode }) => countyCode))]} />
      <ul className="counties">
        {data.map(county => (
          <li key={county.id} className="county-tile">
            <Drawn kind={county.class} />
            <Go to={`/counties/${county.countyCode}`}>
              <Pin />
              <span>
                <strong>
                  <CountyName county={county} />
                </strong>
                <span className="small">{nameOf(county)}</span>
              </span>
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}

const CountyName = ({ county }: { county: Parameters<typeof useCountyName>[0] }) => useCountyName(county)
