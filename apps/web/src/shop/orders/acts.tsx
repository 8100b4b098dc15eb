import type { PurchaseDetail } from '@silian/chains/supply/purchases/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { Trouble } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { Pay } from './pay.tsx'

/** What the customer may do with an order now, the most likely first. */
export function Acts({ order }: { order: PurchaseDetail }) {
  const { t } = useTranslation('mine')
  const may = new Set(order.may.filter(one => one !== 'complain'))
  if (may.size === 0) return null
  return (
    <div className="acts">
      {may.has('pay') ? <Pay orders={[order]} /> : null}
      {may.has('accept') ? <Receive order={order} /> : null}
      {may.has('evaluate') ? (
        <Go to={`/orders/${order.id}/evaluate`} className="button">
          {t('act.evaluate')}
        </Go>
      ) : null}
      {may.has('return') ? (
        <Go to={`/orders/${order.id}/claim`} className="button button-soft">
          {t('act.return')}
        </Go>
      ) : null}
      {may.has('cancel') ? <Cancel order={order} /> : null}
    </div>
  )
}

function Receive({ order }: { order: PurchaseDetail }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const [open, setOpen] = useState(false)
  const receive = useCommand(
    key => shopCall('receive', { params: { programme, order: order.id }, key, body: {} }),
    () => setOpen(false),
  )
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('act.receive')}
      </button>
      {open ? (
        <Sheet title={t('act.receive')} onClose={() => setOpen(false)}>
          <p>{t('act.receive.text')}</p>
          <button
            type="button"
            className="button"
            disabled={receive.isPending}
            onClick={() => receive.mutate()}
          >
            {t('act.receive.yes')}
          </button>
          {receive.isError ? <Trouble error={receive.error} /> : null}
        </Sheet>
      ) : null}
    </>
  )
}

function Cancel({ order }: { order: PurchaseDetail }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const [open, setOpen] = useState(false)
  const cancel = useCommand(
    key =>
      shopCall('cancel', {
        params: { programme, order: order.id },
        key,
        body: { reason: t('act.cancel.reason') },
      }),
    () => setOpen(false),
  )
  return (
    <>
      <button type="button" className="button button-plain" onClick={() => setOpen(true)}>
        {t('act.cancel')}
      </button>
      {open ? (
        <Sheet title={t('act.cancel')} onClose={() => setOpen(false)}>
          <p>{t(order.paidAt ? 'act.cancel.paid' : 'act.cancel.unpaid')}</p>
          <button
            type="button"
            className="button"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('act.cancel.yes')}
          </button>
          {cancel.isError ? <Trouble error={cancel.error} /> : null}
        </Sheet>
      ) : null}
    </>
  )
}
