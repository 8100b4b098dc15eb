import type { CaseDetail } from '@silian/kernel/process/contract.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import { Day, Instant } from '../../ui/values.tsx'
import { Files } from '../columns/value.tsx'
import { ObjectionForm } from './objection-form.tsx'

/** The time in which everybody may object, how to, and what was objected. */
export function Objections({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('process')
  const { publicity, objections } = detail
  if (!publicity && objections.length === 0) return null
  return (
    <Section title={t('publicity.of')}>
      {publicity ? (
        <div className="card stack">
          <p>
            <Day at={publicity.from} /> – <Day at={publicity.to} />
            {' · '}
            {t('publicity.objections', { count: publicity.objections })}
          </p>
          {detail.may.includes('object') ? (
            <ObjectionForm id={detail.id} pending={publicity.pending} />
          ) : null}
        </div>
      ) : null}
      {objections.map(objection => (
        <Objection key={objection.id} objection={objection} />
      ))}
    </Section>
  )
}

/** One objection: who (if they chose to be named), when, what, and what proves it. */
export function Objection({ objection }: { objection: CaseDetail['objections'][number] }) {
  const { t } = useTranslation('process')
  const { byName, at, text, files, upheld } = objection
  return (
    <article className="card stack" data-objection={objection.id}>
      <p className="muted">
        {byName ?? t('objection.unnamed')} <Instant at={at} />
        {' · '}
        {t(upheld === null ? 'objection.open' : upheld ? 'objection.upheld' : 'objection.dismissed')}
      </p>
      <p className="said-note">{text ?? t('objection.erased')}</p>
      {files.length > 0 ? <Files ids={files} /> : null}
    </article>
  )
}
