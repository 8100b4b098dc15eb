import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useTranslation } from 'react-i18next'
import { latestOf } from './latest-of.ts'
import { monthsAgo } from './months.ts'
import type { Narrowed } from './narrow.ts'
import { useMetricTexts } from './texts.ts'
import { useValues } from './values.ts'

interface LatestProps {
  readonly shape: MetricShape
  readonly narrowed: Narrowed
}

/** The last month of a year in which something counted, beside the month directly before it. */
export function Latest({ shape, narrowed: { where, year, scope } }: LatestProps) {
  const { t } = useTranslation('metric')
  const texts = useMetricTexts(shape)
  const values = useValues(shape.name, { ...where, from: monthsAgo(12) })
  const { last, before } = latestOf(shape.kind, values.data?.totals ?? [])
  const told =
    before && (before.count === 0 && before.value === null ? t('nothing') : texts.value(before.value))
  return (
    <p className="latest" aria-busy={values.isPending || undefined}>
      <strong className="number">
        {last ? texts.value(last.value) : values.isPending ? '…' : t('none')}
      </strong>{' '}
      {scope ? <span className="badge badge-plain">{t(`scope.${scope}`)}</span> : null}{' '}
      <span className="muted">
        {[
          ...(year ? [t('cockpit.year', { year })] : []),
          ...(last ? [t('cockpit.month', { period: last.period })] : []),
          ...(before ? [t('cockpit.before', { period: before.period, value: told })] : []),
        ].join(' · ')}
      </span>
    </p>
  )
}
