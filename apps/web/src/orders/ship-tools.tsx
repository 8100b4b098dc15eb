import type { Order } from '@silian/chains/supply/orders/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Modal } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { useIntention } from '../api/intention.ts'
import { Problem } from '../api/problem.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'
import { useSay } from '../ui/said.tsx'
import { ProblemNotice } from '../ui/states.tsx'
import { isToSend } from './order-list.tsx'
import { PackMany } from './pack-many.tsx'
import { useBuyerName } from './use-buyer-name.ts'

interface ShipToolsProps {
  readonly orders: readonly Order[]
  readonly chosen: readonly string[]
  clear(): void
}

/** What is done with several orders at once: their packing list, and their parcels. */
export function ShipTools({ orders, chosen, clear }: ShipToolsProps) {
  const { t } = useTranslation(['orders', 'delivery'])
  const programme = useProgrammeId()
  const [open, setOpen] = useState<'ship' | 'pack'>()
  const picked = orders.filter(order => chosen.includes(order.id) && isToSend(order))
  if (!orders.some(isToSend)) return null
  if (picked.length === 0) return <p className="muted">{t('pick.hint')}</p>
  return (
    <div className="order-actions">
      <button type="button" className="button button-main" onClick={() => setOpen('pack')}>
        {t('pack', { ns: 'delivery', count: picked.length })}
      </button>
      <button type="button" className="button" onClick={() => setOpen('ship')}>
        {t('ship.many', { count: picked.length })}
      </button>
      <Link
        to="/p/$programme/supplier/packing"
        params={{ programme }}
        search={{ orders: picked.map(order => order.id).join(',') }}
        className="button"
      >
        {t('packing.open')}
      </Link>
      {open === 'ship' ? <ShipMany orders={picked} close={() => setOpen(undefined)} shipped={clear} /> : null}
      {open === 'pack' ? <PackMany orders={picked} close={() => setOpen(undefined)} packed={clear} /> : null}
    </div>
  )
}

interface Parcels {
  readonly carrier: string
  readonly waybills: Readonly<Record<string, string>>
}

const empty: Parcels = { carrier: '', waybills: {} }

interface ShipManyProps {
  readonly orders: readonly Order[]
  close(): void
  shipped(): void
}

function ShipMany({ orders, close, shipped }: ShipManyProps) {
  const { t } = useTranslation(['orders', 'common'])
  const programme = useProgrammeId()
  const buyer = useBuyerName()
  const client = useQueryClient()
  const say = useSay()
  const { key, draft, setDraft, done } = useIntention<Parcels>(`${programme}.shipments`, empty)
  const ship = useMutation({
    mutationFn: () =>
      call('shipMany', {
        params: { programme },
        key,
        body: {
          parcels: orders.map(({ id }) => ({
            ...{ orderId: id, carrier: draft.carrier, waybill: draft.waybills[id] ?? '' },
          })),
        },
      }),
    onSuccess: async () => {
      done()
      say(t('ship.many.done', { count: orders.length }))
      shipped()
      close()
      await client.invalidateQueries()
    },
    onError: error => {
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ship.mutate()
  }
  return (
    <Modal open title={t('ship.many', { count: orders.length })} onCancel={close} footer={null}>
      <form className="stack" onSubmit={submit}>
        <p className="action-hint">{t('ship.many.hint')}</p>
        <Field
          label={t('field.carrier')}
          required
          maxLength={80}
          value={draft.carrier}
          onChange={event => setDraft({ ...draft, carrier: event.target.value })}
        />
        {orders.map(({ id, number, buyerName }) => (
          <Field
            key={id}
            label={t('field.waybill.of', { number, buyer: buyer(buyerName) })}
            required
            maxLength={80}
            value={draft.waybills[id] ?? ''}
            onChange={event =>
              setDraft({ ...draft, waybills: { ...draft.waybills, [id]: event.target.value } })
            }
          />
        ))}
        {ship.isError ? <ProblemNotice error={ship.error} /> : null}
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>
            {t('cancel', { ns: 'common' })}
          </button>
          <button type="submit" className="button button-main" disabled={ship.isPending}>
            {t('action.ship.send')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
