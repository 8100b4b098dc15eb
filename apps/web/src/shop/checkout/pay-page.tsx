import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ShopAnswer, shopCall } from '../api.ts'
import { Go, useParam, useProgramme } from '../ui/go.tsx'
import { Check } from '../ui/icons.tsx'
import { Ready, Trouble } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { useTitle } from '../ui/title.ts'
import { Checking } from './checking.tsx'
import { useLeft } from './use-left.ts'
import '../styles/checkout.css'

/** One payment: the way to the provider, how long the goods are kept, and the word that the money is there. */
export function PayPage() {
  const { t } = useTranslation('checkout')
  useTitle(t('pay.title'))
  const programme = useProgramme()
  const id = useParam('payment')
  const { payment, ask } = usePayment(programme, id)
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

/** The provider is asked by the page itself while somebody looks at it: each few seconds for some minutes, then seldom. */
const SOON = 5_000
const SELDOM = 30_000
const SOON_TIMES = 48

function usePayment(programme: string, id: string) {
  const queries = useQueryClient()
  const key = ['payment', programme, id]
  const payment = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => shopCall('payment', { params: { programme, payment: id }, signal }),
    // a notice may come while the provider is still being asked; without its page yet, that comes within a second
    refetchInterval: ({ state: { data } }) =>
      data?.state !== 'open' && data !== undefined ? false : data?.payUrl === null ? 1000 : 3000,
  })
  const state = payment.data?.state
  // what its orders are now was not seen yet
  useEffect(() => {
    if (state === 'paid' || state === 'expired') void queries.invalidateQueries({ queryKey: ['purchases'] })
  }, [state, queries])
  const ask = useMutation({
    mutationFn: () => shopCall('askProvider', { params: { programme, payment: id }, body: {} }),
    onSuccess: answer => queries.setQueryData(key, answer),
  })
  useQuery({
    queryKey: [...key, 'asking'],
    queryFn: async ({ signal }) => {
      const answer = await shopCall('askProvider', { params: { programme, payment: id }, body: {}, signal })
      queries.setQueryData(key, answer)
      return answer
    },
    enabled: payment.data?.state === 'open' && payment.data.payUrl !== null,
    refetchInterval: ({ state: { dataUpdateCount, errorUpdateCount } }) =>
      dataUpdateCount + errorUpdateCount < SOON_TIMES ? SOON : SELDOM,
    // back from the provider's own page
    refetchOnWindowFocus: 'always',
    retry: false,
  })
  return { payment, ask }
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
      <Confirm payment={payment} />
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

/** The way to the provider's page. Where money is being checked it is shown to who wants it all the same. */
function Confirm({ payment }: { payment: ShopAnswer<'payment'> }) {
  const { t } = useTranslation('checkout')
  const [wanted, setWanted] = useState(false)
  if (!payment.payUrl) return <p role="status">{t('pay.waits')}</p>
  if (payment.checking && !wanted)
    return (
      <>
        <Checking />
        <button type="button" className="button button-plain" onClick={() => setWanted(true)}>
          {t('pay.again')}
        </button>
      </>
    )
  return (
    <>
      {payment.checking ? <p className="note">{t('pay.again.text')}</p> : null}
      <a className={`button button-wide pay-${payment.way}`} href={payment.payUrl}>
        {t(`pay.by.${payment.way}`)}
      </a>
    </>
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
