import type { Purchase } from '@silian/chains/supply/purchases/contract.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../i18n/format.ts'
import { shopCall } from '../api.ts'
import { Drawn } from '../drawn/picture.tsx'
import { sessionOf } from '../queries.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Nothing, Ready, Trouble, Waiting } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { useTitle } from '../ui/title.ts'
import { stageOf } from './stage.ts'
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
        {orders.map(order => (
          <OrderCard key={order.id} order={order} />
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
    <li className="panel order-card">
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
    </li>
  )
}
