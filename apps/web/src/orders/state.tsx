import type { Order } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'

export type OrderState = Order['state']

const looks: Readonly<Record<OrderState, string>> = {
  in_approval: 'badge-wait',
  awaiting_payment: 'badge-wait',
  approved: '',
  partly_shipped: '',
  shipped: '',
  accepted: '',
  refused: 'badge-bad',
  cancelled: 'badge-plain',
  expired: 'badge-plain',
}

/** Where the goods are, or that the order counts. */
export function OrderBadge({ order }: { order: Pick<Order, 'state' | 'completedAt'> }) {
  const { t } = useTranslation('orders')
  if (order.completedAt) return <span className="badge">{t('state.completed')}</span>
  return <span className={`badge ${looks[order.state]}`}>{t(`state.${order.state}`)}</span>
}

/** What an accepted order still lacks before it counts, or that nothing is paid yet. */
export function Beside({ order }: { order: Order }) {
  const { t } = useTranslation('orders')
  return (
    <span className="beside">
      <span className={order.paidAt ? 'badge' : 'badge badge-plain'}>
        {t(order.paidAt ? 'paid' : 'unpaid')}
      </span>
      <span className={order.evaluatedAt ? 'badge' : 'badge badge-plain'}>
        {t(order.evaluatedAt ? 'evaluated' : 'unevaluated')}
      </span>
    </span>
  )
}
