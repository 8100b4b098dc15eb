import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { AskedWords } from './asked-words.tsx'

/** The same for those who sell nothing, on a page of its own. */
export function AskedPage() {
  const { t } = useTranslation('delivery')
  return (
    <Page title={t('asked')} lead={t('asked.lead')}>
      <AskedWords />
    </Page>
  )
}
