import type { Lot } from '@silian/chains/value/lots/contract.ts'
import type { Product } from '@silian/chains/value/products/contract.ts'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ExportLink } from '../../desk/export-link.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day, useQuantityText } from '../../ui/values.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import { NewLot } from './new-lot.tsx'
import { useProducts } from './use-products.ts'

/** Harvests brought into stock, and what is left of each. */
export function LotsPage() {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const products = useProducts()
  const columns = useColumns(new Map((products.data ?? []).map(product => [product.id, product])))
  const [making, setMaking] = useState(false)
  const pages = usePages(['lots', programme], (after, signal) =>
    call('lots', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  return (
    <Page
      title={t('lots')}
      lead={t('lots.lead')}
      actions={
        <>
          <button type="button" className="button button-main" onClick={() => setMaking(true)}>
            {t('lots.new')}
          </button>
          <ExportLink list="lots" />
        </>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('lots.none')}>{t('lots.none.hint')}</Empty>}>
        {lots => <DeskTable label={t('lots')} columns={columns} rows={lots} rowKey={({ id }) => id} />}
      </Paged>
      {making ? <NewLot products={products.data ?? []} close={() => setMaking(false)} /> : null}
    </Page>
  )
}

function useColumns(products: ReadonlyMap<string, Product>): TableColumnsType<Lot> {
  const { t } = useTranslation('supplier')
  const quantity = useQuantityText()
  const { nameOf } = useGoodsNames()
  const named = (product: Product | undefined) => (product ? nameOf(product) : '—')
  const text = (row: Lot, amount: number) => quantity(amount, products.get(row.productId)?.unit ?? 'g')
  return [
    { title: t('lot.code'), dataIndex: 'code', key: 'code' },
    { title: t('product'), key: 'product', render: (_, row) => named(products.get(row.productId)) },
    { title: t('lot.harvested'), key: 'on', render: (_, row) => <Day at={row.harvestedOn} /> },
    { title: t('lot.quantity'), key: 'all', align: 'right', render: (_, row) => text(row, row.quantity) },
    { title: t('lot.available'), key: 'left', align: 'right', render: (_, row) => text(row, row.available) },
    {
      title: t('lot.households'),
      key: 'households',
      align: 'right',
      render: (_, row) => formatCount(row.households),
    },
  ]
}
