import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Section } from '../ui/page.tsx'
import { Loading, ProblemNotice } from '../ui/states.tsx'
import { Money } from '../ui/values.tsx'
import { ParcelWay } from './parcel-way.tsx'
import { ShortDialog } from './short-dialog.tsx'
import type { Side } from './side.ts'
import { sumOf, unpackedOf, unsentOf, useParcels } from './use-parcels.ts'
import { isEnded } from './way.ts'

/** In how many parcels an order goes, where each is, and what of it is still to be sent. */
export function ParcelsBox({ order, side }: { order: OrderDetail; side: Side }) {
  const { t } = useTranslation('delivery')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const [short, setShort] = useState(false)
  const found = useParcels(order.id)
  if (!found.data) return found.isError ? <ProblemNotice error={found.error} /> : <Loading />
  const { parcels, lines, offFen } = found.data
  const open = unpackedOf(lines)
  const unsent = isEnded(order.state) ? [] : unsentOf(lines)
  const nameOfLine = (no: number) => nameOf(order.lines.find(line => line.no === no)!)
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
        {unsent.length > 0 ? (
          <li className="notice notice-wait">
            <p>{t('unsent', { count: sumOf(unsent) })}</p>
            <p>{unsent.map(({ no, pieces }) => `${nameOfLine(no)} ×${pieces}`).join(' · ')}</p>
            {side === 'supplier' && parcels.some(({ state }) => state === 'packed') ? (
              <Link to="/p/$programme/supplier/parcels" params={{ programme }}>
                {t('unsent.packed')}
              </Link>
            ) : null}
          </li>
        ) : null}
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
