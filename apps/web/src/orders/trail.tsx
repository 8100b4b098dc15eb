import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import { Instant } from '../ui/values.tsx'

/** Every fact recorded of an order, on whose word it rests, and its place in the public log. */
export function Trail({ facts }: Pick<OrderDetail, 'facts'>) {
  const { t } = useTranslation('orders')
  return (
    <ol className="trail">
      {facts.map(fact => (
        <li key={fact.id}>
          <p className="trail-what">
            <strong>{t(`fact.${fact.type}`, fact.type)}</strong> <Instant at={fact.at} />
          </p>
          <p className="trail-how muted">
            {t(`signed.${fact.signedBy}`)} ·{' '}
            {fact.logIndex === null
              ? t('log.waiting')
              : t('log.index', { index: formatCount(fact.logIndex) })}
          </p>
        </li>
      ))}
    </ol>
  )
}
