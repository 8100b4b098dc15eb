import type { MetricShares } from '@silian/kernel/metric/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatCount, formatRatio } from '../i18n/format.ts'

/** On whose word something may rest, the strongest first, and what rests on nobody's but its recorder's. */
export const wordsRestedOn = ['bank', 'device', 'countersigned', 'declared'] as const

interface SharesProps {
  readonly shares: MetricShares
  /** An amount as the page tells them. */
  text(amount: number): string
}

/** How much of a figure stands on whose word, beside the figure itself. */
export function Shares({ shares, text }: SharesProps) {
  const { t } = useTranslation('signing')
  if (shares.whole === 0) return null
  const told = (amount: number): string =>
    t('share.amount', {
      percent: formatRatio(amount, shares.whole),
      amount: shares.by === 'value' ? text(amount) : t('share.facts', { count: formatCount(amount) }),
    })
  return (
    <section className="shares" aria-label={t('shares')}>
      <h3>{t('shares')}</h3>
      <dl className="facts">
        {wordsRestedOn.map(grade => (
          <div key={grade}>
            <dt title={t(`grade.${grade}.help`)}>
              {t(grade === 'declared' ? 'shares.only' : `grade.${grade}`)}
            </dt>
            <dd>{told(shares[grade])}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t('shares.lead')}</p>
    </section>
  )
}
