import { useTranslation } from 'react-i18next'
import type { OrderState } from './state.tsx'

/** The word for where an order is. */
export function OrderStateBadge({ state }: { state: OrderState }) {
  const { t } = useTranslation('orders')
  return <span className="badge">{t(`state.${state}`)}</span>
}
