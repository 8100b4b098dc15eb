import type { RefundListed } from '@silian/chains/supply/payments/refund-contract.ts'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Instant, Money } from '../../ui/values.tsx'
import { Failure } from './failure.tsx'
import { RefundActs } from './refund-acts.tsx'

/** What a refund is, how far it is, and what else a list says of it. */
export function useRefundColumns(rest: TableColumnsType<RefundListed>): TableColumnsType<RefundListed> {
  const { t } = useTranslation('reconciliation')
  return [
    { title: t('ordered'), key: 'ordered', render: (_, row) => <Instant at={row.orderedAt} /> },
    { title: t('order'), key: 'order', render: (_, row) => row.orderNumber ?? '—' },
    { title: t('source'), key: 'source', render: (_, row) => t(`provider.${row.source}`) },
    { title: t('amount'), key: 'amount', align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
    {
      title: t('state'),
      key: 'state',
      render: (_, row) => (
        <>
          <span className={`badge ${row.state === 'failed' ? 'badge-wait' : ''}`}>
            {t(`state.${row.state}`)}
          </span>{' '}
          {row.failure ? <Failure code={row.failure} /> : null}
        </>
      ),
    },
    ...rest,
  ]
}

/** With what a person does about it. */
export function useOpenRefundColumns(): TableColumnsType<RefundListed> {
  const { t } = useTranslation('reconciliation')
  return useRefundColumns([
    {
      title: <span className="visually-hidden">{t('settle')}</span>,
      key: 'acts',
      render: (_, row) => <RefundActs refund={row} />,
    },
  ])
}
