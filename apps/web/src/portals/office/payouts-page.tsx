import { useTranslation } from 'react-i18next'
import { BatchTable } from '../../payouts/batch-table.tsx'
import { useMember } from '../../session/me.ts'
import { hasRole } from '../../session/roles.ts'
import { Page, Section } from '../../ui/page.tsx'
import { NewBatch } from './new-batch.tsx'

/** What households are owed goes out in batches by county; only the city's finance sends one. */
export function OfficePayoutsPage() {
  const { t } = useTranslation('payouts')
  const maySend = hasRole(useMember(), 'finance_officer')
  return (
    <Page title={t('title')} lead={t('lead')}>
      {maySend ? (
        <Section title={t('new')} note={t('new.note')}>
          <NewBatch />
        </Section>
      ) : null}
      <Section title={t('batches')}>
        <BatchTable />
      </Section>
    </Page>
  )
}
