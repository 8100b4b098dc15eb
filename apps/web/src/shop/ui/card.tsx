import type { Offer } from '@silian/chains/supply/catalogue/contract.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../drawn/picture.tsx'
import { useCountyName } from './county-name.ts'
import { Go } from './go.tsx'
import { useNames } from './names.ts'
import { perKilogram } from './per-kilogram.ts'
import { Money, Price } from './price.tsx'

/** What a card tells: any list of goods has it. */
export type CardOffer = Pick<
  Offer,
  | 'id'
  | 'nameZh'
  | 'nameEn'
  | 'specZh'
  | 'specEn'
  | 'countyCode'
  | 'countyName'
  | 'class'
  | 'priceFen'
  | 'unit'
  | 'perPiece'
  | 'available'
  | 'recognised'
  | 'coldChain'
  | 'cover'
>

interface CardProps {
  readonly offer: CardOffer
  /** The name with what was searched marked in it. */
  readonly name?: ReactNode
  readonly first?: boolean
}

export function Card({ offer, name, first = false }: CardProps) {
  const { t } = useTranslation('front')
  const { nameOf, besideOf } = useNames()
  const county = useCountyName(offer)
  const isOut = offer.available === 0
  const kilogram = perKilogram(offer)
  return (
    <li className={isOut ? 'card card-out' : 'card'}>
      <Picture kind={offer.class} photo={offer.cover} first={first} sizes="(min-width: 50rem) 15rem, 48vw" />
      <div className="card-body">
        <Go to={`/goods/${offer.id}`} className="card-name">
          {name ?? nameOf(offer)}
        </Go>
        <span className="soft small">{[county, besideOf(offer)].filter(Boolean).join(' · ')}</span>
        <span className="card-price">
          <Price fen={offer.priceFen} />
          {kilogram === undefined ? null : (
            <span className="soft small">
              <Money fen={kilogram} /> {t('perKilogram')}
            </span>
          )}
        </span>
        <span className="card-tags">
          {isOut ? <span className="tag tag-grey">{t('soldOut')}</span> : null}
          {offer.recognised ? <span className="tag">{t('recognised')}</span> : null}
          {offer.coldChain ? <span className="tag tag-warm">{t('coldChain')}</span> : null}
        </span>
      </div>
    </li>
  )
}

export function GoodsList({ offers }: { offers: readonly CardOffer[] }) {
  return (
    <ul className="goods-list">
      {offers.map((offer, at) => (
        <Card key={offer.id} offer={offer} first={at < 2} />
      ))}
    </ul>
  )
}
