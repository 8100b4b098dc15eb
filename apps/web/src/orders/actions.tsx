import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionDialog } from './action-dialog.tsx'

export type Action = OrderDetail['may'][number]

const order: readonly Action[] = ['approve', 'ship', 'accept', 'pay', 'evaluate', 'cancel']

/** The moves that are open to whoever looks; each opens its form. */
export function Actions({ order: subject }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const [open, setOpen] = useState<Action>()
  const mine = order.filter(action => subject.may.includes(action))
  if (mine.length === 0) return null
  return (
    <div className="order-actions">
      {mine.map((action, at) => (
        <button
          key={action}
          type="button"
          className={`button ${at === 0 && action !== 'cancel' ? 'button-main' : ''}`}
          onClick={() => setOpen(action)}
        >
          {t(`action.${action}`)}
        </button>
      ))}
      {open ? <ActionDialog action={open} order={subject} close={() => setOpen(undefined)} /> : null}
    </div>
  )
}
