import type { Parcel } from '@silian/chains/supply/delivery/contract.ts'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { ParcelWay } from '../../orders/parcel-way.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { useGoodsNames } from '../shop/use-names.ts'

/** Parcels that one sends: to be printed, handed over, and followed. */
export function ParcelsPage() {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [asking, setAsking] = useState<'dispatch' | 'unpack'>()
  const pages = usePages(['parcels', programme], (after, signal) =>
    call('parcels', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  const columns = useColumns(chosen, setChosen)
  return (
    <Page title={t('parcels')} lead={t('parcels.lead')}>
      <Paged pages={pages} empty={<Empty title={t('parcels.none')}>{t('parcels.none.hint')}</Empty>}>
        {parcels => {
          const packed = parcels.filter(({ id, state }) => chosen.includes(id) && state === 'packed')
          return (
            <>
              <div className="order-actions">
                <PrintThese parcels={chosen} />
                <button
                  type="button"
                  className="button button-main"
                  disabled={packed.length === 0}
                  onClick={() => setAsking('dispatch')}
                >
                  {t('dispatch', { count: packed.length })}
                </button>
                <button
                  type="button"
                  className="button"
                  disabled={packed.length !== 1}
                  onClick={() => setAsking('unpack')}
                >
                  {t('unpack')}
                </button>
              </div>
              <DeskTable label={t('parcels')} columns={columns} rows={parcels} rowKey={({ id }) => id} />
              {asking ? (
                <DialogForm
                  name={`${programme}.${asking}.${packed.map(({ id }) => id).join()}`}
                  title={t(asking, { count: packed.length })}
                  hint={t(`${asking}.hint`)}
                  empty={{}}
                  sendLabel={t(asking, { count: packed.length })}
                  said={t(`${asking}.done`)}
                  send={(_, key) =>
                    asking === 'dispatch'
                      ? call('dispatch', {
                          params: { programme },
                          key,
                          body: { parcelIds: packed.map(({ id }) => id) },
                        })
                      : call('unpack', { params: { programme, parcel: packed[0]!.id }, key, body: {} })
                  }
                  close={() => {
                    setAsking(undefined)
                    setChosen([])
                  }}
                  fields={() => null}
                />
              ) : null}
            </>
          )
        }}
      </Paged>
    </Page>
  )
}

/** Their sheets on paper; as long as none is chosen there is nothing to print. */
function PrintThese({ parcels }: { parcels: readonly string[] }) {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  const label = t('print', { count: parcels.length })
  if (parcels.length === 0)
    return (
      <button type="button" className="button" disabled>
        {label}
      </button>
    )
  return (
    <Link
      to="/p/$programme/supplier/waybills"
      params={{ programme }}
      search={{ parcels: parcels.join(',') }}
      className="button"
    >
      {label}
    </Link>
  )
}

function useColumns(
  chosen: readonly string[],
  choose: (ids: readonly string[]) => void,
): TableColumnsType<Parcel> {
  const { t } = useTranslation('delivery')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const toggle = (id: string) =>
    choose(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id])
  return [
    {
      title: t('order'),
      key: 'order',
      render: (_, { id, orderId, orderNumber, no }) => (
        <span className="picked">
          <input
            type="checkbox"
            className="pick"
            aria-label={t('choose', { number: orderNumber, no })}
            checked={chosen.includes(id)}
            onChange={() => toggle(id)}
          />
          <Link to="/p/$programme/supplier/orders/$order" params={{ programme, order: orderId }}>
            {t('parcel.of', { number: orderNumber, no })}
          </Link>
        </span>
      ),
    },
    {
      title: t('goods'),
      key: 'goods',
      render: (_, { lines }) => lines.map(line => `${nameOf(line)} ×${line.pieces}`).join(' · '),
    },
    { title: t('carrier'), dataIndex: 'carrierName', key: 'carrier' },
    {
      title: t('waybill'),
      key: 'waybill',
      render: (_, { waybill }) => <span className="number">{waybill ?? t('waybill.coming')}</span>,
    },
    { title: t('state'), key: 'state', render: (_, parcel) => <ParcelWay parcel={parcel} /> },
  ]
}
