import { useTranslation } from 'react-i18next'
import { BatchTable } from '../../payouts/batch-table.tsx'
import { Page } from '../../ui/page.tsx'

/** Batches as the bank sees them; its word that they were paid comes signed over its own line. */
export function BatchesPage() {
  const { t } = useTranslation('payouts')
  return (
    <Page title={t('title')} lead={t('bank.lead')}>
      <BatchTable />
    </Page>
  )
}
