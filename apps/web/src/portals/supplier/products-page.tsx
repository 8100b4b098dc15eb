import type { Product } from '@silian/chains/value/products/contract.ts'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ExportLink } from '../../desk/export-link.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import { NewProduct } from './new-product.tsx'
import { ProductMedia } from './product-media.tsx'
import { recognitionOf } from './recognition.ts'

/** A seller's products and how far each is recognised: only recognised ones count for a buyer. */
export function ProductsPage() {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const mayCreate = hasRole(useMember(), 'coop_clerk')
  const [shown, setShown] = useState<Product>()
  const columns = useColumns(mayCreate ? setShown : undefined)
  const [making, setMaking] = useState(false)
  const pages = usePages(['products', programme], (after, signal) =>
    call('products', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  return (
    <Page
      title={t('products')}
      lead={t('products.lead')}
      actions={
        <>
          {mayCreate ? (
            <button type="button" className="button button-main" onClick={() => setMaking(true)}>
              {t('products.new')}
            </button>
          ) : null}
          <ExportLink list="products" />
        </>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('products.none')}>{t('products.none.hint')}</Empty>}>
        {products => (
          <DeskTable label={t('products')} columns={columns} rows={products} rowKey={({ id }) => id} />
        )}
      </Paged>
      {making ? <NewProduct close={() => setMaking(false)} /> : null}
      {shown ? <ProductMedia product={shown} close={() => setShown(undefined)} /> : null}
    </Page>
  )
}

function useColumns(picture: ((product: Product) => void) | undefined): TableColumnsType<Product> {
  const { t } = useTranslation('supplier')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  return [
    { title: t('product'), key: 'name', render: (_, row) => <Named product={row} /> },
    { title: t('product.key'), dataIndex: 'key', key: 'key' },
    { title: t('county'), dataIndex: 'countyName', key: 'county' },
    { title: t('cooperative'), dataIndex: 'cooperativeName', key: 'cooperative' },
    { title: t('unit'), key: 'unit', render: (_, row) => t(`unit.${row.unit}`) },
    { title: t('recognition'), key: 'recognition', render: (_, row) => <Recognition product={row} /> },
    ...(picture
      ? [
          {
            title: <span className="visually-hidden">{t('act')}</span>,
            key: 'act',
            render: (_: unknown, row: Product) => (
              <>
                <button type="button" className="button button-small" onClick={() => picture(row)}>
                  {t('media')}
                  <span className="visually-hidden"> {nameOf(row)}</span>
                </button>{' '}
                <Link
                  to="/p/$programme/cases/$process/new"
                  params={{ programme, process: 'product_change' }}
                  search={{ about: row.id }}
                  className="button button-small"
                >
                  {t('product.change')}
                  <span className="visually-hidden"> {nameOf(row)}</span>
                </Link>
              </>
            ),
          },
        ]
      : []),
  ]
}

/** With what it bears and what it is called beside its name. */
function Named({ product }: { product: Product }) {
  const { t } = useTranslation('supplier')
  const { nameOf } = useGoodsNames()
  return (
    <>
      {nameOf(product)}{' '}
      {product.marks.map(mark => (
        <Fragment key={mark}>
          <span className="badge">{t(`mark.${mark}`)}</span>{' '}
        </Fragment>
      ))}
      <span className="line-spec">{[product.variety, product.grade].filter(Boolean).join(' · ')}</span>
    </>
  )
}

const looks = { none: 'badge-plain', valid: '', ending: 'badge-wait', over: 'badge-bad' } as const

function Recognition({ product }: { product: Product }) {
  const { t } = useTranslation('supplier')
  const state = recognitionOf(product.recognised, new Date())
  return (
    <>
      <span className={`badge ${looks[state]}`}>{t(`recognition.${state}`)}</span>{' '}
      {product.recognised ? (
        <span className="muted">
          <Day at={product.recognised.from} /> – <Day at={product.recognised.to} />
        </span>
      ) : null}
    </>
  )
}
