import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatFen, yearOf } from '../i18n/format.ts'
import { paceOf } from './pace-of.ts'

/** Whether a share keeps up with the year, or was met by its end; nothing of one that is not confirmed or is zero. */
export function Pace({ declaration }: { declaration: Declaration }) {
  const { t } = useTranslation('quota')
  const pace = paceOf(declaration, yearOf(new Date()))
  if (pace === undefined) return null
  const { completedFen, expectedFen } = declaration
  const sums = { expected: formatFen(expectedFen), gap: formatFen(Math.max(0, expectedFen - completedFen)) }
  const isBad = pace === 'behind' || pace === 'missed'
  return (
    <p>
      <span className={`badge ${isBad ? 'badge-bad' : ''}`}>{t(`pace.${pace}`)}</span>{' '}
      {pace === 'met' ? null : <span className="muted">{t(`pace.${pace}.by`, sums)}</span>}
    </p>
  )
}
