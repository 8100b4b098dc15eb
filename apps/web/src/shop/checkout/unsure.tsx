import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useOnline } from '../frame/online.ts'
import { Trouble } from '../ui/notice.tsx'
import { type Draft, stepOf } from './draft.ts'

interface UnsureProps {
  readonly draft: Draft
  readonly send: { mutate(): void; isPending: boolean; isError: boolean; error: unknown }
}

/** Sent, and the line broke: nothing can be changed now, only sent again, which is the same order. */
export function Unsure({ draft, send }: UnsureProps) {
  const { t } = useTranslation('checkout')
  const online = useOnline()
  const { mutate } = send
  // the line is back, or the customer is: whatever was begun goes on by itself
  useEffect(() => {
    if (online) mutate()
  }, [online, mutate])
  return (
    <section className="panel unsure">
      <h2>{t(stepOf(draft) === 'placed' ? 'unsure.placed' : 'unsure.title')}</h2>
      <p role="status">{t(online ? (send.isPending ? 'unsure.asking' : 'unsure.text') : 'unsure.line')}</p>
      {send.isError && online ? <Trouble error={send.error} /> : null}
      <button type="button" className="button" disabled={send.isPending} onClick={() => mutate()}>
        {t(send.isPending ? 'sending' : 'unsure.again')}
      </button>
    </section>
  )
}
