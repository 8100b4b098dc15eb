import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ShopAnswer } from '../api.ts'
import { Drawn } from '../drawn/picture.tsx'
import { flagshipsOf, harvestOf, offersOf } from '../queries.ts'
import { Back } from '../ui/back.tsx'
import { GoodsList } from '../ui/card.tsx'
import { useCountyName } from '../ui/county-name.ts'
import { useParam, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Nothing, Ready } from '../ui/notice.tsx'
import { useTitle } from '../ui/title.ts'
import '../styles/county.css'

const MOST = 48

/** A county's own page: what it is known for, who works on it there, what is harvested when, and all it sells (S3-40). */
export function CountyPage() {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const county = useParam('county')
  const flagships = useQuery(flagshipsOf(programme))
  const offers = useQuery(offersOf(programme, { county, limit: MOST }))
  const own = flagships.data?.filter(one => one.countyCode === county) ?? []
  const known = own[0]?.countyName ?? offers.data?.items[0]?.countyName ?? ''
  const name = useCountyName({ countyCode: county, countyName: known })
  useTitle(name || t('county.untitled'))
  return (
    <div className="page">
      <Back to="/">{t('county.back')}</Back>
      <h1>{name ? t('county.title', { county: name }) : t('county.untitled')}</h1>
      {own.map(one => (
        <Flagship key={one.id} flagship={one} />
      ))}
      <Calendar county={county} />
      <section className="section" aria-labelledby="county-goods">
        <h2 id="county-goods">{t('county.goods')}</h2>
        <Ready query={offers}>
          {({ items }) =>
            items.length === 0 ? <Nothing title={t('county.none')} /> : <GoodsList offers={items} />
          }
        </Ready>
      </section>
    </div>
  )
}

type Flag = ShopAnswer<'flagships'>[number]

function Flagship({ flagship }: { flagship: Flag }) {
  const { t } = useTranslation('goods')
  const { nameOf, either } = useNames()
  return (
    <article className="flagship">
      <Drawn kind={flagship.class} />
      <div className="flagship-words">
        <h2>{nameOf(flagship)}</h2>
        <p className="story">{either(flagship.storyZh, flagship.storyEn)}</p>
        {flagship.source === 'invented' ? <p className="small soft">{t('origin.invented')}</p> : null}
        {flagship.partners.length > 0 ? (
          <>
            <h3>{t('county.partners')}</h3>
            <ul className="partners">
              {flagship.partners.map(partner => (
                <li key={partner.nameZh}>
                  <strong>{nameOf(partner)}</strong>
                  <span className="soft"> {either(partner.workZh, partner.workEn)}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </article>
  )
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

function Calendar({ county }: { county: string }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const { either } = useNames()
  const { data } = useQuery(harvestOf(programme, { county }))
  if (!data || data.length === 0) return null
  return (
    <section className="section" aria-labelledby="calendar">
      <h2 id="calendar">{t('calendar.title')}</h2>
      <ul className="calendar panel">
        {data.map(one => (
          <li key={one.class}>
            <span>{either(one.classZh, one.classEn)}</span>
            <span className="unseen">{t('calendar.months', { months: one.months.join(' ') })}</span>
            <span className="calendar-months" aria-hidden="true">
              {months.map(month => (
                <span key={month} className={one.months.includes(month) ? 'month month-on' : 'month'}>
                  {month}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
