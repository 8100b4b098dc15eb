import { useTranslation } from 'react-i18next'
import { addressOf } from '../../api/send.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { type Asked, valuesQuery } from './query.ts'

/** The same values as a file. */
export function Downloads({ metric, asked }: { metric: string; asked: Asked }) {
  const { t, i18n } = useTranslation('metric')
  const programme = useProgrammeId()
  const address = (format: 'csv' | 'xlsx') =>
    addressOf(`/p/:programme/metrics/:metric/values.${format}`, {
      params: { programme, metric },
      query: { ...valuesQuery(asked), language: languageOf(i18n) },
    })
  return (
    <details className="menu" name="menu">
      <summary className="button">{t('download')}</summary>
      <ul className="menu-body">
        {(['xlsx', 'csv'] as const).map(format => (
          <li key={format}>
            <a href={address(format)} download>
              {t(`download.${format}`)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
