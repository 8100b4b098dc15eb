import { useTranslation } from 'react-i18next'
import { formatDay } from '../../i18n/format.ts'

interface DueProps {
  /** A day, or null where there is no deadline. */
  readonly on: string | null
  readonly overdue: boolean
}

const SOON_DAYS = 3

/** A deadline: overdue, soon, or simply a day; said in words, not in colour alone. */
export function Due({ on, overdue }: DueProps) {
  const { t } = useTranslation('process')
  if (on === null) return <span className="due muted">{t('due.none')}</span>
  const left = daysBetween(formatDay(new Date().toISOString()), on)
  const soon = !overdue && left <= SOON_DAYS
  return (
    <span className={`due badge ${overdue ? 'badge-bad' : soon ? 'badge-wait' : 'badge-plain'}`}>
      {overdue ? t('due.over', { count: Math.max(1, -left), date: on }) : null}
      {soon ? (left <= 0 ? t('due.today') : t('due.soon', { count: left, date: on })) : null}
      {overdue || soon ? null : t('due', { date: on })}
    </span>
  )
}

/** Days from one day to another, both `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
