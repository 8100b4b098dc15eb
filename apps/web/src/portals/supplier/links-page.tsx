import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ExportLink } from '../../desk/export-link.tsx'
import { LinkTable } from '../../links/link-table.tsx'
import { NewProposal } from '../../links/new-proposal.tsx'
import { Proposals } from '../../links/proposals.tsx'
import { Page, Section } from '../../ui/page.tsx'

/** What a co-operative owes households, and what it has offered them. */
export function SupplierLinksPage() {
  const { t } = useTranslation('links')
  const [making, setMaking] = useState(false)
  return (
    <Page
      title={t('title')}
      lead={t('lead.supplier')}
      actions={
        <>
          <button type="button" className="button button-main" onClick={() => setMaking(true)}>
            {t('new')}
          </button>
          <ExportLink list="links" />
        </>
      }
    >
      <Section title={t('waiting')}>
        <Proposals mayAnswer={false} />
      </Section>
      <Section title={t('signed')}>
        <LinkTable />
      </Section>
      {making ? <NewProposal close={() => setMaking(false)} /> : null}
    </Page>
  )
}
