import type { Grade } from '@silian/kernel/signing/contract.ts'
import { useTranslation } from 'react-i18next'

/** On whose word a fact stands, in words, and on asking what that means. */
export function GradeBadge({ grade }: { grade: Grade }) {
  const { t } = useTranslation('signing')
  return (
    <span className={`badge ${grade === 'declared' ? 'badge-plain' : ''}`} title={t(`grade.${grade}.help`)}>
      {t(`grade.${grade}`)}
    </span>
  )
}

/** What the grades mean, once a page. */
export function GradeHelp() {
  const { t } = useTranslation('signing')
  return (
    <details className="muted">
      <summary>{t('grades')}</summary>
      <dl>
        {(['declared', 'countersigned', 'device', 'bank'] as const).map(grade => (
          <div key={grade}>
            <dt>{t(`grade.${grade}`)}</dt>
            <dd>{t(`grade.${grade}.help`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
