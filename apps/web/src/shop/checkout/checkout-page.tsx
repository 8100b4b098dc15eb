import type { ShopSession } from '@silian/chains/supply/customers/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLines } from '../cart/cart.ts'
import { type CartLine, totalFen } from '../cart/rules.ts'
import { isReady, useStanding } from '../cart/use-standing.ts'
import { sessionOf } from '../queries.ts'
import { Back } from '../ui/back.tsx'
import { Go, useProgramme } from '../ui/go.tsx'
import { Nothing, Waiting } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { useTitle } from '../ui/title.ts'
import { AddressPart } from './address-part.tsx'
import { type Draft, type Form, type Missing, missingOf, stepOf } from './draft.ts'
import { Hindered } from './hindered.tsx'
import { Summary } from './summary.tsx'
import { Unsure } from './unsure.tsx'
import { keepDraft, useDraft } from './use-draft.ts'
import { type Send, useSend } from './use-send.ts'
import { WayPart } from './way-part.tsx'
import '../styles/checkout.css'

/** Everything that an order needs on one page. */
export function CheckoutPage() {
  const { t } = useTranslation('checkout')
  useTitle(t('title'))
  const programme = useProgramme()
  const draft = useDraft(programme)
  const lines = useLines(programme)
  return (
    <div className="page page-narrow has-foot">
      <Back to="/cart">{t('back')}</Back>
      <h1>{t('title')}</h1>
      {draft && lines ? <Checkout draft={draft} lines={lines} /> : <Waiting cards={2} />}
    </div>
  )
}

function Checkout({ draft, lines }: { draft: Draft; lines: readonly CartLine[] }) {
  const { t } = useTranslation('checkout')
  const { programme } = draft
  const session = useQuery(sessionOf(programme))
  const found = useStanding(programme, lines)
  const ready = found.filter(isReady).map(({ line }) => line)
  const customer = session.data?.customer ?? null
  const send = useSend(draft, ready)
  const [begun, setBegun] = useState<readonly CartLine[]>()
  // the form stays as it was while its order is on the way, though the cart is empty by then
  if (begun && (send.isPending || send.isSuccess))
    return <Writing draft={draft} lines={begun} customer={customer} send={send} begin={setBegun} />
  if (stepOf(draft) !== 'writing') return <Unsure draft={draft} send={send} />
  if (lines.length === 0)
    return (
      <Nothing title={t('cart.empty')}>
        <Go to="/find" className="button">
          {t('cart.empty.go')}
        </Go>
      </Nothing>
    )
  if (ready.length === 0)
    return (
      <Nothing title={t('nothingReady')}>
        <Go to="/cart" className="button">
          {t('nothingReady.go')}
        </Go>
      </Nothing>
    )
  return <Writing draft={draft} lines={ready} customer={customer} send={send} begin={setBegun} />
}

interface WritingProps {
  readonly draft: Draft
  readonly lines: readonly CartLine[]
  readonly customer: ShopSession['customer']
  readonly send: Send
  begin(lines: readonly CartLine[]): void
}

function Writing({ draft, lines, customer, send, begin }: WritingProps) {
  const { t } = useTranslation('checkout')
  const [missing, setMissing] = useState<Missing>({})
  const [form, setForm] = useState(draft.form)
  // several fields may change at once, as when a browser fills them in: each change is of the newest form
  const change = (part: Partial<Form>) => {
    setMissing({})
    if (send.isError) send.reset()
    setForm(before => {
      const next = { ...before, ...part }
      void keepDraft({ ...draft, form: next })
      return next
    })
  }
  const total = totalFen(lines)
  const fromWallet = form.fromWallet ? Math.min(customer?.walletFen ?? 0, total) : 0
  const submit = () => {
    // whoever is nobody here any more has no address kept
    const filled = customer ? form : { ...form, addressId: '' }
    const wrong = missingOf(filled, customer === null)
    setMissing(wrong)
    if (Object.keys(wrong).length > 0) return
    begin(lines)
    send.mutate({ ...draft, form: filled })
  }
  return (
    <form
      className="checkout"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <AddressPart {...{ form, missing, customer, change }} isSent={send.isPending || send.isSuccess} />
      <Summary lines={lines} />
      <WayPart form={form} customer={customer} total={total} change={change} />
      <div className="sticky-foot">
        <div className="sticky-foot-in">
          <Hindered missing={missing} error={send.error} />
          <p className="cart-total">
            {t('toPay')} <Price fen={total - fromWallet} />
          </p>
          <button type="submit" className="button" disabled={send.isPending}>
            {t(send.isPending ? 'sending' : 'send')}
          </button>
        </div>
      </div>
    </form>
  )
}
