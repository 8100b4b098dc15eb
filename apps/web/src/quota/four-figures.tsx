import { useTranslation } from 'react-i18next'
import { formatRatio } from '../i18n/format.ts'
import { Money } from '../ui/values.tsx'
import { barOf, type QuotaFigures } from './bar.ts'
import './quota.css'

/** Declared, in approval, ordered, COMPLETED: a floor, so more than all of it is success and no error. */
export function FourFigures({ figures }: { figures: QuotaFigures }) {
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

function Bar({ figures, label }: { figures: QuotaFigures; label: string }) {
  const { asked, ordered, completed, mark } = barOf(figures)
  return (
    <svg className="four-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect width="100" height="8" className="bar-ground" />
      <rect width={asked} height="8" className="bar-asked" />
      <rect width={ordered} height="8" className="bar-ordered" />
      <rect width={completed} height="8" className="bar-completed" />
      {mark === null ? null : <rect x={mark} width="0.5" height="8" className="bar-mark" />}
    </svg>
  )
}
