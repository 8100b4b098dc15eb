import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'
import { Day } from '../ui/values.tsx'
import { isEnded, wayOf } from './way.ts'

/** Order, approval, shipment, acceptance, drawn from the lifecycle. */
export function WaySteps({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <ol className="way-steps" aria-label={t('way')}>
      {wayOf(order).map(({ name, look, at }) => (
        <li key={name} className={`way-step way-${look}`} aria-current={look === 'now' ? 'step' : undefined}>
          <span className="way-mark" aria-hidden="true" />
          <span className="way-name">{t(`step.${name}`)}</span>
          <span className="way-note">{at ? <Day at={at} /> : t(`step.${look}`)}</span>
        </li>
      ))}
    </ol>
  )
}

/** What runs beside the way of the goods, evaluation and a unit's payment; with the acceptance they make an order count. */
export function Completion({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const parts = [
    ['accepted', order.acceptedAt],
    ['paid', order.paidAt],
    ['evaluated', order.evaluatedAt],
  ] as const
  const steps = wayOf(order)
  const beside = parts.filter(([part]) => !steps.some(({ name }) => name === part))
  const text = () => {
    const context = order.buyerKind
    if (order.completedAt) return t('completed.counts', { context })
    if (isEnded(order.state)) return t('completed.ended', { context })
    const open = parts.filter(([, at]) => !at).map(([name]) => t(`part.${name}`))
    return t('completed.lacks', { context, parts: open.join(t('list.join')) })
  }
  return (
    <div className={`completion ${order.completedAt ? 'completion-done' : ''}`}>
      <ul>
        {beside.map(([name, at]) => (
          <li key={name} className={at ? 'part-done' : 'part-open'}>
            <span className="part-mark" aria-hidden="true">
              {at ? '✓' : ''}
            </span>
            {t(`part.${name}`)} {at ? <Day at={at} /> : <span className="muted">{t('part.open')}</span>}
          </li>
        ))}
      </ul>
      <p>{text()}</p>
    </div>
  )
}
