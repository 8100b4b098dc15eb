import { useTranslation } from 'react-i18next'
import { addressOf } from '../api/send.ts'
import { formatCount } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'

/** The entry of the public log that a thing rests on, as anyone may fetch it: signed bytes and proof. */
export function FactLink({
  fact,
  index,
  programme: other,
}: {
  fact: string
  index?: number | null
  /** Of another programme than the page's. */
  programme?: string
}) {
  const { t } = useTranslation('declared')
  const own = useProgrammeId()
  const programme = other ?? own
  return (
    <a
      className="fact-link"
      href={addressOf('/p/:programme/facts/:fact', { params: { programme, fact } })}
      target="_blank"
      rel="noreferrer"
    >
      {typeof index === 'number' ? t('fact.index', { index: formatCount(index) }) : t('fact')}
    </a>
  )
}
