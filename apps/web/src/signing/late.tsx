import { useTranslation } from 'react-i18next'
import { formatInstant } from '../i18n/format.ts'

/** That a claim was recorded later than its kind allows, and when. */
export function LateBadge({ fact }: { fact: { readonly late: boolean; readonly recordedAt: string } }) {
  const { t } = useTranslation('signing')
  if (!fact.late) return null
  return (
    <span className="badge badge-wait" title={t('late.help')}>
      {t('late', { at: formatInstant(fact.recordedAt) })}
    </span>
  )
}
