import type { Payment } from '@silian/chains/supply/payments/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Page, Section } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Instant, Money } from '../../ui/values.tsx'
import './buyer.css'

/** What the payer needs for the transfer; the page notices by itself when the bank's word came. */
export function PaymentPage() {
  const { t } = useTranslation('payment')
  const programme = useProgrammeId()
  const { payment: id = '' } = useParams({ strict: false })
  const payment = useQuery({
    queryKey: ['payment', programme, id],
    queryFn: ({ signal }) => call('payment', { params: { programme, payment: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'open' ? 5000 : false),
  })
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Loaded query={payment}>{found => <Slip payment={found} />}</Loaded>
    </Page>
  )
}

function Slip({ payment }: { payment: Payment }) {
  const { t } = useTranslation('payment')
  return (
    <>
      <div className="card slip" role="status">
        <p
          className={`badge ${payment.state === 'open' ? 'badge-wait' : payment.state === 'paid' ? '' : 'badge-bad'}`}
        >
          {t(`state.${payment.state}`)}
        </p>
        <dl>
          <div>
            <dt>{t('code')}</dt>
            <dd className="slip-code">{payment.code}</dd>
          </div>
          <div>
            <dt>{t('amount')}</dt>
            <dd className="slip-amount">
              <Money fen={payment.amountFen} />
            </dd>
          </div>
          <div>
            <dt>{t(payment.paidAt ? 'paidAt' : 'expiresAt')}</dt>
            <dd>
              <Instant at={payment.paidAt ?? payment.expiresAt} />
            </dd>
          </div>
        </dl>
        {payment.state === 'open' ? <CopyCode code={payment.code} /> : null}
      </div>
      {payment.state === 'open' ? <p className="notice">{t('how')}</p> : null}
      {payment.state === 'expired' ? <p className="notice notice-bad">{t('expired')}</p> : null}
      <Orders payment={payment} />
    </>
  )
}

function CopyCode({ code }: { code: string }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  // a page that came over plain HTTP has no clipboard
  if (!navigator.clipboard) return null
  const copy = () => void navigator.clipboard.writeText(code).then(() => say(t('copied')))
  return (
    <button type="button" className="button" onClick={copy}>
      {t('copy')}
    </button>
  )
}

function Orders({ payment }: { payment: Payment }) {
  const { t } = useTranslation('payment')
  const programme = useProgrammeId()
  return (
    <Section title={t('orders')}>
      <ul className="slip-orders">
        {payment.orders.map(({ orderId, amountFen }, at) => (
          <li key={orderId}>
            <Link to="/p/$programme/buyer/orders/$order" params={{ programme, order: orderId }}>
              {t('order', { at: at + 1 })}
            </Link>{' '}
            <Money fen={amountFen} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
