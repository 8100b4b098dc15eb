import type { Order } from '@silian/chains/supply/orders/contract.ts'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { DeskTable } from '../desk/table.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Day, Money } from '../ui/values.tsx'
import { Beside, OrderBadge } from './state.tsx'

export type Side = 'buyer' | 'supplier'

interface OrderListProps {
  readonly orders: readonly Order[]
  readonly side: Side
}

/** Orders as a table at a desk and as cards on a phone. */
export function OrderList({ orders, side }: OrderListProps) {
  const { t } = useTranslation('orders')
  const columns = useColumns(side)
  return (
    <>
      <div className="desk-only">
        <DeskTable label={t('title')} columns={columns} rows={orders} rowKey={order => order.id} />
      </div>
      <ul className="phone-only order-cards">
        {orders.map(order => (
          <li key={order.id} className="card order-card">
            <p>
              <OrderLink order={order} side={side} /> <OrderBadge order={order} />
            </p>
            <p>{side === 'buyer' ? order.sellerName : order.buyerName}</p>
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

function OrderLink({ order, side }: { order: Order; side: Side }) {
  const programme = useProgrammeId()
  return (
    <Link
      to={side === 'buyer' ? '/p/$programme/buyer/orders/$order' : '/p/$programme/supplier/orders/$order'}
      params={{ programme, order: order.id }}
      className="number"
    >
      {order.number}
    </Link>
  )
}

function useColumns(side: Side): TableColumnsType<Order> {
  const { t } = useTranslation('orders')
  return [
    { title: t('number'), key: 'number', render: (_, order) => <OrderLink order={order} side={side} /> },
    {
      title: t(side === 'buyer' ? 'seller' : 'buyer'),
      key: 'other',
      render: (_, order) => (side === 'buyer' ? order.sellerName : order.buyerName),
    },
    { title: t('placed'), key: 'placed', render: (_, order) => <Day at={order.placedAt} /> },
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
