import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionDialog } from './action-dialog.tsx'
import { NewParcel } from './new-parcel.tsx'

type Action = OrderDetail['may'][number] | 'pack'
/** Parcels have a form of their own. */
export type FormAction = Exclude<Action, 'ship' | 'pack'>

const order: readonly Action[] = ['approve', 'ship', 'pack', 'accept', 'pay', 'evaluate', 'cancel']

/** The moves that are open to whoever looks; each opens its form. */
export function Actions({ order: subject }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const [open, setOpen] = useState<Action>()
  // whoever may ship may also pack first and hand over later
  const mine = order.filter(action => subject.may.includes(action === 'pack' ? 'ship' : action))
  const close = () => setOpen(undefined)
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
      {open === 'ship' || open === 'pack' ? <NewParcel order={subject} way={open} close={close} /> : null}
      {open && open !== 'ship' && open !== 'pack' ? (
        <ActionDialog action={open} order={subject} close={close} />
      ) : null}
    </div>
  )
}
