import type { CaseDetail, ProcessShape } from '@silian/kernel/process/contract.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import { Day } from '../../ui/values.tsx'
import { ObjectionForm } from './objection-form.tsx'

/** The time in which everybody may object, and how to. */
export function Objection({ detail }: { shape: ProcessShape; detail: CaseDetail }) {
  const { t } = useTranslation('process')
  const { publicity } = detail
  if (!publicity) return null
  return (
    <Section title={t('publicity.of')}>
      <div className="card stack">
        <p>
          <Day at={publicity.from} /> – <Day at={publicity.to} />
          {' · '}
          {t('publicity.objections', { count: publicity.objections })}
        </p>
        {detail.may.includes('object') ? <ObjectionForm id={detail.id} /> : null}
      </div>
    </Section>
  )
}
