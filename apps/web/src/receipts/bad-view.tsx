import type { Problem } from '@silian/verifier/problems.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../i18n/i18n.ts'
import type { Believed, Judged } from './check.ts'

interface BadProps {
  readonly judged: Extract<Judged, { ok: false }>
  readonly believed: Believed
}

/** Why a receipt proves nothing here, in words, and what to do next. */
export function BadView({ judged: { group, problem, origin }, believed }: BadProps) {
  const { t } = useTranslation('receipts')
  const known = believed.policy.logs.map(({ key }) => key.name).join(t('and'))
  return (
    <div className="receipt-report">
      <div className="notice notice-bad" role="alert">
        <p>
          <strong>{t(`bad.${group}`)}</strong>
        </p>
        <p>{t(`bad.${group}.next`, { origin, known, quorum: believed.policy.quorum ?? '' })}</p>
        <ProblemLine problem={problem} />
      </div>
    </div>
  )
}

/** A problem in the verifier's words; the name it has there, which its documents explain, behind a click. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const { t, i18n } = useTranslation('receipts')
  const texts = useQuery({
    queryKey: ['verifier-messages'],
    queryFn: () => import('@silian/verifier/messages.ts'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div className="notice-detail">
      {texts.data ? (
        <p>{texts.data.describe(problem, languageOf(i18n)).replace(`[${problem.name}]`, '').trim()}</p>
      ) : null}
      <details>
        <summary>{t('bad.code')}</summary>
        <code>{problem.name}</code>
      </details>
    </div>
  )
}
