import type { Settlement } from '@silian/chains/assurance/settlement/contract.ts'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { ExportLink } from '../desk/export-link.tsx'
import { DeskTable } from '../desk/table.tsx'
import { formatCount } from '../i18n/format.ts'
import { pageOf, type Side } from '../orders/side.ts'
import { useBuyerName } from '../orders/use-buyer-name.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Day, Money } from '../ui/values.tsx'
import { DayRange } from './day-range.tsx'
import { daySearch } from './search.ts'

const placeOf = {
  buyer: '/p/$programme/buyer/settlements',
  supplier: '/p/$programme/supplier/settlements',
  office: '/p/$programme/office/settlements',
} as const

/** Settled orders and how each was split between households and the co-operative. */
export function SettlementsPage({ side }: { side: Side }) {
  const { t } = useTranslation('settlements')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const search = daySearch(useSearch({ strict: false }))
  const columns = useColumns(side)
  const pages = usePages(['settlements', programme, search], (after, signal) =>
    call('settlements', { params: { programme }, query: { ...search, limit: 50, ...after }, signal }),
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {side === 'supplier' ? (
            <Link
              to="/p/$programme/supplier/statement"
              params={{ programme }}
              search={search}
              className="button"
            >
              {t('statement')}
            </Link>
          ) : null}
          <ExportLink list="settlements" query={{ ...search }} />
        </>
      }
    >
      <DayRange
        search={search}
        choose={next => void navigate({ to: placeOf[side], params: { programme }, search: next })}
      />
      <Paged pages={pages} empty={<Empty title={t('none')}>{t('none.hint')}</Empty>}>
        {rows => <DeskTable label={t('title')} columns={columns} rows={rows} rowKey={row => row.orderId} />}
      </Paged>
    </Page>
  )
}

function useColumns(side: Side): TableColumnsType<Settlement> {
  const { t } = useTranslation('settlements')
  const programme = useProgrammeId()
  const buyer = useBuyerName()
  const money = (name: 'totalFen' | 'householdsFen' | 'cooperativeFen') => ({
    title: t(name),
    key: name,
    align: 'right' as const,
    render: (_: unknown, row: Settlement) => <Money fen={row[name]} />,
  })
  return [
    {
      title: t('order'),
      key: 'order',
      render: (_, row) => (
        <Link to={pageOf[side]} params={{ programme, order: row.orderId }} className="number">
          {row.orderNumber}
        </Link>
      ),
    },
    ...(side === 'buyer'
      ? []
      : [{ title: t('buyer'), key: 'buyer', render: (_: unknown, row: Settlement) => buyer(row.buyerName) }]),
    ...(side === 'supplier' ? [] : [{ title: t('seller'), dataIndex: 'sellerName', key: 'seller' }]),
    { title: t('settledAt'), key: 'at', render: (_, row) => <Day at={row.settledAt} /> },
    money('totalFen'),
    money('householdsFen'),
    money('cooperativeFen'),
    {
      title: t('households'),
      key: 'households',
      align: 'right',
      render: (_, row) => formatCount(row.households),
    },
  ]
}
