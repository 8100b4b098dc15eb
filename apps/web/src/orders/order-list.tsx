import type { Order } from '@silian/chains/supply/orders/contract.ts'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { DeskTable } from '../desk/table.tsx'
import { formatDay } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Day, Money } from '../ui/values.tsx'
import { pageOf, type Side } from './side.ts'
import { Beside, OrderBadge } from './state.tsx'
import { useBuyerName } from './use-buyer-name.ts'

interface OrderListProps {
  readonly orders: readonly Order[]
  readonly side: Side
  readonly picking?: Picking
}

interface Picking {
  /** Of those that can be handled together, which are chosen. */
  readonly chosen: readonly string[]
  choose(chosen: readonly string[]): void
  mayPick(order: Order): boolean
}

export const isToSend = ({ state }: Order): boolean => state === 'approved' || state === 'partly_shipped'

/** Orders as a table at a desk and as cards on a phone. */
export function OrderList({ orders, side, picking }: OrderListProps) {
  const { t } = useTranslation('orders')
  const buyer = useBuyerName()
  const columns = useColumns(side, picking)
  return (
    <>
      <div className="desk-only">
        <DeskTable label={t('title')} columns={columns} rows={orders} rowKey={order => order.id} />
      </div>
      <ul className="phone-only order-cards">
        {orders.map(order => (
          <li key={order.id} className="card order-card">
            <p>
              <Pick order={order} picking={picking} /> <OrderLink order={order} side={side} />{' '}
              <OrderBadge order={order} />
            </p>
            <p>{side === 'buyer' ? order.sellerName : buyer(order.buyerName)}</p>
            {side === 'office' ? <p className="muted">{order.sellerName}</p> : null}
            <p className="order-card-sum">
              <strong>
                <Money fen={order.totalFen} />
              </strong>
              <Beside order={order} />
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

function Pick({ order, picking }: { order: Order; picking: Picking | undefined }) {
  const { t } = useTranslation('orders')
  if (!picking?.mayPick(order)) return null
  const { chosen, choose } = picking
  const isChosen = chosen.includes(order.id)
  return (
    <input
      type="checkbox"
      className="pick"
      aria-label={t('pick', { number: order.number })}
      checked={isChosen}
      onChange={() => choose(isChosen ? chosen.filter(one => one !== order.id) : [...chosen, order.id])}
    />
  )
}

function OrderLink({ order, side }: { order: Order; side: Side }) {
  const programme = useProgrammeId()
  return (
    <Link to={pageOf[side]} params={{ programme, order: order.id }} className="number">
      {order.number}
    </Link>
  )
}

/** The promised day to ship, marked once it is over. */
function ShipBy({ order }: { order: Order }) {
  const { t } = useTranslation('orders')
  const late = order.state === 'approved' && order.shipBy < formatDay(new Date().toISOString())
  return (
    <>
      <Day at={order.shipBy} /> {late ? <span className="badge badge-bad">{t('late')}</span> : null}
    </>
  )
}

function useColumns(side: Side, picking: Picking | undefined): TableColumnsType<Order> {
  const { t } = useTranslation('orders')
  const buyer = useBuyerName()
  const party = (name: 'buyer' | 'seller') => ({
    title: t(name),
    key: name,
    render: (_: unknown, order: Order) => (name === 'buyer' ? buyer(order.buyerName) : order.sellerName),
  })
  return [
    ...(picking
      ? [
          {
            title: <span className="visually-hidden">{t('pick.column')}</span>,
            key: 'pick',
            render: (_: unknown, order: Order) => <Pick order={order} picking={picking} />,
          },
        ]
      : []),
    { title: t('number'), key: 'number', render: (_, order) => <OrderLink order={order} side={side} /> },
    ...(side === 'buyer' ? [] : [party('buyer')]),
    ...(side === 'supplier' ? [] : [party('seller')]),
    { title: t('placed'), key: 'placed', render: (_, order) => <Day at={order.placedAt} /> },
    ...(side === 'buyer'
      ? []
      : [
          {
            title: t('shipBy'),
            key: 'shipBy',
            render: (_: unknown, order: Order) => <ShipBy order={order} />,
          },
        ]),
    {
      title: t('total'),
      key: 'total',
      align: 'right',
      render: (_, order) => <Money fen={order.totalFen} />,
    },
    { title: t('state'), key: 'state', render: (_, order) => <OrderBadge order={order} /> },
    { title: t('beside'), key: 'beside', render: (_, order) => <Beside order={order} /> },
  ]
}
