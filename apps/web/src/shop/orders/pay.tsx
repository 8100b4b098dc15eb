import type { Purchase } from '@silian/chains/supply/purchases/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { shopCall } from '../api.ts'
import type { Way } from '../checkout/draft.ts'
import { payWaysOf, sessionOf } from '../queries.ts'
import { useGo, useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { Trouble } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { costOf, paidWith } from './together.ts'

/** Pays orders that wait for it, all in one payment, and with them what their open payment pays, too. */
export function Pay({ orders }: { orders: readonly Purchase[] }) {
  const { t } = useTranslation(['mine', 'checkout'])
  const [open, setOpen] = useState(false)
  const checking = orders.some(order => order.checking)
  return (
    <>
      <button
        type="button"
        className={checking ? 'button button-soft' : 'button'}
        onClick={() => setOpen(true)}
      >
        {checking ? t('pay.again', { ns: 'checkout' }) : t('act.pay')}
      </button>
      {open ? (
        <Sheet title={t('act.pay')} onClose={() => setOpen(false)}>
          {checking ? <p className="note">{t('pay.again.text', { ns: 'checkout' })}</p> : null}
          <Ways orders={orders} />
        </Sheet>
      ) : null}
    </>
  )
}

function Ways({ orders }: { orders: readonly Purchase[] }) {
  const { t } = useTranslation(['mine', 'checkout'])
  const programme = useProgramme()
  const go = useGo()
  const { data } = useQuery(payWaysOf(programme))
  const session = useQuery(sessionOf(programme))
  const dueFen = costOf(orders)
  const pays = (session.data?.customer?.walletFen ?? 0) >= dueFen
  const ways: readonly Way[] = [...(data?.ways ?? []), ...(pays ? (['wallet'] as const) : [])]
  const [id] = useState(newId)
  const pay = useCommand(
    (key, way: Way) =>
      shopCall('pay', { params: { programme }, key, body: { id, orderIds: [...paidWith(orders)], way } }),
    payment => go(`/pay/${payment.id}`),
  )
  return (
    <>
      <p>
        {t('pay.amount', { ns: 'checkout' })} <Price fen={dueFen} />
      </p>
      {ways.map(way => (
        <button
          key={way}
          type="button"
          className={`button pay-${way}`}
          disabled={pay.isPending}
          onClick={() => pay.mutate(way)}
        >
          {t(way === 'wallet' ? 'way.wallet.only' : `way.${way}`, { ns: 'checkout' })}
        </button>
      ))}
      {pay.isError ? <Trouble error={pay.error} /> : null}
    </>
  )
}
