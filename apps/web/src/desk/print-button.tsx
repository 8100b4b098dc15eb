import { useTranslation } from 'react-i18next'

export function PrintButton() {
  const { t } = useTranslation('desks')
  return (
    <button type="button" className="button" onClick={() => window.print()}>
      {t('print')}
    </button>
  )
}
