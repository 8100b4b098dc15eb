import type { Offer } from '@silian/chains/supply/catalogue/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Money } from '../../ui/values.tsx'
import { Cover } from './cover.tsx'
import { perJin } from './price.ts'
import { useGoodsNames } from './use-names.ts'

export function OfferCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation('shop')
  const { nameOf, specOf } = useGoodsNames()
  const programme = useProgrammeId()
  const jin = perJin(offer)
  return (
    <li className="offer">
      <Link
        to="/p/$programme/shop/offers/$offer"
        params={{ programme, offer: offer.id }}
        className="offer-link"
      >
        <Cover kind={offer.class} seed={offer.id} />
        <span className="offer-name">{nameOf(offer)}</span>
      </Link>
      <p className="offer-origin">
        {offer.countyName} · {specOf(offer)}
      </p>
      <p className="offer-price">
        <strong>
          <Money fen={offer.priceFen} />
        </strong>
        {jin === undefined ? null : (
          <span className="muted">
            <Money fen={jin} /> {t('perJin')}
          </span>
        )}
      </p>
      <p className="offer-marks">
        {offer.recognised ? null : <span className="badge badge-wait">{t('notRecognised')}</span>}
        {offer.available > 0 ? null : <span className="badge badge-plain">{t('soldOut')}</span>}
      </p>
    </li>
  )
}
