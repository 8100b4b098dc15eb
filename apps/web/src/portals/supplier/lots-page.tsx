import type { Lot } from '@silian/chains/value/lots/contract.ts'
import type { Product } from '@silian/chains/value/products/contract.ts'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ExportLink } from '../../desk/export-link.tsx'
import { PickField } from '../../desk/fields.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day, useQuantityText } from '../../ui/values.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import { MoveLot } from './move-lot.tsx'
import { NewLot } from './new-lot.tsx'
import { StoredAt } from './stored-at.tsx'
import { usePlaces } from './use-places.ts'
import { useProducts } from './use-products.ts'

/** Harvests brought into stock, what is left of each and where it lies. */
export function LotsPage() {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const products = useProducts()
  const [making, setMaking] = useState(false)
  const [moving, setMoving] = useState<Lot>()
  const [place, setPlace] = useState('')
  const columns = useColumns(new Map((products.data ?? []).map(product => [product.id, product])), setMoving)
  const at = place === '' ? {} : { place }
  const pages = usePages(['lots', programme, place], (after, signal) =>
    call('lots', { params: { programme }, query: { limit: 50, ...at, ...after }, signal }),
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
          <Link
            to="/p/$programme/registers/$register"
            params={{ programme, register: 'storage_place' }}
            className="button"
          >
            {t('places.open')}
          </Link>
          <ExportLink list="lots" query={at} />
        </>
      }
    >
      <StoredAt />
      <search className="filter-bar">
        <AtPlace value={place} pick={setPlace} />
      </search>
      <Paged
        pages={pages}
        empty={
          place === '' ? (
            <Empty title={t('lots.none')}>{t('lots.none.hint')}</Empty>
          ) : (
            <Empty title={t('lots.none.there')} />
          )
        }
      >
        {lots => <DeskTable label={t('lots')} columns={columns} rows={lots} rowKey={({ id }) => id} />}
      </Paged>
      {making ? <NewLot products={products.data ?? []} close={() => setMaking(false)} /> : null}
      {moving ? <MoveLot lot={moving} close={() => setMoving(undefined)} /> : null}
    </Page>
  )
}

/** Which place's lots are listed. */
function AtPlace({ value, pick }: { value: string; pick(place: string): void }) {
  const { t } = useTranslation('supplier')
  const places = usePlaces()
  if (!places.data || places.data.length === 0) return null
  return (
    <PickField
      label={t('place')}
      none={t('place.all')}
      value={value}
      options={places.data.map(({ placeId, name }) => [placeId ?? 'none', name ?? t('place.nowhere')])}
      pick={pick}
    />
  )
}

function useColumns(products: ReadonlyMap<string, Product>, move: (lot: Lot) => void): TableColumnsType<Lot> {
  const { t } = useTranslation('supplier')
  const quantity = useQuantityText()
  const { nameOf } = useGoodsNames()
  const named = (product: Product | undefined) => (product ? nameOf(product) : '—')
  const text = (row: Lot, amount: number) => quantity(amount, products.get(row.productId)?.unit ?? 'g')
  return [
    { title: t('lot.code'), dataIndex: 'code', key: 'code' },
    { title: t('product'), key: 'product', render: (_, row) => named(products.get(row.productId)) },
    { title: t('lot.harvested'), key: 'on', render: (_, row) => <Day at={row.harvestedOn} /> },
    { title: t('place'), key: 'place', render: (_, row) => row.placeName ?? t('place.nowhere') },
    { title: t('lot.quantity'), key: 'all', align: 'right', render: (_, row) => text(row, row.quantity) },
    { title: t('lot.stored'), key: 'stored', align: 'right', render: (_, row) => text(row, row.stored) },
    { title: t('lot.available'), key: 'left', align: 'right', render: (_, row) => text(row, row.available) },
    {
      title: t('lot.households'),
      key: 'households',
      align: 'right',
      render: (_, row) => formatCount(row.households),
    },
    {
      title: <span className="visually-hidden">{t('act')}</span>,
      key: 'act',
      render: (_, row) =>
        row.stored > 0 ? (
          <button type="button" className="button button-small" onClick={() => move(row)}>
            {t('lot.move')}
            <span className="visually-hidden"> {row.code}</span>
          </button>
        ) : null,
    },
  ]
}
