import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../i18n/format.ts'
import { shopCall } from '../api.ts'
import { useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'

/** Each parcel of an order with where it was, the newest first. */
export function Parcels({ order }: { order: string }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const { nameOf } = useNames()
  const { data } = useQuery({
    queryKey: ['purchases', programme, order, 'parcels'],
    queryFn: ({ signal }) => shopCall('orderParcels', { params: { programme, order }, signal }),
  })
  const parcels = data?.parcels.filter(({ state }) => state !== 'cancelled') ?? []
  if (parcels.length === 0) return null
  const toCome = (data?.lines ?? []).reduce((sum, line) => sum + line.toSend + line.packed, 0)
  return (
    <>
      {toCome > 0 && parcels.some(({ state }) => state !== 'packed') ? (
        <p className="note" role="status">
          {t('parcel.toCome', { count: toCome })}
        </p>
      ) : null}
      {parcels.map(parcel => (
        <section key={parcel.id} className="panel" aria-label={t('parcel.title', { no: parcel.no })}>
          <h2>{t('parcel.title', { no: parcel.no })}</h2>
          <p className="soft">
            {parcel.carrierName} {parcel.waybill ? <span className="number">{parcel.waybill}</span> : null}
          </p>
          <p className="small">{parcel.lines.map(line => `${nameOf(line)} × ${line.pieces}`).join(' · ')}</p>
          <ol className="events">
            {parcel.events.map(event => (
              <li key={`${event.at}${event.kind}`}>
                <span>
                  {t(`event.${event.kind}`)} {event.place}
                </span>
                <span className="small soft">{formatInstant(event.at)}</span>
              </li>
            ))}
            {parcel.events.length === 0 ? (
              <li>{t(`event.${parcel.state === 'packed' ? 'packed' : 'sent'}`)}</li>
            ) : null}
          </ol>
        </section>
      ))}
    </>
  )
}
