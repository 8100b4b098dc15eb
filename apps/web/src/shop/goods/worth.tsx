import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatDay, formatFen, formatRatio } from '../../i18n/format.ts'
import { perKilogram } from '../ui/per-kilogram.ts'
import { Money, Price } from '../ui/price.tsx'

/** The price, what that is a kilogram, what more pieces cost, and the market beside it. */
export function Worth({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const kilogram = perKilogram(offer)
  const steps = offer.prices.filter(({ group }) => group === 'all' || group === 'citizen')
  return (
    <div className="worth">
      <p className="worth-price">
        <Price fen={offer.priceFen} />
        {kilogram === undefined ? null : (
          <span className="soft">
            <Money fen={kilogram} /> {t('perKilogram', { ns: 'front' })}
          </span>
        )}
      </p>
      {steps.length > 0 ? (
        <ul className="card-tags">
          {steps.map(step => (
            <li key={`${step.group}${step.fromPieces}`} className="tag tag-warm">
              {t('price.from', { count: step.fromPieces, price: formatFen(step.priceFen) })}
            </li>
          ))}
        </ul>
      ) : null}
      {offer.market ? <Market market={offer.market} /> : null}
    </div>
  )
}

function Market({ market }: { market: NonNullable<OfferDetail['market']> }) {
  const { t } = useTranslation('goods')
  const { marketFen, offerFen } = market
  const most = Math.max(marketFen, offerFen, 1)
  const bars = [
    ['here', offerFen],
    ['market', marketFen],
  ] as const
  return (
    <section className="market" aria-label={t('market.title')}>
      <p>
        <strong>{t(marketSays(offerFen, marketFen), { ratio: differenceOf(offerFen, marketFen) })}</strong>
      </p>
      <dl className="market-bars">
        {bars.map(([who, fen]) => (
          <div key={who}>
            <dt>{t(`market.${who}`, { market: market.market })}</dt>
            <dd>
              <svg className="bar-line" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(fen / most) * 100} height="6" rx="1" className={`bar-${who}`} />
              </svg>
              <span>
                <Money fen={fen} /> {t('perKilogram', { ns: 'front' })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small soft">
        {t('market.from', { market: market.market, item: market.item, day: formatDay(market.on) })}
      </p>
    </section>
  )
}

const marketSays = (offer: number, market: number): string =>
  offer < market ? 'market.below' : offer > market ? 'market.above' : 'market.same'
const differenceOf = (offer: number, market: number): string =>
  formatRatio(Math.abs(offer - market), Math.max(market, 1))
