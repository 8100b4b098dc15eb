import type { Order } from '@silian/chains/supply/orders/contract.ts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { formatFen } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { dueOf } from './due.ts'

/** A unit's order that goes on without being paid until somebody pays it. */
export const isPayable = ({ buyerKind, paidAt, state }: Order): boolean =>
  buyerKind === 'unit' && !paidAt && ['approved', 'partly_shipped', 'shipped', 'accepted'].includes(state)

/** Several orders of one unit paid by one transfer under one code. */
export function PayTools({ orders, chosen }: { orders: readonly Order[]; chosen: readonly string[] }) {
  const { t } = useTranslation('orders')
  const [open, setOpen] = useState(false)
  const picked = orders.filter(order => chosen.includes(order.id) && isPayable(order))
  if (!orders.some(isPayable)) return null
  if (picked.length === 0) return <p className="muted">{t('pay.pick')}</p>
  const sum = formatFen(dueOf(picked))
  const isOneUnit = new Set(picked.map(({ buyerId }) => buyerId)).size === 1
  return (
    <div className="order-actions">
      <button
        type="button"
        className="button button-main"
        disabled={!isOneUnit}
        onClick={() => setOpen(true)}
      >
        {t('pay.many', { count: picked.length })}
      </button>
      <span role="status">{isOneUnit ? t('pay.sum', { sum }) : t('pay.oneUnit')}</span>
      {open ? <PayMany orders={picked} sum={sum} close={() => setOpen(false)} /> : null}
    </div>
  )
}

interface PayManyProps {
  readonly orders: readonly Order[]
  readonly sum: string
  close(): void
}

function PayMany({ orders, sum, close }: PayManyProps) {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const orderIds = orders.map(({ id }) => id)
  const send = async (key: string) => {
    const { id } = await call('pay', { params: { programme }, key, body: { orderIds } })
    await navigate({ to: '/p/$programme/buyer/payments/$payment', params: { programme, payment: id } })
  }
  return (
    <DialogForm
      name={`${programme}.pay.${orderIds.toSorted().join()}`}
      title={t('pay.many', { count: orders.length })}
      hint={t('action.pay.hint', { sum })}
      empty={{}}
      sendLabel={t('action.pay.send')}
      said={t('action.pay.done')}
      send={(_, key) => send(key)}
      close={close}
      fields={() => (
        <ul>
          {orders.map(order => (
            <li key={order.id}>
              <span className="number">{order.number}</span> {order.sellerName} {formatFen(order.dueFen)}
            </li>
          ))}
        </ul>
      )}
    />
  )
}
