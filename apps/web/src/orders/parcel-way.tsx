import type { Parcel } from '@silian/chains/supply/delivery/contract.ts'
import { useTranslation } from 'react-i18next'
import { Day } from '../ui/values.tsx'

/** Where a parcel is, and what was last heard of it. */
export function ParcelWay({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation('delivery')
  const [last] = parcel.events
  return (
    <>
      <span className={`badge ${parcel.state === 'packed' ? 'badge-wait' : ''}`}>
        {t(`state.${parcel.state === 'shipped' && parcel.acceptedAt ? 'accepted' : parcel.state}`)}
      </span>
      {last ? (
        <p className="muted">
          {t(`event.${last.kind}`)} {last.place} <Day at={last.at} />
        </p>
      ) : null}
    </>
  )
}
