import { useTranslation } from 'react-i18next'
import { addressOf } from '../api/send.ts'
import { languageOf } from '../i18n/i18n.ts'
import { useProgrammeId } from '../session/programme.ts'

interface ExportLinkProps {
  /** Name of the list among the exports. */
  readonly list: string
  readonly query?: Record<string, string | undefined>
}

/** The whole list as a workbook, by the filters that are set. */
export function ExportLink({ list, query = {} }: ExportLinkProps) {
  const { t, i18n } = useTranslation('desks')
  const programme = useProgrammeId()
  const address = addressOf('/p/:programme/lists/:list/export', {
    params: { programme, list },
    query: { ...query, language: languageOf(i18n) },
  })
  return (
    <a className="button" href={address} download>
      {t('export')}
    </a>
  )
}
