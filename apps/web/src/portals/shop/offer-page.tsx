import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { formatCount, formatRatio } from '../../i18n/format.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { LoadedPage, Page } from '../../ui/page.tsx'
import { Day, Money, useQuantityText } from '../../ui/values.tsx'
import { AddToBasket } from './add-to-basket.tsx'
import { Cover } from './cover.tsx'
import { perJin } from './price.ts'
import { useGoodsNames } from './use-names.ts'
import './shop.css'

export function OfferPage() {
  const { t } = useTranslation('shop')
  const programme = useProgrammeId()
  const { offer: id = '' } = useParams({ strict: false })
  const offer = useQuery({
    queryKey: ['offer', programme, id],
    queryFn: ({ signal }) => call('offer', { params: { programme, offer: id }, signal }),
  })
  return (
    <LoadedPage query={offer} title={t('title.goods')}>
      {found => <Goods offer={found} />}
    </LoadedPage>
  )
}

function Goods({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('shop')
  const { nameOf, specOf, classOf } = useGoodsNames()
  const programme = useProgrammeId()
  return (
    <article className="goods">
      <div className="goods-cover">
        <Cover kind={offer.class} seed={offer.id} />
      </div>
      <Page title={nameOf(offer)} lead={`${specOf(offer)} · ${offer.countyName} · ${classOf(offer.class)}`}>
        <p className="offer-marks">
          <span className={offer.recognised ? 'badge' : 'badge badge-wait'}>
            {t(offer.recognised ? 'recognised' : 'notRecognised')}
          </span>
          {offer.recognised ? null : <span className="muted">{t('notRecognised.hint')}</span>}
        </p>
        <Price offer={offer} />
        <Reach offer={offer} />
        <AddToBasket offer={offer} />
        <Link to="/p/$programme/shop" params={{ programme }} className="goods-back">
          {t('back')}
        </Link>
      </Page>
      <Story offer={offer} />
      <Origin offer={offer} />
    </article>
  )
}

function Price({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('shop')
  const jin = perJin(offer)
  return (
    <p className="goods-price">
      <strong>
        <Money fen={offer.priceFen} />
      </strong>
      <span>{t('perPiece')}</span>
      {jin === undefined ? null : (
        <span className="muted">
          <Money fen={jin} /> {t('perJin')}
        </span>
      )}
    </p>
  )
}

/** How much of the price reaches households, and how many of them. */
function Reach({ offer: { householdFen, priceFen, households } }: { offer: OfferDetail }) {
  const { t } = useTranslation('shop')
  return (
    <section className="reach" aria-label={t('reach.title')}>
      <p className="reach-sum">
        <strong>
          <Money fen={householdFen} />
        </strong>{' '}
        {t('reach.text', { ratio: formatRatio(householdFen, priceFen) })}
      </p>
      <svg className="reach-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="6" className="reach-rest" />
        <rect width={(householdFen / Math.max(priceFen, 1)) * 100} height="6" className="reach-part" />
      </svg>
      <p className="muted">
        {households === null
          ? t('reach.few')
          : t('reach.households', { count: households, number: formatCount(households) })}
      </p>
    </section>
  )
}

function Story({ offer: { product } }: { offer: OfferDetail }) {
  const { t, i18n } = useTranslation('shop')
  const story = (languageOf(i18n) === 'en' && product.storyEn) || product.storyZh
  if (!story) return null
  return (
    <section className="goods-story">
      <h2>{t('story')}</h2>
      <p>{story}</p>
      {product.source === 'invented' ? <p className="muted">{t('story.invented')}</p> : null}
    </section>
  )
}

function Origin({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('shop')
  const { classOf } = useGoodsNames()
  const quantity = useQuantityText()
  const { product } = offer
  const rows: [string, React.ReactNode][] = [
    [t('origin.county'), offer.countyName],
    [t('origin.cooperative'), product.cooperativeName],
    [t('origin.class'), classOf(offer.class)],
    [t('origin.piece'), quantity(offer.perPiece, offer.unit)],
    [t('origin.lot'), offer.lotCode],
    [t('origin.harvested'), <Day key="day" at={offer.harvestedOn} />],
    [t('origin.stock'), t('origin.pieces', { count: offer.available, number: formatCount(offer.available) })],
    [t('origin.ship'), t('origin.days', { count: offer.shipDays })],
    [
      t('origin.recognition'),
      product.recognised
        ? t('origin.recognised', { from: product.recognised.from, to: product.recognised.to })
        : t('notRecognised'),
    ],
  ]
  return (
    <section className="goods-origin">
      <h2>{t('origin')}</h2>
      <dl className="facts card">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
