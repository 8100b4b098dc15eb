import type { Complaint } from '@silian/chains/supply/complaints/contract.ts'
import type { PurchaseDetail } from '@silian/chains/supply/purchases/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../i18n/format.ts'
import { shopCall } from '../api.ts'
import { Field } from '../ui/field.tsx'
import { useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { Trouble } from '../ui/notice.tsx'
import { Words } from '../ui/words.tsx'
import { Said } from './said.tsx'

const matters = [
  'quality',
  'delivery',
  'price',
  'service',
  'other',
] as const satisfies readonly Complaint['matter'][]

/** What was complained of about an order and what came of it; below it the way to complain, if there is one now. */
export function Complaints({ order }: { order: PurchaseDetail }) {
  return (
    <>
      {order.complaints.map(complaint => (
        <OneComplaint key={complaint.id} order={order.id} complaint={complaint} />
      ))}
      {order.may.includes('complain') ? <Complain order={order.id} /> : null}
    </>
  )
}

function OneComplaint({ order, complaint }: { order: string; complaint: Complaint }) {
  const { t } = useTranslation('mine')
  const title = `${t('complaint.title')} · ${t(`complaint.state.${complaint.state}`)}`
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <p>{t(`complaint.matter.${complaint.matter}`)}</p>
      <Said who={t('complaint.said.you')} text={complaint.said} />
      <Said who={t('complaint.said.seller')} text={complaint.answer} isTheirs />
      <Said who={t('complaint.said.office')} text={complaint.decision} isTheirs />
      {complaint.dueOn ? (
        <p className="small soft">
          {t(`complaint.due.${complaint.state}`, { day: formatDay(complaint.dueOn) })}
        </p>
      ) : null}
      {complaint.state === 'answered' ? <Reply order={order} /> : null}
    </section>
  )
}

/** Content with the answer; or not, and why. */
function Reply({ order }: { order: string }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const [reason, setReason] = useState('')
  const reply = useCommand((key, content: boolean) =>
    shopCall('replyToComplaint', {
      params: { programme, order },
      key,
      body: content ? { content } : { content, reason: reason.trim() },
    }),
  )
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        reply.mutate(false)
      }}
    >
      <Words label={t('complaint.reply')} required value={reason} onChange={setReason} />
      {reply.isError ? <Trouble error={reply.error} /> : null}
      <div className="acts">
        <button type="submit" className="button button-soft" disabled={reply.isPending}>
          {t('complaint.reply.send')}
        </button>
        <button
          type="button"
          className="button"
          disabled={reply.isPending}
          onClick={() => reply.mutate(true)}
        >
          {t('complaint.reply.content')}
        </button>
      </div>
    </form>
  )
}

function Complain({ order }: { order: string }) {
  const { t } = useTranslation('mine')
  const [open, setOpen] = useState(false)
  return open ? (
    <ComplaintForm order={order} onSent={() => setOpen(false)} />
  ) : (
    <button type="button" className="button button-plain" onClick={() => setOpen(true)}>
      {t('complaint.open')}
    </button>
  )
}

function ComplaintForm({ order, onSent }: { order: string; onSent(): void }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const [matter, setMatter] = useState<Complaint['matter']>(matters[0])
  const [said, setSaid] = useState('')
  const complain = useCommand(
    key => shopCall('complain', { params: { programme, order }, key, body: { matter, said: said.trim() } }),
    onSent,
  )
  return (
    <form
      className="panel"
      onSubmit={event => {
        event.preventDefault()
        complain.mutate()
      }}
    >
      <h2>{t('complaint.open')}</h2>
      <p className="small soft">{t('complaint.hint')}</p>
      <Field label={t('complaint.matter')}>
        {its => (
          <select
            {...its}
            className="input"
            value={matter}
            onChange={event => setMatter(matters.find(one => one === event.target.value) ?? matters[0])}
          >
            {matters.map(one => (
              <option key={one} value={one}>
                {t(`complaint.matter.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Words label={t('complaint.said')} required value={said} onChange={setSaid} />
      {complain.isError ? <Trouble error={complain.error} /> : null}
      <button type="submit" className="button" disabled={complain.isPending}>
        {t('complaint.send')}
      </button>
    </form>
  )
}
