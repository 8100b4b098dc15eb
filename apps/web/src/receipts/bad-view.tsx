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

/** A problem as the verifier names it. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const { i18n } = useTranslation()
  const texts = useQuery({
    queryKey: ['verifier-messages'],
    queryFn: () => import('@silian/verifier/messages.ts'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <p className="notice-detail">
      {texts.data ? texts.data.describe(problem, languageOf(i18n)).trim() : <code>{problem.name}</code>}
    </p>
  )
}
