import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useTranslation } from 'react-i18next'
import { monthOf } from '../../i18n/format.ts'
import { useMetricTexts } from './texts.ts'
import { useValues } from './values.ts'

/** The last month in which something counted, and the one before. */
export function Latest({ shape }: { shape: MetricShape }) {
  const { t } = useTranslation('metric')
  const texts = useMetricTexts(shape)
  const values = useValues(shape.name, { from: monthsAgo(11) })
  const told = (values.data?.totals ?? []).filter(({ count }) => count > 0)
  const [before, last] = told.length > 1 ? told.slice(-2) : [undefined, told[0]]
  return (
    <p className="latest" aria-busy={values.isPending || undefined}>
      <strong className="number">
        {last ? texts.value(last.value) : values.isPending ? '…' : t('none')}
      </strong>{' '}
      <span className="muted">
        {last ? t('cockpit.month', { period: last.period }) : ''}
        {before ? ` · ${t('cockpit.before', { value: texts.value(before.value) })}` : ''}
      </span>
    </p>
  )
}

/** The month that many months before the running one. */
export function monthsAgo(months: number, now = new Date()): string {
  const [year = 0, month = 1] = monthOf(now).split('-').map(Number)
  const at = year * 12 + month - 1 - months
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
