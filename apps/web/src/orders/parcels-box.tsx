import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Section } from '../ui/page.tsx'
import { Loading, ProblemNotice } from '../ui/states.tsx'
import { Money } from '../ui/values.tsx'
import { ParcelWay } from './parcel-way.tsx'
import { ShortDialog } from './short-dialog.tsx'
import type { Side } from './side.ts'

/** In how many parcels an order goes, where each is, and what of it is still to be sent. */
export function ParcelsBox({ order, side }: { order: OrderDetail; side: Side }) {
  const { t } = useTranslation('delivery')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const [short, setShort] = useState(false)
  const found = useQuery({
    queryKey: ['order-parcels', programme, order.id],
    queryFn: ({ signal }) => call('orderParcels', { params: { programme, order: order.id }, signal }),
  })
  if (!found.data) return found.isError ? <ProblemNotice error={found.error} /> : <Loading />
  const { parcels, lines, offFen } = found.data
  const open = lines.map(({ no, toSend }) => ({ no, pieces: toSend })).filter(line => line.pieces > 0)
  const mayShort = side === 'supplier' && order.may.includes('ship') && open.length > 0
  if (parcels.length === 0 && offFen === 0 && !mayShort) return null
  return (
    <Section title={t('parcels')}>
      <ul className="plain-list card stack">
        {parcels.map(parcel => (
          <li key={parcel.id}>
            <p>
              <strong>{t('parcel.no', { no: parcel.no })}</strong> {parcel.carrierName}{' '}
              <span className="number">{parcel.waybill ?? t('waybill.coming')}</span>
            </p>
            <p>{parcel.lines.map(line => `${nameOf(line)} ×${line.pieces}`).join(' · ')}</p>
            <ParcelWay parcel={parcel} />
          </li>
        ))}
        {offFen > 0 ? (
          <li>
            {t('off')} <Money fen={offFen} />
          </li>
        ) : null}
        {mayShort ? (
          <li>
            <button type="button" className="button" onClick={() => setShort(true)}>
              {t('short')}
            </button>
          </li>
        ) : null}
      </ul>
      {short ? <ShortDialog order={order} open={open} close={() => setShort(false)} /> : null}
    </Section>
  )
}
