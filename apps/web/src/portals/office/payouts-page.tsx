import { useTranslation } from 'react-i18next'
import { BatchTable } from '../../payouts/batch-table.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { NewBatch } from './new-batch.tsx'

/** What households are owed goes out in batches by county. */
export function OfficePayoutsPage() {
  const { t } = useTranslation('payouts')
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Section title={t('new')} note={t('new.note')}>
        <NewBatch />
      </Section>
      <Section title={t('batches')}>
        <BatchTable />
      </Section>
    </Page>
  )
}
