import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LinkTable } from '../../links/link-table.tsx'
import { Proposals } from '../../links/proposals.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Page, Section } from '../../ui/page.tsx'

/** What co-operatives offer the village's households, whose consent its cadre records, and what they owe them. */
export function VillageLinksPage() {
  const { t } = useTranslation('links')
  const programme = useProgrammeId()
  return (
    <Page
      title={t('title')}
      lead={t('lead.village')}
      actions={
        <Link to="/p/$programme/village/payouts" params={{ programme }} className="button">
          {t('toPayouts')}
        </Link>
      }
    >
      <Section title={t('waiting')}>
        <Proposals mayAnswer />
      </Section>
      <Section title={t('signed')}>
        <LinkTable />
      </Section>
    </Page>
  )
}
