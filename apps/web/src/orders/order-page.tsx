import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { NewClaim } from '../claims/new-claim.tsx'
import { PrintButton } from '../desk/print-button.tsx'
import { ReceiptsLink } from '../receipts/link.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Facts } from '../ui/facts.tsx'
import { LoadedPage, Page, Section } from '../ui/page.tsx'
import { Day } from '../ui/values.tsx'
import { Actions } from './actions.tsx'
import { BenefitBox } from './benefit-box.tsx'
import { Lines } from './lines.tsx'
import { Papers } from './papers.tsx'
import { ParcelsBox } from './parcels-box.tsx'
import type { Side } from './side.ts'
import { OrderBadge } from './state.tsx'
import { Trail } from './trail.tsx'
import { useBuyerName } from './use-buyer-name.ts'
import { isEnded } from './way.ts'
import { Completion, WaySteps } from './way-steps.tsx'
import './orders.css'

/** One order as its buyer, its seller or an office sees it. */
export function OrderPage({ side }: { side: Side }) {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const { order: id = '' } = useParams({ strict: false })
  const order = useQuery({
    queryKey: ['order', programme, id],
    queryFn: ({ signal }) => call('order', { params: { programme, order: id }, signal }),
  })
  return (
    <LoadedPage query={order} title={t('title.one')}>
      {found => <OrderView order={found} side={side} />}
    </LoadedPage>
  )
}

function OrderView({ order, side }: { order: OrderDetail; side: Side }) {
  const { t } = useTranslation('orders')
  return (
    <Page
      title={t('one', { number: order.number })}
      lead={<OrderBadge order={order} />}
      actions={<PrintButton />}
    >
      <Actions order={order} />
      <div className="card stack">
        <WaySteps order={order} />
        <Completion order={order} />
      </div>
      <div className="columns">
        <div className="stack">
          <Section title={t('lines')}>
            <Lines order={order} />
          </Section>
          {isEnded(order.state) ? null : (
            <Section title={t('benefit')} note={t('benefit.note')}>
              <BenefitBox order={order} side={side} />
            </Section>
          )}
        </div>
        <div className="stack">
          <Parties order={order} />
          <ParcelsBox order={order} side={side} />
          {side === 'buyer' ? <NewClaim order={order} /> : null}
          <Papers order={order} side={side} />
          <Section title={t('trail')} note={t('trail.note')}>
            <Trail order={order} />
            <p>
              <ReceiptsLink kind="orders" thing={order.id} />
            </p>
          </Section>
        </div>
      </div>
    </Page>
  )
}

function Parties({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const buyer = useBuyerName()
  return (
    <Section title={t('parties')}>
      <Facts
        className="card parties"
        rows={[
          [t('buyer'), buyer(order.buyerName)],
          [t('seller'), order.sellerName],
          [t('placed'), <Day key="placed" at={order.placedAt} />],
          [t('shipBy'), <Day key="shipBy" at={order.shipBy} />],
          [t('note'), order.note],
          [t('evaluation'), order.evaluation && <Evaluation key="evaluation" {...order.evaluation} />],
        ]}
      />
    </Section>
  )
}

function Evaluation({ score, text }: NonNullable<OrderDetail['evaluation']>) {
  const { t } = useTranslation('orders')
  return (
    <>
      {t('evaluation.score', { score })}
      {text ? <p className="muted">{text}</p> : null}
    </>
  )
}
