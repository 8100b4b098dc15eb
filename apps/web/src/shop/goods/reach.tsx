import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatCount, formatRatio } from '../../i18n/format.ts'
import { Money } from '../ui/price.tsx'

/** Where the money of one piece goes: to households, and to the co-operative that grows, packs and sends. */
export function Reach({ offer: { householdFen, priceFen, households, product } }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const part = (householdFen / Math.max(priceFen, 1)) * 100
  // the rest of what is shown, so that both make a hundred
  const rest = 1000 - Math.floor(part * 10)
  return (
    <section className="reach" aria-labelledby="reach">
      <h2 id="reach">{t('reach.title')}</h2>
      <svg className="reach-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" className="reach-rest" />
        <rect width={part} height="10" className="reach-part" />
      </svg>
      <dl className="reach-parts">
        <div>
          <dt>
            <span className="dot dot-part" aria-hidden="true" />
            {t('reach.households')}
          </dt>
          <dd>
            <strong>
              <Money fen={householdFen} />
            </strong>{' '}
            {formatRatio(householdFen, priceFen)}
          </dd>
        </div>
        <div>
          <dt>
            <span className="dot dot-rest" aria-hidden="true" />
            {t('reach.cooperative', { name: product.cooperativeName })}
          </dt>
          <dd>
            <strong>
              <Money fen={priceFen - householdFen} />
            </strong>{' '}
            {formatRatio(rest, 1000)}
          </dd>
        </div>
      </dl>
      <p className="small">
        {households === null
          ? t('reach.few')
          : t('reach.count', { count: households, number: formatCount(households) })}
      </p>
    </section>
  )
}
