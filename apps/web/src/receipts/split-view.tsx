import type { SplitResult } from '@silian/verifier/split.ts'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import { ProblemLine } from './bad-view.tsx'

const looks = {
  same: '',
  extends: '',
  fork: 'notice-bad',
  unconnected: 'notice-wait',
  apart: 'notice-wait',
} as const

/** What two receipts say of their log together: one history, or two. */
export function SplitView({ result }: { result: SplitResult }) {
  const { t } = useTranslation('receipts')
  if (!result.ok)
    return (
      <div className="notice notice-wait">
        <p>{t('split.bad', { which: result.which + 1 })}</p>
      </div>
    )
  const { kind, where, problem, reports } = result.split
  const [a, b] = reports
  return (
    <div className={`notice ${looks[kind]}`} role={kind === 'fork' ? 'alert' : 'status'}>
      <p>
        <strong>{t(`split.${kind}`)}</strong>
      </p>
      <p>
        {t(`split.${kind}.more`, {
          ...{ origin: a.origin, other: b.origin },
          ...{ size: formatCount(a.size), otherSize: formatCount(b.size) },
        })}
      </p>
      {where ? (
        <p>{t('split.where', { start: formatCount(where.start), last: formatCount(where.end - 1) })}</p>
      ) : null}
      {problem ? <ProblemLine problem={problem} /> : null}
    </div>
  )
}
