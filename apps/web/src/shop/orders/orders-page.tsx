import type { Purchase } from '@silian/chains/supply/purchases/contract.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../i18n/format.ts'
import { shopCall } from '../api.ts'
import { Checking } from '../checkout/checking.tsx'
import { useLeft } from '../checkout/use-left.ts'
import { Drawn } from '../drawn/picture.tsx'
import { sessionOf } from '../queries.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Nothing, Ready, Trouble, Waiting } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { useTitle } from '../ui/title.ts'
import { Pay } from './pay.tsx'
import { stageOf } from './stage.ts'
import { byPayment, costOf } from './together.ts'
import { useKindOf } from './use-kind.ts'
import '../styles/orders.css'

export function OrdersPage() {
  const { t } = useTranslation('mine')
  useTitle(t('orders.title'))
  const session = useQuery(sessionOf(useProgramme()))
  return (
    <div className="page page-narrow">
      <h1>{t('orders.title')}</h1>
      <Ready query={session} cards={2}>
        {({ customer }) => (customer ? <Orders proven={customer.proven} /> : <Nobody />)}
      </Ready>
    </div>
  )
}

function Nobody() {
  const { t } = useTranslation('mine')
  return (
    <Nothing title={t('orders.nobody')}>
      <Go to="/me" className="button">
        {t('orders.nobody.go')}
      </Go>
    </Nothing>
  )
}

function Orders({ proven }: { proven: boolean }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const pages = useInfiniteQuery({
    queryKey: ['purchases', programme],
    queryFn: ({ pageParam, signal }) =>
      shopCall('purchases', {
        params: { programme },
        query: { limit: 20, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    // what was paid in another window is seen on coming back
    refetchOnWindowFocus: 'always',
  })
  if (!pages.data)
    return pages.isError ? <Trouble error={pages.error} retry={pages.refetch} /> : <Waiting cards={2} />
  const orders = pages.data.pages.flatMap(page => page.items)
  return (
    <>
      {proven ? null : (
        <p className="note">
          {t('orders.guest')} <Go to="/me">{t('orders.guest.go')}</Go>
        </p>
      )}
      {orders.length === 0 ? <Nothing title={t('orders.none')} /> : null}
      <ul className="order-list">
        {byPayment(orders).map(group => (
          <li key={group[0].id} className="panel">
            {group.length > 1 ? <p>{t('orders.together', { count: group.length })}</p> : null}
            {group.map(order => (
              <OrderCard key={order.id} order={order} />
            ))}
            <ToPay orders={group} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button type="button" className="button button-soft" onClick={() => void pages.fetchNextPage()}>
          {t('orders.more')}
        </button>
      ) : null}
    </>
  )
}

function OrderCard({ order }: { order: Purchase }) {
  const { t } = useTranslation('mine')
  const { nameOf } = useNames()
  const [first] = order.lines
  const kind = useKindOf(first?.nameZh ?? '')
  return (
    <div className="order-card">
      <span className="order-picture">
        <Drawn kind={kind} />
      </span>
      <div className="order-words">
        <p className="order-top">
          <span className={`tag stage-${stageOf(order)}`}>{t(`stage.${stageOf(order)}`)}</span>
          <span className="small soft">{formatDay(order.placedAt)}</span>
        </p>
        <Go to={`/orders/${order.id}`} className="card-name">
          {first ? nameOf(first) : order.number}
          {order.lines.length > 1 ? t('orders.andMore', { count: order.lines.length }) : ''}
        </Go>
        <span className="small soft">{order.sellerName}</span>
        <Price fen={order.totalFen} />
      </div>
    </div>
  )
}

/** How long the goods are kept, and the way to pay them; nothing where nothing waits for it. */
function ToPay({ orders }: { orders: readonly [Purchase, ...Purchase[]] }) {
  const [{ state, payBy, checking }] = orders
  if (state !== 'awaiting_payment' || !payBy) return null
  return (
    <>
      {checking ? <Checking /> : null}
      <div className="order-pay">
        <Left until={payBy} />
        {orders.length > 1 ? <Price fen={costOf(orders)} /> : null}
        <Pay orders={orders} />
      </div>
    </>
  )
}

function Left({ until }: { until: string }) {
  const { t } = useTranslation('mine')
  const left = useLeft(until)
  return (
    <span className="order-left" role="timer">
      {t('orders.payBy', { left })}
    </span>
  )
}
