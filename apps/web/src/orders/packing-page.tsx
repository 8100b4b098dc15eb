import type { Receivers } from '@silian/chains/supply/delivery/contract.ts'
import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { PrintButton } from '../desk/print-button.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loading, ProblemNotice } from '../ui/states.tsx'
import { Day } from '../ui/values.tsx'
import { PackedLines, PaperSheet } from './paper-sheet.tsx'
import { useBuyerName } from './use-buyer-name.ts'

type Receiver = Receivers['items'][number]

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
  const receivers = useQuery({
    queryKey: ['receivers', programme, ids],
    queryFn: ({ signal }) =>
      call('receivers', { params: { programme }, query: { orders: ids.join(',') }, signal }),
    enabled: ids.length > 0,
    // looked at once: each look is recorded
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const receiverOf = new Map(receivers.data?.items.map(item => [item.orderId, item]))
  const failed = [...found, receivers].find(({ isError }) => isError)
  return (
    <Page title={t('packing')} lead={t('packing.lead')} actions={<PrintButton />}>
      {ids.length === 0 ? <Empty title={t('packing.none')} /> : null}
      {failed ? <ProblemNotice error={failed.error} retry={failed.refetch} /> : null}
      {found.map(({ data }, at) => {
        const receiver = receiverOf.get(ids[at]!)
        return data && receiver ? (
          <Sheet key={ids[at]} order={data} receiver={receiver} />
        ) : failed ? null : (
          <Loading key={ids[at]} />
        )
      })}
    </Page>
  )
}

function Sheet({ order, receiver }: { order: OrderDetail; receiver: Receiver }) {
  const { t } = useTranslation(['orders', 'delivery'])
  const { to, from } = receiver
  const buyer = useBuyerName()
  return (
    <PaperSheet title={t('one', { number: order.number })} note={order.note} signed={t('packing.signed')}>
      <Facts
        rows={[
          [t('buyer'), buyer(order.buyerName)],
          [
            t('to', { ns: 'delivery' }),
            order.buyerKind === 'citizen' ? (
              <span key="to">
                {to.name} <span className="number">{to.phone}</span>
                <br />
                {to.area}
                {to.address}
              </span>
            ) : null,
          ],
          [t('seller'), order.sellerName],
          [t('shipBy'), <Day key="day" at={order.shipBy} />],
        ]}
      />
      <PackedLines lines={order.lines} from={from} />
    </PaperSheet>
  )
}
