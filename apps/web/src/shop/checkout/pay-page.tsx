import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ShopAnswer, shopCall } from '../api.ts'
import { Go, useParam, useProgramme } from '../ui/go.tsx'
import { Check } from '../ui/icons.tsx'
import { Ready, Trouble } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { useTitle } from '../ui/title.ts'
import { useLeft } from './use-left.ts'
import '../styles/checkout.css'

/** One payment: the way to the provider, how long the goods are kept, and the word that the money is there. */
export function PayPage() {
  const { t } = useTranslation('checkout')
  useTitle(t('pay.title'))
  const programme = useProgramme()
  const id = useParam('payment')
  const payment = useQuery({
    queryKey: ['payment', programme, id],
    queryFn: ({ signal }) => shopCall('payment', { params: { programme, payment: id }, signal }),
    // while it is open the provider may answer at any time; without its page yet, within a second
    refetchInterval: ({ state: { data } }) =>
      data?.state !== 'open' && data !== undefined ? false : data?.payUrl === null ? 1000 : 3000,
  })
  const queries = useQueryClient()
  const ask = useMutation({
    mutationFn: () => shopCall('askProvider', { params: { programme, payment: id }, body: {} }),
    onSuccess: answer => queries.setQueryData(['payment', programme, id], answer),
  })
  return (
    <div className="page page-narrow">
      <h1>{t('pay.title')}</h1>
      <Ready query={payment} cards={1}>
        {found => (
          <>
            <Payment payment={found} ask={() => ask.mutate()} asking={ask.isPending} />
            {ask.isError ? <Trouble error={ask.error} /> : null}
          </>
        )}
      </Ready>
    </div>
  )
}

interface PaymentProps {
  readonly payment: ShopAnswer<'payment'>
  readonly asking: boolean
  ask(): void
}

function Payment(props: PaymentProps) {
  const { t } = useTranslation('checkout')
  const { payment } = props
  if (payment.state === 'paid')
    return (
      <section className="panel paid" role="status">
        <span className="paid-mark">
          <Check />
        </span>
        <h2>{t('pay.paid')}</h2>
        <Price fen={payment.amountFen} />
        <p>{t('pay.paid.text')}</p>
        <ToOrders payment={payment} />
      </section>
    )
  if (payment.state === 'expired')
    return (
      <section className="panel paid" role="status">
        <h2>{t('pay.expired')}</h2>
        <p>{t('pay.expired.text')}</p>
        <ToOrders payment={payment} />
      </section>
    )
  return <Open {...props} />
}

function Open({ payment, ask, asking }: PaymentProps) {
  const { t } = useTranslation('checkout')
  const [asked, setAsked] = useState(false)
  const left = useLeft(payment.expiresAt)
  return (
    <section className="panel paid">
      <p>{t('pay.amount')}</p>
      <Price fen={payment.amountFen} />
      <p className="pay-left" role="timer">
        {t('pay.left', { left })}
      </p>
      {payment.payUrl ? (
        <a className={`button button-wide pay-${payment.way}`} href={payment.payUrl}>
          {t(`pay.by.${payment.way}`)}
        </a>
      ) : (
        <p role="status">{t('pay.waits')}</p>
      )}
      <button
        type="button"
        className="button button-soft button-wide"
        onClick={() => {
          setAsked(true)
          ask()
        }}
      >
        {t('pay.done')}
      </button>
      <p role="status" className="small">
        {asked ? t(asking ? 'pay.asking' : 'pay.notYet') : t('pay.keep')}
      </p>
      <ToOrders payment={payment} />
    </section>
  )
}

function ToOrders({ payment: { orders } }: { payment: ShopAnswer<'payment'> }) {
  const { t } = useTranslation('checkout')
  const only = orders.length === 1 ? orders[0]?.orderId : undefined
  return (
    <Go to={only ? `/orders/${only}` : '/orders'} className="button button-plain">
      {t('pay.orders')}
    </Go>
  )
}
