import type { sales } from '@silian/chains/supply/delivery/contract.ts'
import { useQuery } from '@tanstack/react-query'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { call } from '../../api/call.ts'
import { DeskTable } from '../../desk/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import { AskedWords } from './asked-words.tsx'

type Sale = z.infer<typeof sales>['items'][number]

/** What sold in the last thirty days. */
export function SalesPage() {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  const columns = useColumns()
  const found = useQuery({
    queryKey: ['sales', programme],
    queryFn: ({ signal }) => call('sales', { params: { programme }, signal }),
  })
  return (
    <LoadedPage query={found} title={t('sales')}>
      {({ items }) => (
        <Page title={t('sales')} lead={t('sales.lead')}>
          {items.length === 0 ? <Empty title={t('sales.none')} /> : null}
          {items.length > 0 ? (
            <DeskTable label={t('sales')} columns={columns} rows={items} rowKey={row => row.productId} />
          ) : null}
          <Section title={t('asked')} note={t('asked.lead')}>
            <AskedWords />
          </Section>
        </Page>
      )}
    </LoadedPage>
  )
}

function useColumns(): TableColumnsType<Sale> {
  const { t } = useTranslation('delivery')
  const { nameOf } = useGoodsNames()
  return [
    {
      title: t('goods'),
      key: 'goods',
      render: (_, row) => nameOf(row),
    },
    { title: t('pieces'), key: 'pieces', align: 'right', render: (_, row) => formatCount(row.pieces) },
    { title: t('orders'), key: 'orders', align: 'right', render: (_, row) => formatCount(row.orders) },
    { title: t('amount'), key: 'fen', align: 'right', render: (_, row) => <Money fen={row.fen} /> },
  ]
}
