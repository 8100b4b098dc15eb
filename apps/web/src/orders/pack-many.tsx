import type { Order } from '@silian/chains/supply/orders/contract.ts'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { useProgrammeId } from '../session/programme.ts'

interface PackManyProps {
  readonly orders: readonly Order[]
  close(): void
  packed(): void
}

/** What is left of each order goes into a parcel with a waybill; then they are printed in one go. */
export function PackMany({ orders, close, packed }: PackManyProps) {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const send = async (key: string) => {
    const { parcels } = await call('pack', {
      params: { programme },
      key,
      body: { parcels: orders.map(({ id }) => ({ orderId: id, carrier: 'sandbox' as const })) },
    })
    packed()
    await navigate({
      to: '/p/$programme/supplier/waybills',
      params: { programme },
      search: { parcels: parcels.map(({ id }) => id).join(',') },
    })
  }
  return (
    <DialogForm
      name={`${programme}.pack.${orders.map(({ id }) => id).join()}`}
      title={t('pack', { count: orders.length })}
      hint={t('pack.hint')}
      empty={{}}
      sendLabel={t('pack.send')}
      said={t('pack.done')}
      send={(_, key) => send(key)}
      close={close}
      fields={() => null}
    />
  )
}
