import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { Overlay } from '../../declared/overlay.tsx'
import { useWords } from '../../declared/words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { erasureRoutes } from './routes.ts'

/** Has a phone's customers erased, for whoever came to the office and was seen; answers with their receipts. */
export function EraseCustomer() {
  const words = useWords('retention')
  const [phone, setPhone] = useState('')
  const [seen, setSeen] = useState(false)
  const [asking, setAsking] = useState(false)
  const erase = useErase()
  const ask = (event: FormEvent) => {
    event.preventDefault()
    erase.reset()
    setAsking(true)
  }
  const go = () => {
    setAsking(false)
    erase.mutate(phone.trim(), {
      onSuccess: () => {
        setPhone('')
        setSeen(false)
      },
    })
  }
  return (
    <Section title={words.text('customer', '')} note={words.text('customer.hint', '')}>
      <form className="card stack" onSubmit={ask}>
        <Field
          label={words.text('customer.phone', '')}
          type="tel"
          autoComplete="off"
          required
          maxLength={24}
          value={phone}
          onChange={event => {
            // the answer was about the phone before
            erase.reset()
            setPhone(event.target.value)
          }}
        />
        <label className="inline-field">
          <input type="checkbox" required checked={seen} onChange={event => setSeen(event.target.checked)} />
          {words.text('customer.seen', '')}
        </label>
        {erase.isError ? <ProblemNotice error={erase.error} /> : null}
        <div className="form-actions">
          <button type="submit" className="button" disabled={erase.isPending}>
            {words.text('customer.ask', '')}
          </button>
        </div>
      </form>
      {erase.data ? <Receipts erasures={erase.data.erasures} close={erase.reset} /> : null}
      {asking ? <Sure phone={phone.trim()} go={go} close={() => setAsking(false)} /> : null}
    </Section>
  )
}

/** The intention keeps its key over a reload, and never the phone. */
function useErase() {
  const programme = useProgrammeId()
  const client = useQueryClient()
  const { key, done } = useIntention(`${programme}.customer.erasure`, null)
  return useMutation({
    mutationFn: (phone: string) =>
      send(erasureRoutes.customer, {
        params: { programme },
        key,
        body: { phone, identityChecked: true },
      }),
    onSuccess: async () => {
      done()
      await client.invalidateQueries({ queryKey: ['erasures', programme] })
    },
    onError: error => {
      // sent before for another phone, and its answer lost: this is a new intention
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
}

interface SureProps {
  readonly phone: string
  go(): void
  close(): void
}

function Sure({ phone, go, close }: SureProps) {
  const { t } = useTranslation()
  const words = useWords('retention')
  return (
    <Overlay kind="dialog" title={`${words.text('customer.ask', '')} · ${phone}`} close={close}>
      <div className="stack">
        <p className="notice notice-bad">{words.text('customer.grave', '')}</p>
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="button" className="button button-grave" onClick={go}>
            {words.text('customer.sure', '')}
          </button>
        </div>
      </div>
    </Overlay>
  )
}

function Receipts({ erasures, close }: { erasures: readonly string[]; close(): void }) {
  const { t } = useTranslation()
  const words = useWords('retention')
  const programme = useProgrammeId()
  return (
    <div className="notice" role="status">
      {words.text('customer.done', '')}
      {erasures.map(erasure => (
        <Link key={erasure} to="/p/$programme/erasures/$erasure" params={{ programme, erasure }}>
          {words.text('open', '')} <span className="code">{erasure}</span>
        </Link>
      ))}
      <button type="button" className="button button-small" onClick={close}>
        {t('close')}
      </button>
    </div>
  )
}
