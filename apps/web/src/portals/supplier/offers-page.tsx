import type { OwnOffer } from '@silian/chains/supply/catalogue/contract.ts'
import { Link } from '@tanstack/react-router'
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
import { Money } from '../../ui/values.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import { ChangeOffer } from './change-offer.tsx'
import { NewOffer } from './new-offer.tsx'

/** What a seller offers, on sale or withdrawn. */
export function OffersPage() {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const [changing, setChanging] = useState<OwnOffer>()
  const [making, setMaking] = useState(false)
  const columns = useColumns(setChanging)
  const pages = usePages(['own-offers', programme], (after, signal) =>
    call('ownOffers', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  return (
    <Page
      title={t('offers')}
      lead={t('offers.lead')}
      actions={
        <>
          <button type="button" className="button button-main" onClick={() => setMaking(true)}>
            {t('offers.new')}
          </button>
          <Link to="/p/$programme/supplier/listings" params={{ programme }} className="button">
            {t('listings')}
          </Link>
          <ExportLink list="own-offers" />
        </>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('offers.none')}>{t('offers.none.hint')}</Empty>}>
        {offers => <DeskTable label={t('offers')} columns={columns} rows={offers} rowKey={({ id }) => id} />}
      </Paged>
      {making ? <NewOffer close={() => setMaking(false)} /> : null}
      {changing ? <ChangeOffer offer={changing} close={() => setChanging(undefined)} /> : null}
    </Page>
  )
}

/** Of a piece, and the least that anybody pays. */
function Prices({ offer }: { offer: OwnOffer }) {
  const { t } = useTranslation('supplier')
  const least = Math.min(...offer.prices.map(({ priceFen }) => priceFen))
  return (
    <>
      <Money fen={offer.priceFen} />
      {offer.prices.length > 0 ? (
        <span className="line-spec">
          {t('tiers.least')} <Money fen={least} />
        </span>
      ) : null}
    </>
  )
}

function useColumns(change: (offer: OwnOffer) => void): TableColumnsType<OwnOffer> {
  const { t } = useTranslation('supplier')
  const { nameOf, besideOf } = useGoodsNames()
  return [
    {
      title: t('product'),
      key: 'product',
      render: (_, row) => (
        <>
          {nameOf(row)}
          <span className="line-spec">{[besideOf(row), row.code].filter(Boolean).join(' · ')}</span>
        </>
      ),
    },
    { title: t('lot.code'), dataIndex: 'lotCode', key: 'lot' },
    { title: t('price'), key: 'price', align: 'right', render: (_, row) => <Prices offer={row} /> },
    {
      title: t('offer.available'),
      key: 'available',
      align: 'right',
      render: (_, row) => formatCount(row.available),
    },
    { title: t('offer.shipDays'), key: 'days', render: (_, row) => t('days', { count: row.shipDays }) },
    {
      title: t('state'),
      key: 'state',
      render: (_, row) => (
        <>
          <span className={`badge ${row.state === 'listed' ? '' : 'badge-plain'}`}>
            {t(`offer.${row.state}`)}
          </span>{' '}
          {row.recognised ? null : <span className="badge badge-wait">{t('recognition.none')}</span>}
        </>
      ),
    },
    {
      title: <span className="visually-hidden">{t('act')}</span>,
      key: 'act',
      render: (_, row) => (
        <button type="button" className="button button-small" onClick={() => change(row)}>
          {t('offer.change')}
          <span className="visually-hidden"> {nameOf(row)}</span>
        </button>
      ),
    },
  ]
}
