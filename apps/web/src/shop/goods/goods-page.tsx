import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { offerOf } from '../queries.ts'
import { Back } from '../ui/back.tsx'
import { useCountyName } from '../ui/county-name.ts'
import { useParam, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Ready } from '../ui/notice.tsx'
import { useTitle } from '../ui/title.ts'
import { Gallery } from './gallery.tsx'
import { Origin } from './origin.tsx'
import { Put } from './put.tsx'
import { Reach } from './reach.tsx'
import { Related } from './related.tsx'
import { Reviews } from './reviews.tsx'
import { Worth } from './worth.tsx'
import '../styles/goods.css'

export function GoodsPage() {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const offer = useQuery(offerOf(programme, useParam('offer')))
  const { nameOf } = useNames()
  useTitle(offer.data ? nameOf(offer.data) : t('title'))
  return (
    <div className="page has-foot">
      <Back to="/find">{t('back')}</Back>
      {offer.data ? null : <h1 className="unseen">{t('title')}</h1>}
      <Ready query={offer} cards={2}>
        {found => <Goods key={found.id} offer={found} />}
      </Ready>
    </div>
  )
}

function Goods({ offer }: { offer: OfferDetail }) {
  const { nameOf, besideOf } = useNames()
  const county = useCountyName(offer)
  return (
    <>
      <article className="goods">
        <Gallery offer={offer} />
        <div className="goods-head">
          <h1>{nameOf(offer)}</h1>
          <p className="soft">{[county, besideOf(offer), offer.variety].filter(Boolean).join(' · ')}</p>
          <Marks offer={offer} />
          <Worth offer={offer} />
          <Put offer={offer} />
          <Promised offer={offer} />
          <Reach offer={offer} />
        </div>
        <Origin offer={offer} />
        <Reviews product={offer.productId} />
      </article>
      <Related offer={offer} />
    </>
  )
}

function Marks({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  return (
    <ul className="card-tags">
      <li className={offer.recognised ? 'tag' : 'tag tag-grey'}>
        {t(offer.recognised ? 'mark.recognised' : 'mark.notRecognised')}
      </li>
      {offer.marks.map(mark => (
        <li key={mark} className="tag">
          {t(`mark.${mark}`)}
        </li>
      ))}
      {offer.coldChain ? <li className="tag tag-warm">{t('mark.cold')}</li> : null}
    </ul>
  )
}

/** When it comes, said before anybody buys. */
function Promised({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  return (
    <ul className="promise">
      <li>{t('promise.ship', { count: offer.shipDays })}</li>
      {offer.leadDays > 0 ? <li>{t('promise.lead', { count: offer.leadDays })}</li> : null}
      {offer.shelfLifeDays === null ? null : <li>{t('promise.keeps', { count: offer.shelfLifeDays })}</li>}
      <li>{t('promise.bad')}</li>
    </ul>
  )
}
