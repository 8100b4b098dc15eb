import type { PurchaseDetail } from '@silian/chains/supply/purchases/contract.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatDay, formatFen, formatInstant } from '../../i18n/format.ts'
import { shopCall } from '../api.ts'
import { Checking } from '../checkout/checking.tsx'
import { useLeft } from '../checkout/use-left.ts'
import { AreaName } from '../ui/area-name.tsx'
import { Back } from '../ui/back.tsx'
import { useParam, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Ready } from '../ui/notice.tsx'
import { Money } from '../ui/price.tsx'
import { Stars } from '../ui/stars.tsx'
import { useTitle } from '../ui/title.ts'
import { Acts } from './acts.tsx'
import { Claims } from './claims.tsx'
import { Complaints } from './complaints.tsx'
import { Parcels } from './parcels.tsx'
import { stageOf, stepsOf } from './stage.ts'
import '../styles/orders.css'

export const purchaseOf = (programme: string, order: string) =>
  queryOptions({
    queryKey: ['purchases', programme, order],
    queryFn: ({ signal }) => shopCall('purchase', { params: { programme, order }, signal }),
    // it may have been paid elsewhere meanwhile
    refetchOnWindowFocus: 'always',
  })

export function OrderPage() {
  const { t } = useTranslation('mine')
  const order = useQuery(purchaseOf(useProgramme(), useParam('order')))
  useTitle(order.data ? `${t('order.title')} ${order.data.number}` : t('order.title'))
  return (
    <div className="page page-narrow">
      <Back to="/orders">{t('order.back')}</Back>
      <h1>{order.data ? t(`stage.${stageOf(order.data)}`) : t('order.title')}</h1>
      <Ready query={order} cards={2}>
        {found => <Order order={found} />}
      </Ready>
    </div>
  )
}

function Order({ order }: { order: PurchaseDetail }) {
  const { t } = useTranslation('mine')
  return (
    <>
      {order.state === 'awaiting_payment' && order.payBy ? <PayBy order={order} until={order.payBy} /> : null}
      {order.checking ? <Checking /> : null}
      <Acts order={order} />
      <Way order={order} />
      <Parcels order={order.id} />
      <Claims order={order.id} />
      <Lines order={order} />
      <section className="panel" aria-labelledby="to">
        <h2 id="to">{t('order.to')}</h2>
        {order.address ? (
          <p>
            <strong>{order.address.name}</strong> <span className="number">{order.address.phone}</span>
            <br />
            <AreaName code={order.address.areaCode} />
            {order.address.address}
          </p>
        ) : (
          <p className="soft">{t('order.to.none')}</p>
        )}
        {order.note ? <p className="soft">{order.note}</p> : null}
      </section>
      {order.evaluation ? (
        <section className="panel" aria-labelledby="said">
          <h2 id="said">{t('order.said')}</h2>
          <Stars score={order.evaluation.score} />
          <p>{order.evaluation.text}</p>
        </section>
      ) : null}
      <Complaints order={order} />
      <p className="small soft">{t('order.number', { number: order.number })}</p>
    </>
  )
}

function PayBy({ order: { payment }, until }: { order: PurchaseDetail; until: string }) {
  const { t } = useTranslation('mine')
  const left = useLeft(until)
  const others = (payment?.orders.length ?? 1) - 1
  return (
    <p className="note">
      {t('order.payBy', { left })}
      {payment && others > 0
        ? ` ${t('order.together', { count: others, amount: formatFen(payment.amountFen) })}`
        : null}
    </p>
  )
}

/** Step by step, what is behind with its time. */
function Way({ order }: { order: PurchaseDetail }) {
  const { t } = useTranslation('mine')
  return (
    <ol className="panel way-steps" aria-label={t('order.way')}>
      {stepsOf(order).map(({ word, look, at }) => (
        <li key={word} className={`step step-${look}`}>
          <span>{t(`step.${word}`)}</span>
          <span className="small soft">
            {at ? formatInstant(at) : look === 'ahead' ? t('step.later') : null}
          </span>
        </li>
      ))}
      {order.acceptsAt && !order.acceptedAt ? (
        <li className="small soft">{t('order.acceptsAt', { at: formatInstant(order.acceptsAt) })}</li>
      ) : null}
      {order.claimsFrom ? (
        <li className="small soft">{t('order.claimsFrom', { day: formatDay(order.claimsFrom) })}</li>
      ) : null}
    </ol>
  )
}

function Lines({ order }: { order: PurchaseDetail }) {
  const { t } = useTranslation('mine')
  const { nameOf, besideOf } = useNames()
  const offFen = order.lines.reduce((sum, line) => sum + line.amountFen, 0) - order.totalFen
  return (
    <section className="panel" aria-labelledby="what">
      <h2 id="what">{order.sellerName}</h2>
      <ul className="what-group">
        {order.lines.map(line => (
          <li key={line.no} className="what-line">
            <span>
              {nameOf(line)} <span className="small soft">{besideOf(line)}</span> × {line.pieces}
            </span>
            <Money fen={line.amountFen} />
          </li>
        ))}
      </ul>
      {offFen > 0 ? (
        <p className="what-line soft">
          <span>{t('order.off')}</span>
          <Money fen={-offFen} />
        </p>
      ) : null}
      <p className="what-line what-sum">
        <span>{t('order.total')}</span>
        <strong>
          <Money fen={order.totalFen} />
        </strong>
      </p>
      {order.refunds.map(refund => (
        <p key={refund.id} className="what-line refund">
          <span>
            {t(`refund.${refund.state}`)} · {t(`source.${refund.source}`)}
          </span>
          <Money fen={refund.amountFen} />
        </p>
      ))}
    </section>
  )
}
