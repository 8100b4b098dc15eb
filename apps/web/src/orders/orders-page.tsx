import { useNavigate, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { OrderList, type Side } from './order-list.tsx'
import { type OrderQuery, orderSearch, stateOf, states } from './search.ts'
import './orders.css'

/** The orders of one's own side, newest first, by state if wanted. */
export function OrdersPage({ side }: { side: Side }) {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const state = stateOf(useSearch({ strict: false }) as OrderQuery)
  const query = { ...(state && { state }), limit: 25 }
  const pages = usePages(['orders', programme, state ?? ''], (after, signal) =>
    call('orders', { params: { programme }, query: { ...query, ...after }, signal }),
  )
  return (
    <Page
      title={t(`title.${side}`)}
      lead={t(`lead.${side}`)}
      actions={<StateFilter side={side} state={state} />}
    >
      <Paged pages={pages} empty={<Empty title={t('empty')}>{t(`empty.${side}`)}</Empty>}>
        {orders => <OrderList orders={orders} side={side} />}
      </Paged>
    </Page>
  )
}

function StateFilter({ side, state }: { side: Side; state: string | undefined }) {
  const { t } = useTranslation('orders')
  const id = useId()
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const choose = (chosen: string) =>
    void navigate({
      to: side === 'buyer' ? '/p/$programme/buyer/orders' : '/p/$programme/supplier/orders',
      params: { programme },
      search: orderSearch({ state: chosen }),
    })
  return (
    <div className="inline-field">
      <label htmlFor={id}>{t('filter.state')}</label>
      <select id={id} value={state ?? ''} onChange={event => choose(event.target.value)}>
        <option value="">{t('filter.all')}</option>
        {states.map(one => (
          <option key={one} value={one}>
            {t(`state.${one}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
