import { useTranslation } from 'react-i18next'
import { useOnline } from '../frame/online.ts'
import { Go } from '../ui/go.tsx'
import { Trouble } from '../ui/notice.tsx'
import { type Draft, stepOf } from './draft.ts'
import type { Send } from './use-send.ts'

/** Sent, and the line broke: nothing can be changed now, only sent again, which is the same order. */
export function Unsure({ draft, send }: { draft: Draft; send: Send }) {
  const { t } = useTranslation('checkout')
  const online = useOnline()
  return (
    <section className="panel unsure">
      <h2>{t(stepOf(draft) === 'placed' ? 'unsure.placed' : 'unsure.title')}</h2>
      <p role="status">{t(online ? (send.isPending ? 'unsure.asking' : 'unsure.text') : 'unsure.line')}</p>
      {send.isError && online ? <Trouble error={send.error} /> : null}
      <button
        type="button"
        className="button"
        disabled={send.isPending}
        onClick={() => send.mutate(undefined)}
      >
        {t(send.isPending ? 'sending' : 'unsure.again')}
      </button>
      {stepOf(draft) === 'placed' ? (
        <Go to="/orders" className="button button-plain">
          {t('pay.orders')}
        </Go>
      ) : null}
    </section>
  )
}
