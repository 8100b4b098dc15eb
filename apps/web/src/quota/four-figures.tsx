import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatRatio } from '../i18n/format.ts'
import { Money } from '../ui/values.tsx'
import './quota.css'

type Figures = Pick<Declaration, 'reservedFen' | 'inApprovalFen' | 'orderedFen' | 'completedFen'>

/** Declared, in approval, ordered, COMPLETED: a floor, so more than all of it is success and no error. */
export function FourFigures({ figures }: { figures: Figures }) {
  const { t } = useTranslation('quota')
  const { reservedFen, inApprovalFen, orderedFen, completedFen } = figures
  const reached = reservedFen > 0 && completedFen >= reservedFen
  const ratio = formatRatio(completedFen, reservedFen)
  return (
    <div className={`four ${reached ? 'four-reached' : ''}`}>
      <dl className="four-figures">
        <Figure name={t('declared')} fen={reservedFen} />
        <Figure name={t('inApproval')} fen={inApprovalFen} />
        <Figure name={t('ordered')} fen={orderedFen} />
        <Figure name={t('completed')} fen={completedFen} strong />
      </dl>
      {reservedFen > 0 ? (
        <>
          <Bar figures={figures} label={t('ratio', { ratio })} />
          <p className="four-ratio">
            <strong>{t('ratio', { ratio })}</strong> {t(reached ? 'ratio.reached' : 'ratio.open')}
          </p>
        </>
      ) : (
        <p className="muted">{t('zero')}</p>
      )}
    </div>
  )
}

function Figure({ name, fen, strong = false }: { name: string; fen: number; strong?: boolean }) {
  return (
    <div className={strong ? 'four-strong' : undefined}>
      <dt>{name}</dt>
      <dd>
        <Money fen={fen} />
      </dd>
    </div>
  )
}

/** The bar is as long as the larger of the share and what was bought, with a mark where the share ends. */
function Bar({ figures, label }: { figures: Figures; label: string }) {
  const { reservedFen, inApprovalFen, orderedFen, completedFen } = figures
  const coming = Math.max(orderedFen, completedFen)
  const length = Math.max(reservedFen, coming + inApprovalFen, 1)
  const part = (fen: number) => (fen / length) * 100
  return (
    <svg className="four-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect width="100" height="8" className="bar-ground" />
      <rect width={part(coming + inApprovalFen)} height="8" className="bar-asked" />
      <rect width={part(coming)} height="8" className="bar-ordered" />
      <rect width={part(completedFen)} height="8" className="bar-completed" />
      {length > reservedFen ? (
        <rect x={part(reservedFen)} width="0.5" height="8" className="bar-mark" />
      ) : null}
    </svg>
  )
}
