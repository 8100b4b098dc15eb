import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { monthOf } from '../../i18n/format.ts'
import { harvestOf, offersOf } from '../queries.ts'
import { GoodsList } from '../ui/card.tsx'
import { Go, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Nothing, Ready } from '../ui/notice.tsx'

/** What is on sale now, and above it what the fields bear this month. */
export function Season() {
  const { t } = useTranslation('front')
  const programme = useProgramme()
  const offers = useQuery(offersOf(programme, { limit: 12 }))
  return (
    <section className="section" aria-labelledby="season">
      <div className="section-head">
        <h2 id="season">{t('season.title')}</h2>
        <Go to="/find">{t('season.all')}</Go>
      </div>
      <Harvest />
      <Ready query={offers} cards={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t('season.none')}>{t('season.none.hint')}</Nothing>
          ) : (
            <GoodsList offers={items} />
          )
        }
      </Ready>
    </section>
  )
}

const MOST = 14

function Harvest() {
  const { t } = useTranslation('front')
  const programme = useProgramme()
  const { either } = useNames()
  const month = Number(monthOf(new Date()).slice(5))
  const { data } = useQuery(harvestOf(programme, { month }))
  if (!data || data.length === 0) return null
  const classes = [...new Map(data.map(one => [one.class, one])).values()].slice(0, MOST)
  return (
    <div className="harvest">
      <p className="soft small">{t('season.harvest', { month })}</p>
      <ul className="chips">
        {classes.map(one => (
          <li key={one.class}>
            <Go to="/find" search={{ class: one.class }} className="chip">
              {either(one.classZh, one.classEn)}
            </Go>
          </li>
        ))}
      </ul>
    </div>
  )
}
