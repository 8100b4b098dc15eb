import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatFen } from '../i18n/format.ts'

/** Whether a share keeps up with the year; nothing is said of one that is not confirmed or is zero. */
export function Pace({ declaration }: { declaration: Declaration }) {
  const { t } = useTranslation('quota')
  const { state, reservedFen, completedFen, expectedFen, behind } = declaration
  if (state !== 'confirmed' || reservedFen === 0 || completedFen >= reservedFen) return null
  const sums = { expected: formatFen(expectedFen), gap: formatFen(Math.max(0, expectedFen - completedFen)) }
  return (
    <p>
      <span className={`badge ${behind ? 'badge-bad' : ''}`}>{t(behind ? 'pace.behind' : 'pace.kept')}</span>{' '}
      <span className="muted">{t(behind ? 'pace.behind.by' : 'pace.expected', sums)}</span>
    </p>
  )
}
