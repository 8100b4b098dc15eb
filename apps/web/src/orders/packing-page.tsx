import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQueries } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { PrintButton } from '../desk/print-button.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loading, ProblemNotice } from '../ui/states.tsx'
import { Day } from '../ui/values.tsx'
import { PackingLines } from './lines.tsx'
import { useBuyerName } from './use-buyer-name.ts'
import './orders.css'

/** What goes into each parcel, to be printed and laid beside the goods: one order a sheet. */
export function PackingPage() {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const { orders: text = '' } = useSearch({ strict: false }) as { orders?: string }
  const ids = text.split(',').filter(Boolean).slice(0, 100)
  const found = useQueries({
    queries: ids.map(id => ({
      queryKey: ['order', programme, id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call('order', { params: { programme, order: id }, signal }),
    })),
  })
  const failed = found.find(({ isError }) => isError)
  return (
    <Page title={t('packing')} lead={t('packing.lead')} actions={<PrintButton />}>
      {ids.length === 0 ? <Empty title={t('packing.none')} /> : null}
      {failed ? <ProblemNotice error={failed.error} retry={failed.refetch} /> : null}
      {found.map(({ data }, at) => (data ? <Sheet key={ids[at]} order={data} /> : <Loading key={ids[at]} />))}
    </Page>
  )
}

function Sheet({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const buyer = useBuyerName()
  return (
    <section className="card packing-sheet">
      <h2>{t('one', { number: order.number })}</h2>
      <dl className="facts">
        <div>
          <dt>{t('buyer')}</dt>
          <dd>{buyer(order.buyerName)}</dd>
        </div>
        <div>
          <dt>{t('seller')}</dt>
          <dd>{order.sellerName}</dd>
        </div>
        <div>
          <dt>{t('shipBy')}</dt>
          <dd>
            <Day at={order.shipBy} />
          </dd>
        </div>
      </dl>
      <PackingLines order={order} />
      {order.note ? (
        <p>
          {t('note')}: {order.note}
        </p>
      ) : null}
      <p className="sign-line">{t('packing.signed')}</p>
    </section>
  )
}
