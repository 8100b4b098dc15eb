import type { ProxyOrder } from '@silian/chains/supply/proxy/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { OrderStateBadge } from '../../orders/state-badge.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day, Money } from '../../ui/values.tsx'
import { HomeBox } from './home-box.tsx'
import { NewProxy } from './new-proxy.tsx'
import { PayBox } from './pay-box.tsx'
import { VisitDialog } from './visit-dialog.tsx'
import '../../orders/orders.css'

/** What a service point ordered for others: pay it, bring it home, have it signed for. Made for a phone. */
export function ProxyPage() {
  const { t } = useTranslation('proxy')
  const programme = useProgrammeId()
  const [making, setMaking] = useState(false)
  const pages = usePages(['proxy-orders', programme], (after, signal) =>
    call('proxyOrders', { params: { programme }, query: { limit: 25, ...after }, signal }),
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <button type="button" className="button button-main" onClick={() => setMaking(true)}>
          {t('new')}
        </button>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('none')} />}>
        {orders => (
          <ul className="plain-list stack">
            {orders.map(order => (
              <OneOrder key={order.id} order={order} />
            ))}
          </ul>
        )}
      </Paged>
      {making ? <NewProxy close={() => setMaking(false)} /> : null}
    </Page>
  )
}

function OneOrder({ order }: { order: ProxyOrder }) {
  const { t } = useTranslation('proxy')
  const [open, setOpen] = useState<'pay' | 'home' | 'visit'>()
  return (
    <li className="card stack">
      <p className="order-card-sum">
        <span>
          <strong className="number">{order.number}</strong> <OrderStateBadge state={order.state} />
        </span>
        <Money fen={order.totalFen} />
      </p>
      <p>
        {order.phone === '' ? t('erased') : t('for', { name: order.name ?? '', phone: order.phone })}{' '}
        <Day at={order.placedAt} />
      </p>
      <div className="order-actions">
        {order.state === 'awaiting_payment' ? (
          <button type="button" className="button button-main" onClick={() => setOpen('pay')}>
            {t('pay')}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => setOpen('home')}>
          {t('home.show')}
        </button>
        {order.state === 'shipped' ? (
          <button type="button" className="button button-main" onClick={() => setOpen('visit')}>
            {t('visit')}
          </button>
        ) : null}
        {order.visitedAt ? (
          <span className="muted">
            {t('visited')} <Day at={order.visitedAt} />
          </span>
        ) : null}
      </div>
      {open === 'pay' && order.state === 'awaiting_payment' ? <PayBox order={order.id} /> : null}
      {open === 'home' ? <HomeBox order={order.id} /> : null}
      {open === 'visit' ? <VisitDialog order={order.id} close={() => setOpen(undefined)} /> : null}
    </li>
  )
}
